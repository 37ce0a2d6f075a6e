/** What the log's reader can do to the server: nothing. A real process, with an output that nobody reads or that fails. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, openSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { temporaryFolder } from "#shared/testing/temporaryFolder.ts";
import { until } from "./testing/bootServer.ts";
import { freePort } from "./testing/freePort.ts";
import { startServer } from "./testing/serverProcess.ts";

const MAIN = fileURLToPath(new URL("main.ts", import.meta.url));

test("[LOG-1] a reader that stalls stops neither ticks, answers nor SIGTERM; it learns how many lines were dropped", async () => {
  const server = await startServer({ DRAIN_SECONDS: "0" });
  const ann = await server.join();
  server.stallOutput();
  await server.spoil("floodLog");
  expect((await fetch(`${server.url}/healthz`)).status).toBe(200);
  const { tick } = ann.state;
  await until("the match goes on", () => ann.state.tick > tick + 15);
  const metrics = await (await fetch(`${server.url}/metrics`)).text();
  expect(Number(/^fracas_log_lines_dropped_total (\d+)/m.exec(metrics)?.[1])).toBeGreaterThan(1_000);

  server.resumeOutput();
  await until("the dropped lines are logged", () => server.output().includes("log lines were dropped"));

  server.stallOutput();
  await server.spoil("floodLog");
  server.signal("SIGTERM");
  expect((await server.ended).code).toBe(0);
});

test.each([
  ["a full disk", () => openSync("/dev/full", "w"), existsSync("/dev/full")],
  ["a pipe whose reader has gone", () => "pipe" as const, true],
])("[LOG-2] %s as stdout: the server starts, answers, and ends with 0", async (_what, stdout, isThere) => {
  if (!isThere) return;
  const port = await freePort();
  const env = {
    PATH: process.env.PATH,
    HOST: "127.0.0.1",
    PORT: String(port),
    JWT_SECRET: "j".repeat(32),
    DATA_DIR: temporaryFolder("data"),
  };
  const child = spawn(process.execPath, [MAIN], { env, stdio: ["ignore", stdout(), "inherit"] });
  child.stdout?.destroy();
  const exited = once(child, "exit");
  const answers = () =>
    fetch(`http://127.0.0.1:${port}/healthz`).then(
      ({ ok }) => ok,
      () => false,
    );
  while (child.exitCode === null && !(await answers()));
  expect(child.exitCode).toBe(null);
  child.kill("SIGTERM");
  expect(await exited).toEqual([0, null]);
});
