/** Starts a Redis for one test: a child process on a free loopback port, without persistence. */
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { installPackage } from "#shared/testing/debian.ts";
import { freePort } from "./freePort.ts";

const PROGRAMS = [
  process.env.REDIS_SERVER_PATH,
  "/usr/bin/redis-server",
  "/usr/local/bin/redis-server",
  "/opt/homebrew/bin/redis-server",
  // Debian's redis-tools: the same program under another name, without the redis-server service.
  "/usr/bin/redis-check-rdb",
];

const HOW_TO =
  "These tests need Redis. Install it (on Debian: apt-get install redis-server) " +
  "or set REDIS_SERVER_PATH to its program.";

export interface TestRedis {
  readonly url: string;
  /** Kills it as a crash does; its data is lost. */
  kill(): Promise<void>;
  /** Starts it again on the same port. */
  start(): Promise<void>;
  /** Stops it without closing its connections, as on a network that drops every packet, until `wake`. */
  freeze(): void;
  wake(): void;
  /** Kills it and deletes its folder. */
  close(): Promise<void>;
}

export async function startRedis(): Promise<TestRedis> {
  const program = ensureRedis();
  const folder = await mkdtemp(join(tmpdir(), "fracas-redis-"));
  const port = await freePort();
  let child: ChildProcess | undefined;

  process.once("exit", () => child?.kill("SIGKILL"));

  const redis: TestRedis = {
    url: `redis://127.0.0.1:${port}`,
    async start() {
      const options = { port, bind: "127.0.0.1", dir: folder, save: "", appendonly: "no" };
      const words = Object.entries(options).flatMap(([name, value]) => [`--${name}`, String(value)]);
      // The program decides by argv0 which tool it is.
      child = spawn(program, words, { argv0: "redis-server", stdio: "ignore" });
      await answers(port, child);
    },
    async kill() {
      if (!child || child.exitCode !== null || child.signalCode !== null) return;
      const exited = once(child, "exit");
      child.kill("SIGKILL");
      await exited;
    },
    freeze: () => void child?.kill("SIGSTOP"),
    wake: () => void child?.kill("SIGCONT"),
    async close() {
      await redis.kill();
      await rm(folder, { recursive: true, force: true });
    },
  };
  await redis.start();
  return redis;
}

/** Returns the path of Redis; installs Debian's package if it is missing, or throws an error that says what to install. */
function ensureRedis(): string {
  const found = findRedis();
  if (found) return found;
  installPackage("redis-tools", HOW_TO);
  const installed = findRedis();
  if (!installed) throw new Error(HOW_TO);
  return installed;
}

const findRedis = () => PROGRAMS.find((path) => path && existsSync(path));

/** Waits until Redis answers a PING. */
async function answers(port: number, child: ChildProcess): Promise<void> {
  const deadline = performance.now() + 10_000;
  while (!(await isThere(port))) {
    if (child.exitCode !== null) throw new Error(`redis-server ended with ${child.exitCode}`);
    if (performance.now() > deadline) throw new Error("redis-server does not answer");
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

const isThere = (port: number) =>
  new Promise<boolean>((resolve) => {
    const socket = connect(port, "127.0.0.1", () => socket.write("PING\r\n"));
    socket.once("data", () => socket.destroy()).once("data", () => resolve(true));
    socket.once("error", () => resolve(false));
  });
