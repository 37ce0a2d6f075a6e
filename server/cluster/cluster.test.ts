/** A whole server with two room processes, real clients, and real deaths. */
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type ArenaClient, bootServer, type TestServer, until } from "#server/testing/bootServer.ts";
import { captureLog } from "#server/testing/captureLog.ts";
import type { RoomSpoil } from "#server/testing/spoilRooms.ts";
import { ROOM } from "#shared/protocol/names.ts";
import type { ArenaState } from "#shared/schema/state.ts";
import type { ProcessPool } from "./processes/processPool.ts";

const SPOILER = fileURLToPath(new URL("../testing/spoilRooms.ts", import.meta.url));
/** For a room process to be noticed as hung, and its rooms to open elsewhere, on a busy machine. */
const BACK_WITHIN_MS = 30_000;

let server: TestServer;
let processes: ProcessPool;
const opened: ArenaClient[] = [];

beforeAll(async () => {
  process.env.NODE_OPTIONS = `--import=${SPOILER}`;
  server = await bootServer({ processes: 2 });
  if (!server.app.pool) throw new Error("there are no processes");
  processes = server.app.pool;
});

afterAll(async () => {
  for (const client of opened) client.reconnection.enabled = false;
  await server.close();
  expect(processes.all).toEqual([]);
});

const rows = () => server.app.rooms.directory.own;
const processOf = (code: string) => {
  const host = processes.all.find(({ id }) => id === rows().get(code)?.processId);
  if (host?.pid === undefined) throw new Error(`no process has ${code}`);
  return { id: host.id, pid: host.pid, host };
};

async function ready(joining: Promise<ArenaClient>): Promise<ArenaClient> {
  const client = await joining;
  opened.push(client);
  client.reconnection.minUptime = 0;
  client.onMessage("*", () => {});
  await until("the first state", () => client.state?.tick > 0);
  return client;
}

const host = (name: string) => ready(server.client.create<ArenaState>(ROOM.arena, { private: true, name }));
const join = (code: string, name: string) => ready(server.client.joinById<ArenaState>(code, { name }));
/** The room's process has told about everybody in it. */
const isKnown = ({ roomId, sessionId }: ArenaClient) =>
  until(
    "a snapshot knows the player",
    () => processOf(roomId).host.snapshotOf(roomId)?.includes(sessionId) ?? false,
  );

/** Resolves when the player is back in their seat, in another process than `former`. */
async function isBack(client: ArenaClient, former: string): Promise<void> {
  const { roomId, sessionId } = client;
  const isElsewhere = () => ![undefined, former].includes(rows().get(roomId)?.processId);
  await until("the room is open elsewhere", isElsewhere, BACK_WITHIN_MS);
  await until("its player is back", () => (rows().get(roomId)?.clients ?? 0) > 0, BACK_WITHIN_MS);
  const { tick } = client.state;
  await until("the fight goes on", () => client.connection.isOpen && client.state.tick > tick);
  expect(client.sessionId).toBe(sessionId);
  expect(client.state.roster.has(sessionId)).toBe(true);
}

// First: after other deaths within a minute it takes more of them to find the room.
test.each<RoomSpoil>(["Loop", "Throw", "Reject"])(
  "[CLUSTER-25] a room whose code fails for the whole process (%s) goes on elsewhere; a second time it does not",
  async (how) => {
    await until("both processes are up", () => processes.all.length === 2, BACK_WITHIN_MS);
    const log = captureLog();
    const ann = await host("Ann");
    const { id } = processOf(ann.roomId);
    const spoiler = await join(ann.roomId, how);
    await isKnown(spoiler);
    await isBack(ann, id);
    const second = processOf(ann.roomId).id;
    await spoiler.leave();
    await join(ann.roomId, how);
    await until(
      "the room is given up",
      () => log.some(({ room, msg }) => room === ann.roomId && msg.includes("is not opened again")),
      BACK_WITHIN_MS,
    );
    expect(rows().has(ann.roomId)).toBe(false);
    expect(processes.all.map(({ id }) => id)).not.toContain(second);
  },
);

test("[CLUSTER-20] rooms open in the process with the least load, and players join those of both", async () => {
  await until("both processes are up", () => processes.all.length === 2, BACK_WITHIN_MS);
  const hosts = await Promise.all(["Ann", "Ben", "Cat", "Dan"].map(host));
  const ids = hosts.map(({ roomId }) => rows().get(roomId)?.processId);
  expect(new Set(ids).size).toBe(2);
  await Promise.all(hosts.map(({ roomId }) => join(roomId, "Eve")));
  for (const { roomId } of hosts) expect(rows().get(roomId)?.clients).toBe(2);
});

test("[CLUSTER-21] one scrape shows the sum of all processes", async () => {
  const text = await (await fetch(`${server.url}/metrics`)).text();
  const clients = [...rows().values()].reduce((sum, { clients }) => sum + clients, 0);
  expect(clients).toBeGreaterThan(0);
  expect(text).toContain(`fracas_clients ${clients}\n`);
  expect(Number(/^fracas_tick_duration_seconds_count (\d+)/m.exec(text)?.[1])).toBeGreaterThan(0);
});

test("[CLUSTER-22] kill -9 of a room process: its rows go, and its players are back in their seats", async () => {
  const ann = await host("Ann");
  const { id, pid } = processOf(ann.roomId);
  await isKnown(ann);
  process.kill(pid, "SIGKILL");
  await until("the rows of the process are gone", () =>
    [...rows().values()].every(({ processId }) => processId !== id),
  );
  // Whoever asks now waits until the room is open again.
  const ben = await join(ann.roomId, "Ben");
  await isBack(ann, id);
  expect(ben.state.roster.has(ann.sessionId)).toBe(true);
  await until("another process takes its place", () => processes.all.length === 2, BACK_WITHIN_MS);
});

test("[CLUSTER-23] a process that stops for two seconds keeps its rooms, and nobody is thrown out", async () => {
  const ann = await host("Ann");
  const { id, pid } = processOf(ann.roomId);
  let drops = 0;
  ann.onDrop(() => drops++);
  process.kill(pid, "SIGSTOP");
  await new Promise((resolve) => setTimeout(resolve, 2_000));
  process.kill(pid, "SIGCONT");
  const { tick } = ann.state;
  await until("the fight goes on", () => ann.state.tick > tick + 30);
  expect({ drops, id: rows().get(ann.roomId)?.processId }).toEqual({ drops: 0, id });
});

test("[CLUSTER-24] a process that stops for good is killed, and its rooms go on elsewhere", async () => {
  const ann = await host("Ann");
  const { id, pid } = processOf(ann.roomId);
  await isKnown(ann);
  process.kill(pid, "SIGSTOP");
  await isBack(ann, id);
  expect(() => process.kill(pid, 0)).toThrow("ESRCH");
});

test("[CLUSTER-26] a front that was late itself blames no process", async () => {
  await until("both processes are up", () => processes.all.length === 2, BACK_WITHIN_MS);
  const pids = processes.all.map(({ pid }) => pid);
  const log = captureLog();
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 5_000);
  const heard = processes.all.map(({ heardAtMs }) => heardAtMs);
  await until("all are heard of again", () =>
    processes.all.every(({ heardAtMs }, at) => heardAtMs > (heard[at] ?? 0)),
  );
  expect(processes.all.map(({ pid }) => pid)).toEqual(pids);
  expect(log.filter(({ msg }) => msg.includes("hangs"))).toEqual([]);
});
