/** The page's netcode over a stop and a start of the server, which keeps hosted rooms. */
import { afterAll, describe, expect, test } from "vitest";
import { type ServerProcess, startServer } from "#client/e2e/serverProcess.ts";
import type { JoinRequest } from "#client/joinRequest.ts";
import { RoomSettings } from "#shared/protocol/roomSettings.ts";
import { BUTTON, type Command } from "#shared/schema/input.ts";
import { RANK } from "#shared/schema/state.ts";
import { pickIndex, seededRandom } from "#shared/sim/random.ts";
import { readArena } from "#shared/testing/readMap.ts";
import type { ArenaLink } from "./arenaLink.ts";
import { type Connection, createConnection } from "./connection.ts";
import type { ConnectionState } from "./connectionContext.ts";
import { createPrediction, type Prediction } from "./prediction.ts";

const MAP = "foundry";
const FRAME_MS = 8;
const arena = readArena(MAP);

const servers: ServerProcess[] = [];
const connections: Connection[] = [];
afterAll(async () => {
  for (const connection of connections) connection.leave();
  await Promise.all(servers.map((server) => server.stop("SIGKILL")));
});

interface Page {
  readonly room: ArenaLink;
  readonly states: ConnectionState[];
}

async function join(url: string, name: string, request: JoinRequest): Promise<Page> {
  const states: ConnectionState[] = [];
  const connection = createConnection(url, { onChange: (state) => void states.push(state) });
  connections.push(connection);
  await connection.join(name, request);
  const state = states.at(-1);
  if (state?.kind !== "joined") throw new Error(`not joined, but ${state?.kind}`);
  return { room: state.room, states };
}

/** Commands that drive, turn and fire, from a seed. */
function scripted(seed: number): () => Command {
  const random = seededRandom(seed);
  let sent = 0;
  let held: Command;
  return () => {
    if (sent++ % 10 === 0) {
      const moveX = pickIndex(random, 255) - 127;
      const moveY = pickIndex(random, 255) - 127;
      const aim = pickIndex(random, 65536) * ((2 * Math.PI) / 65536);
      held = { moveX, moveY, aim, buttons: random.next() < 0.5 ? BUTTON.fire : 0 };
    }
    return held;
  };
}

async function play(prediction: Prediction, next: () => Command, commands: number): Promise<void> {
  for (let left = commands; left > 0; ) {
    for (let due = prediction.advance(performance.now()); due > 0 && left > 0; due--, left--)
      prediction.send(next());
    await new Promise((resolve) => setTimeout(resolve, FRAME_MS));
  }
}

const kindsOf = ({ states }: Page) => states.map(({ kind }) => kind);

describe.each([
  ["SIGTERM", "restarting"],
  ["SIGKILL", "dropped"],
] as const)("a hosted room whose server ends by %s and starts again", (signal, told) => {
  test("[SNAP-33] the page is back in its seat: the same drone, ranks and clock, and prediction is exact", async ({
    signal: aborted,
  }) => {
    const server = await startServer();
    servers.push(server);
    const port = Number(new URL(server.url).port);
    const settings = RoomSettings.parse({ bots: 0, map: MAP });
    const host = await join(server.url, "Ann", { kind: "host", settings, password: "" });
    const code = host.room.roomId;
    const guest = await join(server.url, "Ben", { kind: "code", code, password: "", spectate: false });
    const { room } = guest;
    const own = room.state.drones.get(room.sessionId);
    if (!own) throw new Error("Ben has no drone");
    const prediction = createPrediction(room, own, arena);
    const next = scripted(7);
    await play(prediction, next, 60);
    const serverMs = room.clock.lastServerTime();
    // The last file may be some seconds old.
    await play(prediction, next, 120);

    await server.stop(signal);
    servers.push(await startServer(port));
    for (const page of [host, guest]) {
      await expect
        .poll(() => kindsOf(page), { timeout: 60_000 })
        .toEqual(["joining", "joined", told, "joined"]);
      expect(page.states.at(-1)).toMatchObject({ room: page.room });
    }
    expect(room.state.drones.get(room.sessionId)).toBe(own);
    expect(room.state.drones.size).toBeLessThanOrEqual(2);
    expect(Array.from(room.state.roster.values(), ({ name, rank }) => [name, rank])).toEqual([
      ["Ann", RANK.host],
      ["Ben", RANK.player],
    ]);

    // The first commands meet a drone that the crash may have put back.
    await play(prediction, next, 60);
    expect(room.clock.lastServerTime()).toBeGreaterThan(serverMs);
    expect(Math.abs(room.clock.serverNow() - room.clock.lastServerTime())).toBeLessThan(1000);
    // Again after corrections: a server that stalls on a busy machine drops commands rightly.
    for (let corrections = Number.POSITIVE_INFINITY; corrections > 0; ) {
      aborted.throwIfAborted();
      const { count } = prediction.corrections;
      await play(prediction, next, 200);
      corrections = prediction.corrections.count - count;
    }
    prediction.dispose();
  }, 180_000);
});
