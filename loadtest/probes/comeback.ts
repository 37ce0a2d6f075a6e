/** Does a player whose network goes away get the same drone back, and soon? */
import { type Connection, createConnection } from "#client/net/connection.ts";
import type { ConnectionState } from "#client/net/connectionContext.ts";
import { createPrediction } from "#client/net/prediction.ts";
import type { BadNetwork } from "#loadtest/network/badNetwork.ts";
import { command } from "#shared/testing/builders.ts";
import { type Finding, type Lab, type Probe, until, wait } from "./lab.ts";

/** On a machine that runs a whole suite beside it, a short run asks whether it happens at all. */
const BUSY = 3;

type Joined = Extract<ConnectionState, { kind: "joined" }>["room"];

interface Visitor {
  readonly connection: Connection;
  readonly room: Joined;
  /** What the page has been told, newest last. */
  readonly told: ConnectionState["kind"][];
}

/** The page's own connection, without the page. */
async function visit(network: BadNetwork): Promise<Visitor> {
  const told: ConnectionState["kind"][] = [];
  let room: Joined | undefined;
  const note = (state: ConnectionState) => {
    told.push(state.kind);
    if (state.kind === "joined") room = state.room;
  };
  const connection = createConnection(network.url, { onChange: note });
  await connection.join("Ann", { kind: "quick" });
  if (!room) throw new Error(`not joined, but ${told.at(-1)}`);
  return { connection, room, told };
}

/** Cuts the network for so long; returns how long after its return the drone obeys again, ms. */
async function comeBackAfter(lab: Lab, awayMs: number): Promise<{ controlMs: number; same: boolean }> {
  const network = await lab.network({ rttMs: 40 });
  const { connection, room, told } = await visit(network);
  const { sessionId } = room;
  const drone = lab.server.roomOf(room).state.drones.get(sessionId);
  if (!drone) throw new Error("no drone");
  drone.score = 7;
  network.setOnline(false);
  await until("the page is told", () => told.at(-1) === "dropped");
  await wait(awayMs);
  network.setOnline(true);
  const backAt = performance.now();
  await until("joined again", () => told.at(-1) === "joined", 20_000);
  const own = room.state.drones.get(sessionId);
  if (!own) throw new Error("the drone is gone");
  const prediction = createPrediction(room, own, lab.arena);
  const aim = drone.aim > 3 ? 1 : 5;
  await until("the drone obeys", () => {
    const due = prediction.advance(performance.now());
    for (let i = 0; i < due; i++) prediction.send(command({ aim }));
    return Math.abs(drone.aim - aim) < 0.02;
  });
  const controlMs = performance.now() - backAt;
  const same = lab.server.roomOf(room).state.drones.get(sessionId) === drone && own.score === 7;
  prediction.dispose();
  connection.leave();
  return { controlMs, same };
}

export const drops: Probe = {
  claim: "the network away for 1, 5 and 19 s",
  bound: "same drone, same score, control within 1 s of its return",
  async run(lab, thorough) {
    await lab.placeBystanders(3);
    const seconds = thorough ? [1, 5, 19] : [1];
    const results: string[] = [];
    let holds = true;
    for (const awaySec of seconds) {
      const { controlMs, same } = await comeBackAfter(lab, awaySec * 1000);
      holds &&= same && controlMs <= (thorough ? 1 : BUSY) * 1000;
      results.push(`${awaySec} s: ${controlMs.toFixed(0)} ms${same ? "" : ", ANOTHER drone"}`);
    }
    return { measured: results.join(", "), holds };
  },
};

export const halfOpen: Probe = {
  claim: "a connection that is dead both ways but stays open",
  bound: "noticed within 10 s by both, the player is told, the seat is kept",
  async run(lab, thorough): Promise<Finding> {
    await lab.placeBystanders(3);
    const network = await lab.network({ rttMs: 40 });
    const { connection, room, told } = await visit(network);
    const { state } = lab.server.roomOf(room);
    const { sessionId } = room;
    const drone = state.drones.get(sessionId);
    network.blackHole("both");
    const startedAt = performance.now();
    const noticed = { page: 0, server: 0 };
    await until(
      "both have noticed",
      () => {
        const elapsed = performance.now() - startedAt;
        if (!noticed.page && told.at(-1) === "dropped") noticed.page = elapsed;
        if (!noticed.server && state.roster.get(sessionId)?.connected === false) noticed.server = elapsed;
        return noticed.page > 0 && noticed.server > 0;
      },
      40_000,
    );
    network.blackHole("none");
    await until("joined again", () => told.at(-1) === "joined", 20_000);
    const kept = room.sessionId === sessionId && state.drones.get(sessionId) === drone;
    connection.leave();
    const sec = (ms: number) => `${(ms / 1000).toFixed(1)} s`;
    return {
      measured: `page ${sec(noticed.page)}, server ${sec(noticed.server)}, seat ${kept ? "kept" : "LOST"}`,
      holds: kept && Math.max(noticed.page, noticed.server) <= (thorough ? 1 : BUSY) * 10_000,
    };
  },
};
