/** Starts the server as a process of its own, as operators do, with signals and failures on demand. */
import { spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { Client } from "@colyseus/sdk";
import { ROOM } from "#shared/protocol/names.ts";
import type { ArenaState } from "#shared/schema/state.ts";
import { temporaryFolder } from "#shared/testing/temporaryFolder.ts";
import { type ArenaClient, TEST_PROCESSES, until } from "./bootServer.ts";
import type { Spoil } from "./spoilServer.ts";

const MAIN = fileURLToPath(new URL("../main.ts", import.meta.url));
const SPOILER = fileURLToPath(new URL("spoilServer.ts", import.meta.url));

/** Constant, so that a test can restart a server. */
const JWT_SECRET = randomBytes(32).toString("hex");
/** Of all servers that a test file starts. */
const DATA_DIR = temporaryFolder("data");

export interface ServerProcess {
  readonly url: string;
  /** Everything that the process printed so far. */
  output(): string;
  /** By quick play, or in a new public room. */
  join(how?: "create"): Promise<ArenaClient>;
  signal(signal: NodeJS.Signals): void;
  /** Stops reading what the process prints, as a reader that stalls. */
  stallOutput(): void;
  resumeOutput(): void;
  /** Makes the server fail. Resolves when it has; a thrown error may have taken effect by then. */
  spoil(how: Spoil): Promise<void>;
  /** Resolves when the process exits. `at`: performance.now() of this process. */
  ended: Promise<{ code: number | null; at: number }>;
  kill(): void;
}

/** `onTerminal`: with a terminal of its own, which hangs up on `kill`. It cannot be spoiled then. */
export async function startServer(
  environment: Record<string, string>,
  onTerminal = false,
): Promise<ServerProcess> {
  const env = {
    ...{ PATH: process.env.PATH, HOST: "127.0.0.1", PORT: "0", JWT_SECRET, DATA_DIR },
    PROCESSES: String(TEST_PROCESSES),
    ...environment,
  };
  const child = onTerminal
    ? spawn("script", ["-qfc", `exec ${process.execPath} ${MAIN}`, "/dev/null"], { env })
    : spawn(process.execPath, ["--import", SPOILER, MAIN], {
        env,
        stdio: ["ignore", "pipe", "pipe", "ipc"],
      });
  // Also if the test ends before the server is open.
  process.once("exit", () => child.kill("SIGKILL"));
  let output = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream?.on("data", (chunk) => {
      output += chunk;
    });
  }
  const ended = new Promise<{ code: number | null; at: number }>((resolve) => {
    child.once("exit", (code) => resolve({ code, at: performance.now() }));
  });
  const port = () => /open: http:\/\/\S+:(\d+)/.exec(output)?.[1];
  await until("the server is open", () => port() !== undefined, 110_000);
  const url = `http://${env.HOST}:${port()}`;
  return {
    url,
    output: () => output,
    ended,
    signal: (signal) => void child.kill(signal),
    stallOutput: () => void child.stdout?.pause(),
    resumeOutput: () => void child.stdout?.resume(),
    async spoil(how) {
      child.send(how);
      await once(child, "message");
    },
    kill: () => void child.kill("SIGKILL"),
    async join(how) {
      const room = await new Client(url)[how ?? "joinOrCreate"]<ArenaState>(ROOM.arena);
      room.onMessage("*", () => {});
      await until("the first state", () => room.state?.tick > 0);
      return room;
    },
  };
}
