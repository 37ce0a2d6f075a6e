/** A short load test with thresholds that a busy machine holds, as it is started from the command line. */
import { execFile, spawn } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createServerProbe } from "./serverProbe.ts";
import { type SpawnedServer, spawnServer } from "#loadtest/lib/server/spawnServer.ts";
import { type LoadOptions, readLoadOptions } from "./options.ts";
import type { Report } from "./report/report.ts";
import { runLoadTest } from "./run.ts";

const fileOf = (name: string) => fileURLToPath(new URL(name, import.meta.url));
const folder = mkdtempSync(join(tmpdir(), "fracas-load-"));
afterAll(() => rmSync(folder, { recursive: true }));

const loadtest = (line: string) =>
  new Promise<{ code: number; said: string }>((resolve) => {
    const args = [fileOf("main.ts"), ...line.split(" "), "--output", folder];
    const child = execFile(process.execPath, args, (_error, stdout, stderr) =>
      resolve({ code: child.exitCode ?? -1, said: stdout + stderr }),
    );
  });

const run = (line: string) =>
  runLoadTest(readLoadOptions(line.split(" ")) as LoadOptions, new AbortController().signal);

/** The machine may be too busy for figures that mean something: then what holds does not pass either. */
const HOLDS_OR_INVALID = [0, 3];

test("[LOAD-1] twenty bots fight for ten seconds, thresholds hold, and the report says what was seen", async () => {
  const { code, said } = await loadtest(
    "--clients 20 --duration 10 --ramp 2 --max-tick-p99 500 --min-tick-rate 10 --max-errors 0 --max-join-p95 20000",
  );
  expect(HOLDS_OR_INVALID, said).toContain(code);
  const [json = "", html = ""] = ["json", "html"].map((kind) =>
    readdirSync(folder).find((name) => name.endsWith(kind)),
  );
  const report = JSON.parse(readFileSync(join(folder, json), "utf8")) as Report;
  expect(report.clients).toEqual({ asked: 20, kind: "full", most: 20, rooms: 1 });
  expect(report.joins.count).toBe(20);
  expect(report.serverFigures?.ticksDue).toBeGreaterThan(200);
  expect(report.serverFigures?.tick?.count).toBeGreaterThan(100);
  expect(report.serverFigures?.cpuUser).toBeGreaterThan(0);
  expect(report.commands.perPlayerSec).toBeGreaterThan(10);
  expect(report.down.patchesPerClientSec).toBeGreaterThan(5);
  expect(report.ack.count).toBeGreaterThan(500);
  expect(report.rows.length).toBeGreaterThan(5);
  expect(report.verdicts.map(({ holds }) => holds)).toEqual([true, true, true, true]);
  const page = readFileSync(join(folder, html), "utf8");
  expect(page).not.toMatch(/(src|href)=/);
}, 90_000);

test("[LOAD-2] a broken threshold is named, and ends with exit code 1; a wrong option with 2", async () => {
  const { code, said } = await loadtest(
    "--clients 2 --duration 2 --ramp 0 --light --max-tick-p99 0 --max-errors 0",
  );
  expect(code, said).toBe(1);
  expect(said).toMatch(/BROKEN +--max-tick-p99 0: tick p99 is/);
  expect(said).toMatch(/holds +--max-errors 0/);
  expect((await loadtest("--clients many")).code).toBe(2);
}, 60_000);

test("[LOAD-3] everybody who is dropped in a storm is back, and counted since the drop", async () => {
  const { recorder, notes } = await run("--scenario storm --clients 4 --duration 4 --ramp 0");
  expect(notes).toHaveLength(3);
  for (const note of notes) expect(note).toMatch(/^4 of 4 were back/);
  expect(recorder.times.return.count).toBe(12);
  expect(recorder.times.return.max / 1000).toBeLessThan(10_000);
  expect(recorder.closes).toEqual({});
}, 60_000);

test("[LOAD-4] private rooms hold as many as they shall", async () => {
  const { rooms, recorder } = await run(
    "--scenario rooms --clients 6 --room-size 3 --duration 1 --ramp 0 --light",
  );
  expect(rooms).toBe(2);
  expect(recorder.mostConnected).toBe(6);
  expect(recorder.joinFailures).toEqual({});
}, 60_000);

test("[LOAD-5] a server that cannot be reached ends in failed joins, not in silence", async () => {
  const { recorder } = await run("--endpoint http://127.0.0.1:1 --clients 2 --duration 0 --ramp 0");
  expect(Object.values(recorder.joinFailures)).toEqual([2]);
}, 60_000);

test("[LOAD-7] chat is measured, or skipped with the reason where the server does not know it", async () => {
  const { recorder, skipped } = await run("--scenario chat --clients 2 --duration 1 --ramp 0 --light");
  if (skipped === undefined) expect(recorder.times.answer.count).toBeGreaterThan(0);
  else expect(skipped).toMatch(/^the server takes no chat: .+/);
}, 60_000);

describe("the screen of @colyseus/loadtest", () => {
  let server: SpawnedServer;
  beforeAll(async () => {
    server = await spawnServer(new URL("../lib/server/endWithStarter.ts", import.meta.url));
  });
  afterAll(() => server.stop());

  test("[LOAD-6] a bot file called as its documentation says lets our bots in", async () => {
    const args = ["--room", "arena", "--numClients", "3", "--endpoint", server.origin.replace("http", "ws")];
    const env = { ...process.env, TERM: "xterm", BOT_TOKEN: server.botToken };
    const screen = spawn(process.execPath, [fileOf("tui.ts"), ...args], {
      env,
      stdio: ["ignore", "pipe", "pipe"],
    });
    let shown = "";
    screen.stdout.setEncoding("utf8").on("data", (text: string) => {
      shown += text;
    });
    try {
      const probe = createServerProbe(server.origin, server.metricsToken);
      const clients = async () => (await probe.read())?.values.get("fracas_clients");
      await expect.poll(clients, { timeout: 30_000 }).toBe(3);
      await expect.poll(() => shown, { timeout: 30_000 }).toContain("@colyseus/loadtest");
    } finally {
      screen.kill("SIGKILL");
    }
  }, 90_000);
});
