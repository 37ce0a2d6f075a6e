/** A Fracas server in a process of its own, as `npm start` runs it, for tests that may stop and restart it. */
import { type ChildProcess, spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { pidOf } from "#shared/testing/pidOf.ts";
import { temporaryFolder } from "#shared/testing/temporaryFolder.ts";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));

/** Constant in a test file, so that a server knows its players after a restart. */
const JWT_SECRET = randomBytes(32).toString("hex");
const DATA_DIR = temporaryFolder("data");

export interface ServerProcess {
  readonly url: string;
  readonly pid: number;
  /** Sends the signal, SIGTERM by default; resolves when the process has ended. */
  stop(signal?: NodeJS.Signals): Promise<void>;
}

/** Resolves when the server listens. Port 0 is any free port. `settings`: environment variables. Does not build the page. */
export async function startServer(port = 0, settings: NodeJS.ProcessEnv = {}): Promise<ServerProcess> {
  const child = spawn(process.execPath, ["server/main.ts"], {
    cwd: ROOT,
    env: {
      ...process.env,
      PORT: String(port),
      HOST: "127.0.0.1",
      LOG_LEVEL: "info",
      JWT_SECRET,
      DATA_DIR,
      DRAIN_SECONDS: "1",
      // The tests know its walls; on a larger map players meet later.
      ROOM_MAP: "foundry",
      ...settings,
    },
    stdio: ["ignore", "pipe", "inherit"],
  });
  const url = await readAddress(child);
  const ended = new Promise<void>((resolve) => child.once("exit", () => resolve()));
  return {
    url,
    pid: pidOf(child),
    stop(signal = "SIGTERM") {
      child.kill(signal);
      return ended;
    },
  };
}

async function readAddress(child: ChildProcess): Promise<string> {
  if (!child.stdout) throw new Error("the server's output is not piped");
  const lines = createInterface({ input: child.stdout });
  for await (const line of lines) {
    const address = /Fracas is open: (http:\S+?)[" ]/.exec(line)?.[1];
    // Keep reading: a full pipe would block the server.
    if (address) {
      child.stdout.resume();
      return address;
    }
  }
  throw new Error("the server ended before it listened");
}
