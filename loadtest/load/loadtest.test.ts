/**
 * The load test as it is started from the command line, and each of its scenarios: what they count, not how fast it
 * went. Rates and times are bounded by `npm run probes` (probes/load.ts) and by the tool's own thresholds.
 */
import { execFile, spawn } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { END_WITH_STARTER, type SpawnedServer, spawnServer } from "#loadtest/lib/server/spawnServer.ts";
import { temporaryFolder } from "#shared/testing/temporaryFolder.ts";
import { type LoadOptions, readLoadOptions } from "./options.ts";
import type { Report } from "./report/report.ts";
import { runLoadTest } from "./run.ts";
import { createServerProbe } from "./serverProbe.ts";

const fileOf = (name: string) => fileURLToPath(new URL(name, import.meta.url));
const folder = temporaryFolder("load");

const loadtest = (line: string) =>
  new Promise<{ code: number; said: string }>((resolve) => {
    const args = [fileOf("main.ts"), ...line.split(" "), "--output", folder];
    const child = execFile(process.execPath, args, (_error, stdout, stderr) =>
      resolve({ code: child.exitCode ?? -1, said: stdout + stderr }),
    );
  });

const run = (line: string) =>
  runLoadTest(readLoadOptions(line.split(" ")) as LoadOptions, new AbortController().signal);

/** On a busy machine the figures may be invalid, which has an exit code of its own. */
const HOLDS_OR_INVALID = [0, 3];

test("[LOAD-1] twenty bots fight, a threshold holds, and the report contains what was seen", async () => {
  const { code, said } = await loadtest("--clients 20 --duration 3 --ramp 1 --max-errors 0");
  expect(HOLDS_OR_INVALID, said).toContain(code);
  const [json = "", html = ""] = ["json", "html"].map((kind) =>
    readdirSync(folder).find((name) => name.endsWith(kind)),
  );
  const report = JSON.parse(readFileSync(join(folder, json), "utf8")) as Report;
  expect(report.clients).toEqual({ asked: 20, kind: "full", most: 20, rooms: 1 });
  expect(report.joins.count).toBe(20);
  expect(report.serverFigures?.ticksDue).toBeGreaterThan(0);
  expect(report.serverFigures?.tick?.count).toBeGreaterThan(0);
  expect(report.serverFigures?.cpuUser).toBeGreaterThan(0);
  expect(report.commands.total).toBeGreaterThan(0);
  expect(report.down.patchGap.count).toBeGreaterThan(0);
  expect(report.ack.count).toBeGreaterThan(0);
  expect(report.rows.length).toBeGreaterThan(0);
  expect(report.verdicts.map(({ holds }) => holds)).toEqual([true]);
  const page = readFileSync(join(folder, html), "utf8");
  expect(page).not.toMatch(/(src|href)=/);
}, 90_000);

test("[LOAD-2] a broken threshold is named and ends with exit code 1, a wrong option with 2", async () => {
  const [{ code, said }, wrong] = await Promise.all([
    loadtest("--clients 2 --duration 1 --ramp 0 --light --max-tick-p99 0 --max-errors 0"),
    loadtest("--clients many"),
  ]);
  expect(code, said).toBe(1);
  expect(said).toMatch(/BROKEN +--max-tick-p99 0: tick p99 is/);
  expect(said).toMatch(/holds +--max-errors 0/);
  expect(wrong.code).toBe(2);
}, 60_000);

test("[LOAD-5] a server that cannot be reached gives failed joins", async () => {
  const { recorder } = await run("--endpoint http://127.0.0.1:1 --clients 2 --duration 0 --ramp 0");
  expect(Object.values(recorder.joinFailures)).toEqual([2]);
}, 60_000);

describe("at a server that runs already", () => {
  let server: SpawnedServer;
  beforeAll(async () => {
    server = await spawnServer(END_WITH_STARTER, { TRUSTED_PROXIES: "loopback" });
    vi.stubEnv("BOT_TOKEN", server.botToken);
    vi.stubEnv("METRICS_TOKEN", server.metricsToken);
  });
  afterAll(async () => {
    vi.unstubAllEnvs();
    await server.stop();
  });
  const runThere = (line: string) => run(`--endpoint ${server.origin} ${line}`);

  test("[LOAD-3] all clients of a storm reconnect, and the time of each return is counted", async () => {
    const { recorder, notes } = await runThere("--scenario storm --clients 4 --duration 1 --ramp 0");
    expect(notes).toHaveLength(3);
    for (const note of notes) expect(note).toMatch(/^4 of 4 were back/);
    expect(recorder.times.return.count).toBe(12);
    expect(recorder.closes).toEqual({});
  }, 60_000);

  test("[LOAD-4] private rooms are filled to their size", async () => {
    const { rooms, recorder } = await runThere(
      "--scenario rooms --clients 6 --room-size 3 --duration 0 --ramp 0 --light",
    );
    expect(rooms).toBe(2);
    expect(recorder.mostConnected).toBe(6);
    expect(recorder.joinFailures).toEqual({});
  }, 60_000);

  test("[LOAD-7] chat lines are answered, and the time of each answer is counted", async () => {
    const { recorder, notes } = await runThere("--scenario chat --clients 2 --duration 0.5 --ramp 0 --light");
    expect(recorder.times.answer.count).toBeGreaterThan(0);
    expect(notes).toEqual([]);
  }, 60_000);

  test("[LOAD-8] half of the clients draw in rooms of their own, and each room ends with one drawing", async () => {
    const { recorder, notes } = await runThere(
      "--scenario editor --clients 8 --room-size 2 --duration 1 --ramp 0 --light",
    );
    expect(recorder.mostConnected).toBe(4);
    expect(notes[0]).toMatch(/^4 editors in 2 rooms: [1-9]\d* strokes acknowledged/);
    expect(notes.slice(1)).toEqual(["the editors of each room end with the same drawing"]);
  }, 60_000);

  test("[LOAD-6] the screen of @colyseus/loadtest runs our bots when it is called as its documentation says", async () => {
    const args = ["--room", "arena", "--numClients", "3", "--endpoint", server.origin.replace("http", "ws")];
    const screen = spawn(process.execPath, [fileOf("tui.ts"), ...args], {
      env: { ...process.env, TERM: "xterm" },
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
