import { type ChildProcess, spawn } from "node:child_process";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { temporaryFolder } from "#shared/testing/temporaryFolder.ts";
import { ConfigError } from "./config.ts";
import { placeOf } from "./listening.ts";
import { ask } from "./testing/asking.ts";
import { until } from "./testing/bootServer.ts";

const HOLDER = fileURLToPath(new URL("testing/socketHolder.ts", import.meta.url));
const ADDRESS = { port: 2567, host: "127.0.0.1" };

test("[DEPLOY-10] a server listens on an inherited socket only if it is this process's, and on one only", () => {
  const LISTEN_PID = String(process.pid);
  expect(placeOf(ADDRESS, {})).toEqual(ADDRESS);
  expect(placeOf(ADDRESS, { LISTEN_FDS: "1", LISTEN_PID: "1" })).toEqual(ADDRESS);
  expect(placeOf(ADDRESS, { LISTEN_FDS: "1", LISTEN_PID })).toEqual({ fd: 3 });
  expect(() => placeOf(ADDRESS, { LISTEN_FDS: "2", LISTEN_PID })).toThrow(ConfigError);
});

describe.each(["1", "2"])("a server with PROCESSES=%s on a socket that systemd holds", (PROCESSES) => {
  let holder: ChildProcess;
  let output = "";
  const found = (pattern: RegExp) => Array.from(output.matchAll(pattern), ([, number]) => Number(number));
  const opened = () => found(/(Fracas is open)/g).length;

  beforeAll(async () => {
    const environment = { DATA_DIR: temporaryFolder("data"), DRAIN_SECONDS: "0", PORT: "1", PROCESSES };
    const env = { PATH: process.env.PATH, ...environment };
    holder = spawn(process.execPath, [HOLDER], { env, stdio: ["ignore", "pipe", "inherit"] });
    holder.stdout?.on("data", (chunk) => (output += chunk));
    process.once("exit", end);
    await until("the server is open", () => opened() === 1, 60_000);
  });
  const end = () => {
    // First, or it would start the server again.
    holder.kill("SIGKILL");
    const server = found(/pid (\d+)/g).at(-1);
    if (server) process.kill(server, "SIGKILL");
    process.off("exit", end);
  };
  afterAll(end);

  test("[DEPLOY-11] says its real address, and is reached there", async () => {
    const [port = 0] = found(/port (\d+)/g);
    expect(output).toContain(`Fracas is open: http://127.0.0.1:${port}`);
    expect((await ask({ url: "http://127.0.0.1", port }, "/healthz")).status).toBe(200);
  });

  test("[DEPLOY-12] connections that come while it restarts wait, and are answered by the next", async () => {
    const [port = 0] = found(/port (\d+)/g);
    const [first = 0] = found(/pid (\d+)/g);
    process.kill(first, "SIGTERM");
    await until("the server has ended", () => found(/(ended)/g).length === 1, 30_000);
    expect(opened()).toBe(1);
    const waiting = Array.from({ length: 50 }, () => ask({ url: "http://127.0.0.1", port }, "/healthz"));
    const answers = await Promise.all(waiting);
    expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 200));
    expect(opened()).toBe(2);
  });
});
