/** The real server, in a process of its own, on loopback, as it would run in production. */
import { type ChildProcess, spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { fileURLToPath } from "node:url";
import { readOutput } from "./serverOutput.ts";
import { startFlags } from "./startFlags.ts";

export interface SpawnedServer {
  readonly process: ChildProcess;
  readonly origin: string;
  readonly botToken: string;
  readonly metricsToken: string;
  /** Lines that it logged, by text, and how often: errors only, for the rest is silenced. */
  readonly errors: ReadonlyMap<string, number>;
  /** The end of what it wrote to stderr. */
  stderr(): string;
  /** Resolves with a description, when the process is gone, whoever ended it. */
  readonly ended: Promise<string>;
  stop(): Promise<void>;
}

const MAIN = fileURLToPath(new URL("../../../server/main.ts", import.meta.url));
const START_MS = 30_000;
/** Longer than this nobody waits for a goodbye. */
const STOP_MS = 3000;

/** `preload` is loaded before the server (`node --import`) and has an IPC channel. Rejects when it does not come up. */
export async function spawnServer(
  preload: URL,
  environment: Readonly<Record<string, string>> = {},
  nodeOptions: readonly string[] = [],
): Promise<SpawnedServer> {
  const secret = () => randomBytes(24).toString("hex");
  const [botToken, metricsToken] = [secret(), secret()];
  const options = [...startFlags(), ...nodeOptions, "--import", preload.href];
  const child = spawn(process.execPath, [...options, MAIN], {
    env: {
      ...{ PATH: process.env.PATH, HOST: "127.0.0.1", PORT: "0", LOG_LEVEL: "error", NODE_ENV: "production" },
      ...{ BOT_TOKEN: botToken, METRICS_TOKEN: metricsToken, JWT_SECRET: secret() },
      // Nobody waits for these players at the end.
      DRAIN_SECONDS: "0",
      ...environment,
    },
    stdio: ["ignore", "pipe", "pipe", "ipc"],
    // Of a process group of its own: a Ctrl+C is the starter's, which ends it.
    detached: true,
  });
  const output = readOutput(child);
  const ended = new Promise<string>((resolve) =>
    child.once("exit", (code, signal) => resolve(`the server exited with ${signal ?? `code ${code}`}`)),
  );
  const failed = ended.then((how) => Promise.reject(new Error(`${how}\n${output.stderr()}`)));
  const origin = await within(START_MS, Promise.race([output.opened, failed])).catch((error) => {
    child.kill("SIGKILL");
    throw error;
  });
  const { errors, stderr } = output;

  return {
    ...{ process: child, origin, botToken, metricsToken, errors, stderr, ended },
    async stop() {
      child.kill("SIGTERM");
      const killing = setTimeout(() => child.kill("SIGKILL"), STOP_MS);
      await ended;
      clearTimeout(killing);
    },
  };
}

/** Rejects when it takes longer. */
export async function within<Value>(ms: number, promise: Promise<Value>): Promise<Value> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error(`the server did not answer within ${ms} ms`)), ms);
  });
  return Promise.race([promise, late]).finally(() => clearTimeout(timer));
}
