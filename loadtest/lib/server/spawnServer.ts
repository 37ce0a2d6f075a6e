/** Starts the real server as in production, in a process of its own on loopback, and reads what it writes. */
import { type ChildProcess, spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { temporaryFolder } from "#shared/testing/temporaryFolder.ts";

export interface SpawnedServer {
  readonly process: ChildProcess;
  readonly origin: string;
  readonly botToken: string;
  readonly metricsToken: string;
  /** Deleted when this process ends, unless `environment` names another. */
  readonly dataDir: string;
  /** How often it logged each error. Digits are replaced by zeros, so that similar lines count as one. */
  readonly errors: ReadonlyMap<string, number>;
  /** The last characters that it wrote to stderr. */
  stderr(): string;
  /** How many bytes of log it has written. */
  logBytes(): number;
  /** Resolves when the process ends, with a description of how. */
  readonly ended: Promise<string>;
  stop(): Promise<void>;
}

const MAIN = fileURLToPath(new URL("../../../server/main.ts", import.meta.url));
const PACKAGE = new URL("../../../package.json", import.meta.url);
/** For servers that need no other preload. */
export const END_WITH_STARTER = new URL("endWithStarter.ts", import.meta.url);
const START_MS = 60_000;
/** After this long without an exit, the process is killed. */
const STOP_MS = 3000;
const STDERR_CHARS = 4000;
/** Different errors that are kept: what clients make a server log must not fill our memory. */
const ERROR_KINDS_MAX = 50;

/**
 * `preload` is a module that runs before the server (`node --import`) and has an IPC channel to this process.
 * Rejects if the server does not open in time.
 */
export async function spawnServer(
  preload: URL,
  environment: Readonly<Record<string, string>> = {},
  nodeOptions: readonly string[] = [],
): Promise<SpawnedServer> {
  const secret = () => randomBytes(24).toString("hex");
  const [botToken, metricsToken] = [secret(), secret()];
  const dataDir = environment.DATA_DIR ?? temporaryFolder("data");
  const options = [...startFlags(), ...nodeOptions, "--import", preload.href];
  const child = spawn(process.execPath, [...options, MAIN], {
    env: {
      PATH: process.env.PATH,
      HOST: "127.0.0.1",
      PORT: "0",
      LOG_LEVEL: "error",
      NODE_ENV: "production",
      BOT_TOKEN: botToken,
      METRICS_TOKEN: metricsToken,
      JWT_SECRET: secret(),
      DATA_DIR: dataDir,
      // The clients of a tool need no time to leave.
      DRAIN_SECONDS: "0",
      ...environment,
    },
    stdio: ["ignore", "pipe", "pipe", "ipc"],
    // In a process group of its own: Ctrl+C reaches only the tool, which then stops the server.
    detached: true,
  });
  const { opened, errors, stderr, logBytes } = readOutput(child);
  const ended = new Promise<string>((resolve) =>
    child.once("exit", (code, signal) => resolve(`the server exited with ${signal ?? `code ${code}`}`)),
  );
  const failed = ended.then((how) => Promise.reject(new Error(`${how}\n${stderr()}`)));
  const origin = await within(START_MS, Promise.race([opened, failed])).catch((error) => {
    child.kill("SIGKILL");
    throw error;
  });
  const stop = () => endChild(child, ended);
  return { process: child, origin, botToken, metricsToken, dataDir, errors, stderr, logBytes, ended, stop };
}

/** The flags of Node in the `start` script of package.json: a tool measures the server that `npm start` runs. */
export function startFlags(): string[] {
  const { scripts } = JSON.parse(readFileSync(PACKAGE, "utf8")) as { scripts: { start: string } };
  // Twice there: for sh and for Windows' cmd.
  return [...new Set(scripts.start.split(" ").filter((word) => word.startsWith("--")))];
}

/** Rejects if the promise takes longer than `ms`. */
export async function within<Value>(ms: number, promise: Promise<Value>): Promise<Value> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error(`the server did not answer within ${ms} ms`)), ms);
  });
  return Promise.race([promise, late]).finally(() => clearTimeout(timer));
}

async function endChild(child: ChildProcess, ended: Promise<string>): Promise<void> {
  child.kill("SIGTERM");
  const killing = setTimeout(() => child.kill("SIGKILL"), STOP_MS);
  await ended;
  clearTimeout(killing);
}

/** `opened` resolves with the server's origin. */
function readOutput(child: ChildProcess) {
  const errors = new Map<string, number>();
  let stderr = "";
  let unread = "";
  let logBytes = 0;
  const opened = new Promise<string>((resolve) => {
    child.stdout?.setEncoding("utf8").on("data", (text: string) => {
      logBytes += Buffer.byteLength(text);
      const lines = (unread + text).split("\n");
      unread = lines.pop() ?? "";
      for (const line of lines) {
        const address = /Fracas is open: (http:\/\/[^"\s]+)/.exec(line)?.[1];
        if (address) resolve(address);
        else countLine(errors, line);
      }
    });
  });
  child.stderr?.setEncoding("utf8").on("data", (text: string) => {
    stderr = (stderr + text).slice(-STDERR_CHARS);
  });
  return { opened, errors, stderr: () => stderr, logBytes: () => logBytes };
}

function countLine(errors: Map<string, number>, line: string): void {
  const message = messageOf(line);
  if (message === undefined) return;
  const text = message.replace(/\d+/g, "0").replace(/\s+/g, " ").slice(0, 160);
  if (errors.size < ERROR_KINDS_MAX || errors.has(text)) errors.set(text, (errors.get(text) ?? 0) + 1);
}

/** pino's level "error". */
const ERROR_LEVEL = 50;

/** The message of a line of pino's JSON log, undefined if it is no error; any other line as it is. */
function messageOf(line: string): string | undefined {
  try {
    const { level, msg, err } = JSON.parse(line) as {
      level?: number;
      msg?: string;
      err?: { message?: string };
    };
    // Those before the server has set its level.
    if (level !== undefined && level < ERROR_LEVEL) return undefined;
    return err?.message && err.message !== msg ? `${msg}: ${err.message}` : (msg ?? line);
  } catch {
    return line;
  }
}
