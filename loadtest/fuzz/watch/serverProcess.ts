/** The server under test: the real one, in a process of its own, on loopback, as it would run in production. */
import { type ChildProcess, spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { fileURLToPath } from "node:url";
import { readOutput } from "./serverOutput.ts";
import type { FromServer, MemoryReport, WatchReport } from "./serverWatch.ts";

export interface ServerProcess {
  readonly host: string;
  readonly port: number;
  readonly origin: string;
  readonly botToken: string;
  readonly pid: number;
  onReport(listener: (report: WatchReport) => void): void;
  /** Collects garbage and says what is left. */
  measureMemory(): Promise<MemoryReport>;
  /** Lines that it logged, by text: errors only, for the rest is silenced. */
  readonly errors: ReadonlyMap<string, number>;
  /** The end of what it wrote to stderr. */
  stderr(): string;
  /** Resolves with a description, when the process is gone, whoever ended it. */
  readonly ended: Promise<string>;
  stop(): Promise<void>;
}

const MAIN = fileURLToPath(new URL("../../../server/main.ts", import.meta.url));
const WATCH = new URL("serverWatch.ts", import.meta.url).href;
const START_MS = 30_000;
const MEMORY_MS = 20_000;
/** Longer than this nobody waits for a goodbye. */
const STOP_MS = 3000;

/** Rejects when it does not come up. */
export async function startServer(): Promise<ServerProcess> {
  const botToken = randomBytes(24).toString("hex");
  const child = spawn(process.execPath, ["--expose-gc", "--import", WATCH, MAIN], {
    env: {
      PATH: process.env.PATH,
      HOST: "127.0.0.1",
      PORT: "0",
      LOG_LEVEL: "error",
      NODE_ENV: "production",
      BOT_TOKEN: botToken,
      JWT_SECRET: randomBytes(32).toString("hex"),
      // The players of a fuzz are no players: nobody waits for them at the end.
      DRAIN_SECONDS: "0",
    },
    stdio: ["ignore", "pipe", "pipe", "ipc"],
    // Of a process group of its own: a Ctrl+C is the fuzzer's, which ends it.
    detached: true,
  });
  const output = readOutput(child);
  const ended = new Promise<string>((resolve) =>
    child.once("exit", (code, signal) => resolve(`the server exited with ${signal ?? `code ${code}`}`)),
  );
  const origin = await within(
    START_MS,
    Promise.race([
      output.opened,
      ended.then((how) => Promise.reject(new Error(`${how}\n${output.stderr()}`))),
    ]),
  ).catch((error) => {
    child.kill("SIGKILL");
    throw error;
  });
  const { hostname, port } = new URL(origin);

  return {
    host: hostname,
    port: Number(port),
    origin,
    botToken,
    pid: child.pid ?? 0,
    ended,
    errors: output.errors,
    stderr: output.stderr,
    onReport: (listener) =>
      child.on("message", (message) => {
        const told = message as FromServer;
        if (told.kind === "report") listener(told);
      }),
    measureMemory: () => within(MEMORY_MS, askForMemory(child)),
    async stop() {
      child.kill("SIGTERM");
      const killing = setTimeout(() => child.kill("SIGKILL"), STOP_MS);
      await ended;
      clearTimeout(killing);
    },
  };
}

function askForMemory(child: ChildProcess): Promise<MemoryReport> {
  return new Promise((resolve) => {
    const onMessage = (message: unknown) => {
      const told = message as FromServer;
      if (told.kind !== "memory") return;
      child.off("message", onMessage);
      resolve(told);
    };
    child.on("message", onMessage);
    if (child.connected) child.send("memory");
  });
}

async function within<Value>(ms: number, promise: Promise<Value>): Promise<Value> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error(`the server did not answer within ${ms} ms`)), ms);
  });
  return Promise.race([promise, late]).finally(() => clearTimeout(timer));
}
