/** Does a player get the same drone back after a network failure, and how soon? */
import { type Connection, createConnection } from "#client/net/connection.ts";
import type { ConnectionState } from "#client/net/connectionContext.ts";
import { createPrediction } from "#client/net/prediction.ts";
import type { BadNetwork } from "#loadtest/network/badNetwork.ts";
import { command } from "#shared/testing/builders.ts";
import { type Finding, type Lab, type Probe, until, wait } from "./lab.ts";

const CONTROL_MAX_MS = 1000;
const NOTICE_MAX_MS = 10_000;

type Joined = Extract<ConnectionState, { kind: "joined" }>["room"];

interface Visitor {
  readonly connection: Connection;
  readonly room: Joined;
  /** The connection's states so far, newest last. */
  readonly states: ConnectionState["kind"][];
}

/** Joins with the page's own connection, without the page. */
async function visit(network: BadNetwork): Promise<Visitor> {
  const states: ConnectionState["kind"][] = [];
  let room: Joined | undefined;
  const note = (state: ConnectionState) => {
    states.push(state.kind);
    if (state.kind === "joined") room = state.room;
  };
  const connection = createConnection(network.url, { onChange: note });
  await connection.join("Ann", { kind: "quick" });
  if (!room) throw new Error(`not joined, but ${states.at(-1)}`);
  return { connection, room, states };
}

/** Cuts the network for `awayMs`. `controlMs` is the time from its return until the drone obeys again. */
async function comeBackAfter(lab: Lab, awayMs: number): Promise<{ controlMs: number; isSame: boolean }> {
  const network = await lab.network({ rttMs: 40 });
  const { connection, room, states } = await visit(network);
  const { sessionId } = room;
  const drone = lab.server.roomOf(room).state.drones.get(sessionId);
  if (!drone) throw new Error("no drone");
  drone.score = 7;
  network.setOnline(false);
  await until("the client noticed the drop", () => states.at(-1) === "dropped");
  await wait(awayMs);
  network.setOnline(true);
  const backAtMs = performance.now();
  await until("joined again", () => states.at(-1) === "joined", 20_000);
  const own = room.state.drones.get(sessionId);
  if (!own) throw new Error("the drone is gone");
  const prediction = createPrediction(room, own, lab.arena);
  const aim = drone.aim > 3 ? 1 : 5;
  await until("the drone obeys", () => {
    const due = prediction.advance(performance.now());
    for (let i = 0; i < due; i++) prediction.send(command({ aim }));
    return Math.abs(drone.aim - aim) < 0.02;
  });
  const controlMs = performance.now() - backAtMs;
  const isSame =
    lab.server.roomOf(room).state.drones.get(sessionId) === drone &&
    room.state.roster.get(sessionId)?.score === 7;
  prediction.dispose();
  connection.leave();
  return { controlMs, isSame };
}

export const drops: Probe = {
  claim: "the network away for 1, 5 and 19 s",
  bound: "same drone, same score, control within 1 s of its return",
  async run(lab, isThorough) {
    await lab.seatAllBut(1);
    const seconds = isThorough ? [1, 5, 19] : [1];
    const results: string[] = [];
    let [holds, isInTime] = [true, true];
    for (const awaySec of seconds) {
      const { controlMs, isSame } = await comeBackAfter(lab, awaySec * 1000);
      holds &&= isSame;
      isInTime &&= controlMs <= CONTROL_MAX_MS;
      results.push(`${awaySec} s: ${controlMs.toFixed(0)} ms${isSame ? "" : ", ANOTHER drone"}`);
    }
    return { measured: results.join(", "), holds, isInTime };
  },
};

export const halfOpen: Probe = {
  claim: "a connection that is dead both ways but stays open",
  bound: "noticed within 10 s by both, the player is notified, the seat is kept",
  async run(lab): Promise<Finding> {
    await lab.seatAllBut(1);
    const network = await lab.network({ rttMs: 40 });
    const { connection, room, states } = await visit(network);
    const { state } = lab.server.roomOf(room);
    const { sessionId } = room;
    const drone = state.drones.get(sessionId);
    network.blackHole("both");
    const startedMs = performance.now();
    const noticedMs = { page: 0, server: 0 };
    await until(
      "both have noticed",
      () => {
        const elapsedMs = performance.now() - startedMs;
        if (!noticedMs.page && states.at(-1) === "dropped") noticedMs.page = elapsedMs;
        if (!noticedMs.server && state.roster.get(sessionId)?.connected === false)
          noticedMs.server = elapsedMs;
        return noticedMs.page > 0 && noticedMs.server > 0;
      },
      40_000,
    );
    network.blackHole("none");
    await until("joined again", () => states.at(-1) === "joined", 20_000);
    const isKept = room.sessionId === sessionId && state.drones.get(sessionId) === drone;
    connection.leave();
    const sec = (ms: number) => `${(ms / 1000).toFixed(1)} s`;
    return {
      measured: `page ${sec(noticedMs.page)}, server ${sec(noticedMs.server)}, seat ${isKept ? "kept" : "LOST"}`,
      holds: isKept,
      isInTime: Math.max(noticedMs.page, noticedMs.server) <= NOTICE_MAX_MS,
    };
  },
};
