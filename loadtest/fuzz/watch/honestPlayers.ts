/**
 * The process of the honest pair: two players that drive and shoot by a script while others attack the server. They
 * measure the gaps between patches, and report at once what no attack may cause.
 */
import { Client, Protocol, type Room } from "@colyseus/sdk";
import { createPrediction } from "#client/net/prediction.ts";
import { codeOf } from "#loadtest/lib/frames.ts";
import { ROOM } from "#shared/protocol/names.ts";
import type { ArenaState } from "#shared/schema/state.ts";
import { seededRandom } from "#shared/sim/random.ts";
import { randomCommand } from "#shared/testing/builders.ts";
import { readArena } from "#shared/testing/readMap.ts";
import { type FromHonestPair, HONEST_ENV } from "./honestReport.ts";
import { Standstill } from "./standstill.ts";

const FRAME_MS = 8;
const HOLD_COMMANDS = 12;
const REPORT_MS = 1000;
/** The largest correction that two colliding drones cause (see the probe "bumping"). */
const CORRECTION_MAX_PX = 40;
/** After a longer gap between patches, this process or its network may have stood still and sent commands late. */
const STANDSTILL_MS = 120;
/** Within this time a correction is explained by such a standstill. */
const STANDSTILL_FORGOTTEN_MS = 2000;

const send = (message: FromHonestPair) => process.send?.(message);
let patchGapsMs: number[] = [];
let corrections = 0;
let largestCorrectionPx = 0;
let stoodStillAtMs = Number.NEGATIVE_INFINITY;

const players = [await play("Ann", 1), await play("Bob", 2)];
send({ kind: "entered", room: players[0]?.roomId ?? "" });
setInterval(() => {
  send({ kind: "report", patchGapsMs, corrections, largestCorrectionPx });
  patchGapsMs = [];
  corrections = 0;
  largestCorrectionPx = 0;
}, REPORT_MS);
process.on("disconnect", () => process.exit());

type Joined = Pick<Room<unknown, ArenaState>, "sessionId" | "state" | "ping">;

async function play(name: string, seed: number): Promise<{ roomId: string }> {
  const client = new Client(process.env[HONEST_ENV.url]);
  client.auth.token = process.env[HONEST_ENV.token] ?? "";
  const room = await client.joinOrCreate<ArenaState>(ROOM.arena, { name });
  const disturbed = (what: string) => send({ kind: "disturbed", what: `${name}: ${what}` });
  room.onMessage("*", () => {});
  room.onDrop((code) => disturbed(`the connection dropped with code ${code}`));
  room.onLeave((code) => disturbed(`was removed from the room with code ${code}`));
  room.onError((code, message) => disturbed(`got error ${code}: ${message}`));
  await new Promise<void>((resolve) => room.onStateChange.once(() => resolve()));
  const own = room.state.drones.get(room.sessionId);
  if (!own) throw new Error(`${name} has no drone`);
  measurePatches(room.connection.events);

  const prediction = createPrediction(room, own, readArena(room.state.map));
  const script = seededRandom(seed);
  let sent = 0;
  let command = randomCommand(script, 0.3);
  setInterval(() => {
    for (let due = prediction.advance(performance.now()); due > 0; due--) {
      if (sent++ % HOLD_COMMANDS === 0) command = randomCommand(script, 0.3);
      prediction.send(command);
    }
    noteCorrections(prediction.corrections, disturbed);
  }, FRAME_MS);
  watchState(room, disturbed);
  return room;
}

function measurePatches(events: {
  onmessage?: ((event: { data: ArrayBuffer | Uint8Array }) => unknown) | null;
}): void {
  const decode = events.onmessage;
  let lastAt = performance.now();
  events.onmessage = (event) => {
    if (codeOf(new Uint8Array(event.data)) === Protocol.ROOM_STATE_PATCH) {
      const now = performance.now();
      patchGapsMs.push(now - lastAt);
      if (now - lastAt > STANDSTILL_MS) stoodStillAtMs = now;
      lastAt = now;
    }
    return decode?.(event);
  };
}

type Corrections = ReturnType<typeof createPrediction>["corrections"];

function noteCorrections(made: Corrections, disturbed: (what: string) => void): void {
  if (made.count === 0) return;
  corrections += made.count;
  largestCorrectionPx = Math.max(largestCorrectionPx, made.maxPx);
  const isExplained = performance.now() - stoodStillAtMs < STANDSTILL_FORGOTTEN_MS;
  if (made.maxPx > CORRECTION_MAX_PX && !isExplained)
    disturbed(`was corrected by ${made.maxPx.toFixed(1)} px`);
  Object.assign(made, { count: 0, maxPx: 0, sumPx: 0 });
}

/** Checks once a second that the player has its drone and its seat, and that the tick advances. */
function watchState(room: Joined, disturbed: (what: string) => void): void {
  const standstill = new Standstill();
  let isAsking = false;
  const answered = () => {
    isAsking = false;
    const { tick } = room.state;
    if (standstill.answered(tick)) disturbed(`the state stands still at tick ${tick}`);
  };
  setInterval(() => {
    const { state, sessionId } = room;
    if (!state.drones.has(sessionId)) disturbed("lost its drone");
    if (!state.roster.get(sessionId)?.connected) disturbed("lost its seat");
    if (isAsking) return;
    isAsking = true;
    room.ping(answered);
  }, REPORT_MS);
}
