/** How room processes start, end, and end with their front. */

import { fileURLToPath } from "node:url";
import { expect, onTestFinished, test } from "vitest";
import { until } from "#server/testing/bootServer.ts";
import { captureLog } from "#server/testing/captureLog.ts";
import { startServer } from "#server/testing/serverProcess.ts";
import { CLOSE } from "#shared/protocol/closeCodes.ts";
import { ProcessPool } from "./processPool.ts";

const ODD = fileURLToPath(new URL("../../testing/oddProcess.ts", import.meta.url));
const KILLED = fileURLToPath(new URL("../../testing/killedProcess.ts", import.meta.url));
const rules = {
  matchSeconds: 300,
  roomPlayers: 4,
  roomMap: undefined,
  scoreLimit: 0,
  logLevel: "silent",
  publicAddress: undefined,
  dataDir: "",
  replaysMaxMb: 0,
} as const;

interface Line {
  process?: string;
  msg: string;
  of?: string;
  pid?: number;
}

const linesOf = (output: string): Line[] =>
  output.split("\n").flatMap((line) => (line.startsWith("{") ? [JSON.parse(line) as Line] : []));
/** Of the room processes that said hello. */
const pidsOf = (output: string) =>
  linesOf(output).flatMap(({ msg, pid }) => (msg === "a room process is up" && pid ? [pid] : []));

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

test("[CLUSTER-30] a process that fails at its start is tried again after growing pauses, and each line says so", async () => {
  const log = captureLog();
  const deaths: boolean[] = [];
  const processes = new ProcessPool({
    ...{ count: 1, rules, entry: ODD },
    reports: { put() {}, remove() {}, keep() {} },
    onDied: ({ blamesRooms }) => deaths.push(blamesRooms),
  });
  const failures = () => log.filter(({ msg }) => msg === "a room process ended soon after its start");
  await until("it has failed four times", () => failures().length === 4, 30_000);
  expect(failures().map(({ of, code, retryInMs }) => ({ of, code, retryInMs }))).toEqual(
    [250, 500, 1000, 2000].map((retryInMs) => ({ of: "room 1", code: 7, retryInMs })),
  );
  expect(processes.all).toEqual([]);
  await processes.stop();
});

test("[CLUSTER-50] from the third death within a minute on a kill from outside counts as a failure", async () => {
  const log = captureLog();
  const deaths: boolean[] = [];
  const processes = new ProcessPool({
    ...{ count: 1, rules, entry: KILLED },
    reports: { put() {}, remove() {}, keep() {} },
    onDied: ({ blamesRooms }) => deaths.push(blamesRooms),
  });
  await until("it has died four times", () => deaths.length >= 4, 30_000);
  await processes.stop();
  expect(deaths.slice(0, 4)).toEqual([false, false, true, true]);
  const pauses = log.flatMap(({ retryInMs }) => (retryInMs === undefined ? [] : [retryInMs]));
  expect(pauses.slice(0, 4)).toEqual([0, 0, 250, 500]);
});

test("[CLUSTER-31] a server of several processes stops at one signal to all of them, and closes its rooms", async () => {
  const server = await startServer({ PROCESSES: "2", DRAIN_SECONDS: "1" });
  onTestFinished(server.kill);
  const pids = pidsOf(server.output());
  expect(pids.length).toBe(2);
  const player = await server.join();
  player.reconnection.minUptime = 0;
  const left = new Promise<number>((resolve) => player.onDrop((code) => resolve(code)));
  // As a terminal does.
  for (const pid of pids) process.kill(pid, "SIGINT");
  server.signal("SIGINT");
  expect(await left).toBe(CLOSE.restarting);
  player.reconnection.enabled = false;
  expect((await server.ended).code).toBe(0);
  await until("the room processes have ended", () => !pids.some(isAlive));
  // @pm2/io would print this, and end the process before its rooms are closed.
  expect(server.output()).not.toContain("Process disconnected from parent");
  const lines = linesOf(server.output());
  expect(lines.map(({ process: name }) => name)).not.toContain(undefined);
  expect(lines.filter(({ msg }) => msg === "room closed").map(({ process: name }) => name)).toEqual([
    expect.stringMatching(/^room \d$/),
  ]);
});

test("[CLUSTER-32] a server whose primary is killed closes its rooms, ends, and its players reconnect", async () => {
  const server = await startServer({ PROCESSES: "2" });
  onTestFinished(server.kill);
  const pids = pidsOf(server.output());
  const player = await server.join();
  player.reconnection.minUptime = 0;
  const left = new Promise<number>((resolve) => player.onDrop((code) => resolve(code)));
  server.kill();
  expect(await left).toBe(CLOSE.restarting);
  player.reconnection.enabled = false;
  await until("the room processes have ended", () => !pids.some(isAlive));
});
