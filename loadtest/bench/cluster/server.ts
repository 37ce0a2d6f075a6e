/** A real server with room processes, in processes of its own on loopback, with a DATA_DIR of its own. */
import { setTimeout as wait } from "node:timers/promises";
import { spawnServer } from "#loadtest/lib/server/spawnServer.ts";
import { ROUTE } from "#shared/protocol/http.ts";
import { temporaryFolder } from "#shared/testing/temporaryFolder.ts";
import { FIRST } from "./first.ts";
import { descendantsOf, nameOf } from "./processTree.ts";
import { Scrape } from "./scrape.ts";

export const PRELOAD = new URL("preload.ts", import.meta.url);
const ANSWER_MS = 5_000;
const LOOK_MS = 50;

export interface ClusterServer {
  readonly origin: string;
  readonly port: number;
  /** Pid of the process that was started. */
  readonly pid: number;
  readonly dataDir: string;
  /** How often the server logged each error. */
  readonly errors: ReadonlyMap<string, number>;
  /** Rejects if the server does not answer. */
  scrape(): Promise<Scrape>;
  /** The room processes that run now, up or not, by name. */
  roomProcesses(): ReadonlyMap<string, number>;
  /** Resolves when this many room processes are up and answer. Rejects after `withinMs`. */
  processesUp(count: number, withinMs: number): Promise<Scrape>;
  stop(): Promise<void>;
}

/**
 * Runs in development, where limits do not count this machine, and behind a trusted proxy, because an address may hold 256
 * connections only.
 */
export async function startCluster(
  processes: number,
  environment: Readonly<Record<string, string>> = {},
): Promise<ClusterServer> {
  const dataDir = temporaryFolder("cluster");
  const server = await spawnServer(
    PRELOAD,
    {
      ...{ PROCESSES: String(processes), DATA_DIR: dataDir, [FIRST]: "1" },
      ...{ NODE_ENV: "development", TRUSTED_PROXIES: "127.0.0.1" },
      ...environment,
    },
    ["--expose-gc"],
  );
  const { origin, errors, metricsToken, stop } = server;
  const pid = server.process.pid;
  if (pid === undefined) throw new Error("the server has no process id");
  const scrape = async () => {
    const headers = { authorization: `Bearer ${metricsToken}` };
    const response = await fetch(new URL(ROUTE.metrics, origin), {
      headers,
      signal: AbortSignal.timeout(ANSWER_MS),
    });
    if (!response.ok) throw new Error(`/metrics: ${response.status}`);
    return new Scrape(await response.text(), performance.now());
  };
  return {
    ...{ origin, pid, dataDir, errors, scrape, stop, port: Number(new URL(origin).port) },
    roomProcesses: () => roomProcessesBelow(pid),
    processesUp: (count, withinMs) =>
      eventually(`${count} room processes are up`, withinMs, async () => {
        const read = await scrape();
        const up = [...read.of(STARTED).keys()].filter((name) => name.startsWith("room"));
        return up.length === count ? read : undefined;
      }),
  };
}

/** Every process that answers has it. */
const STARTED = "process_start_time_seconds";

const roomProcessesBelow = (pid: number): Map<string, number> =>
  new Map(
    descendantsOf(pid).flatMap((child) => {
      const name = nameOf(child);
      return name?.startsWith("room") ? [[name, child] as const] : [];
    }),
  );

/** Resolves with the first value that is not undefined. An error counts as undefined. Rejects after `withinMs`. */
export async function eventually<Value>(
  what: string,
  withinMs: number,
  read: () => Promise<Value | undefined> | Value | undefined,
): Promise<Value> {
  const endsAtMs = performance.now() + withinMs;
  let fault = "";
  while (performance.now() < endsAtMs) {
    try {
      const value = await read();
      if (value !== undefined) return value;
    } catch (error) {
      fault = `: ${(error as Error).message}`;
    }
    await wait(LOOK_MS);
  }
  throw new Error(`not within ${withinMs / 1000} s: ${what}${fault}`);
}
