/** One client floods a booted server: it is cut off, and the other players of the room keep receiving patches. */
import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { Protocol } from "@colyseus/core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type ArenaClient, bootServer, type TestServer, until } from "#server/testing/bootServer.ts";
import type { FloodEnd, Seated } from "#server/testing/flooder.ts";
import { type PatchGaps, watchPatches } from "#server/testing/patchWatch.ts";
import { frame, OPCODE } from "#server/testing/rawSocket.ts";
import { CLOSE } from "#shared/protocol/closeCodes.ts";
import { FRAME_RATE } from "./frameGuard.ts";
import type { GuardedSocket } from "./guardedSocket.ts";

const FLOODER = fileURLToPath(new URL("../testing/flooder.ts", import.meta.url));
const FRAMES_PER_SEC = 50_000;
const FLOOD_MS = 3_000;
/** A gap between patches that a player would feel; the regular interval is 50 ms. */
const GAP_MAX_MS = 250;
/** Longest time, in CPU time, during which the event loop runs one task. */
const BLOCKED_MAX_MS = 50;
/** A delay that the flood causes shows in every round; one that the machine causes does not. */
const ROUNDS = 3;

let server: TestServer;
let honest: ArenaClient[];
let honestSockets: unknown[];
/** 99th percentile of the patch interval without a flood. */
let quietP99Ms = 0;
beforeAll(async () => {
  server = await bootServer();
  honest = [await server.join({ name: "Ann" }), await server.join({ name: "Bob" })];
  honestSockets = honest.map(socketOf);
  const stop = watchPatches(honest);
  const startedAt = performance.now();
  await until("two quiet seconds", () => performance.now() - startedAt > 2000);
  quietP99Ms = stop().p99Ms;
});
afterAll(() => server.close());

const room = () => server.roomOf(honest[0] as ArenaClient);
const socketOf = (player: ArenaClient) => room().clients.getById(player.sessionId)?.ref;

/**
 * Measures the longest task of the event loop until the returned function is called, which returns it in ms. Counts CPU
 * time, so that other processes do not matter.
 */
function watchLoop(): () => number {
  let longestMs = 0;
  let lastMs = cpuTimeMs();
  // CPU time between two turns of this timer delayed every other event.
  const timer = setInterval(() => {
    const nowMs = cpuTimeMs();
    longestMs = Math.max(longestMs, nowMs - lastMs);
    lastMs = nowMs;
  }, 1);
  return () => {
    clearInterval(timer);
    return longestMs;
  };
}

function cpuTimeMs(): number {
  const { user, system } = process.threadCpuUsage();
  return (user + system) / 1000;
}

interface Flood {
  sessionId: string;
  end: FloodEnd;
  framesPassed: number;
  patches: PatchGaps;
  blockedMs: number;
}

async function floodWith(bytes: Buffer): Promise<Flood> {
  const argv = [server.url, bytes.toString("hex"), String(FRAMES_PER_SEC), String(FLOOD_MS)];
  const flooder: ChildProcess = fork(FLOODER, argv, { execArgv: [] });
  const [{ sessionId }] = (await once(flooder, "message")) as [Seated];
  await until("the flooder plays", () => room().inputs.get(sessionId) !== undefined);
  const socket = room().clients.getById(sessionId)?.ref as unknown as GuardedSocket;
  let eventsPassed = 0;
  for (const event of ["message", "ping", "pong"] as const) socket.on(event, () => eventsPassed++);
  const stopPatches = watchPatches(honest);
  const stopLoop = watchLoop();
  flooder.send("flood");
  const [end] = (await once(flooder, "message")) as [FloodEnd];
  const blockedMs = stopLoop();
  const patches = stopPatches();
  await until("the flooder has left the room", () => !room().clients.getById(sessionId));
  // Commands cause no event. Those that were not run count as consumed when the client leaves.
  const framesPassed = eventsPassed + socket.inbox.ackSeq;
  return { sessionId, end, framesPassed, patches, blockedMs };
}

test.each([
  ["commands", frame({ payload: [Protocol.ROOM_INPUT_RELIABLE, 0x80, 127] })],
  ["PING messages, each of which gets an answer", frame({ payload: [Protocol.PING] })],
  ["unsolicited pongs", frame({ opcode: OPCODE.pong, payload: [7] })],
])(
  "[SOCKET-20] cuts off a flood of 50,000 frames a second (%s), frees its seat, and delays no patch of others",
  async (what, bytes) => {
    let gapMs = Number.POSITIVE_INFINITY;
    for (let round = 0; round < ROUNDS && gapMs >= GAP_MAX_MS; round++) {
      const { sessionId, end, framesPassed, patches, blockedMs } = await floodWith(bytes);
      gapMs = Math.min(gapMs, patches.maxMs);
      console.log(
        `flood of ${what}: ${end.framesSent} sent, ${framesPassed} let through, ${end.ms.toFixed(0)} ms; ` +
          `patch interval p99 ${quietP99Ms.toFixed(1)} ms before, ${patches.p99Ms.toFixed(1)} ms during, ` +
          `longest ${patches.maxMs.toFixed(1)} ms; event loop busy for ${blockedMs.toFixed(1)} ms at a stretch`,
      );
      expect(end.closed?.code).toBe(CLOSE.tooFast);
      expect(framesPassed).toBeGreaterThanOrEqual(FRAME_RATE.burst - 1);
      expect(framesPassed).toBeLessThanOrEqual(FRAME_RATE.burst + (FRAME_RATE.perSec * end.ms) / 1000);
      expect(patches.count).toBeGreaterThan(5);
      expect(blockedMs).toBeLessThan(BLOCKED_MAX_MS);
      expect(honest.map(socketOf)).toEqual(honestSockets);
      await until("its seat is free", () => !room().state.roster.has(sessionId));
    }
    expect(gapMs).toBeLessThan(GAP_MAX_MS);
  },
);

test("[SOCKET-21] cuts off a client that sends 50,000 WebSocket pings a second", async () => {
  const { end } = await floodWith(frame({ opcode: OPCODE.ping, payload: Buffer.alloc(125) }));
  expect(end.closed).toBeDefined();
  expect(end.ms).toBeLessThan(FLOOD_MS);
  expect(honest.map(socketOf)).toEqual(honestSockets);
});
