/** The server under test: the real one, with a watch in it that tells the fuzzer how it is doing. */
import type { ChildProcess } from "node:child_process";
import { type SpawnedServer, spawnServer, within } from "#loadtest/lib/server/spawnServer.ts";
import type { FromServer, MemoryReport, WatchReport } from "./serverWatch.ts";

export interface ServerProcess
  extends Pick<SpawnedServer, "origin" | "botToken" | "errors" | "stderr" | "ended" | "stop"> {
  readonly host: string;
  readonly port: number;
  readonly pid: number;
  onReport(listener: (report: WatchReport) => void): void;
  /** Collects garbage and says what is left. */
  measureMemory(): Promise<MemoryReport>;
}

const WATCH = new URL("serverWatch.ts", import.meta.url);
const MEMORY_MS = 20_000;

/** Rejects when it does not come up. */
export async function startServer(): Promise<ServerProcess> {
  const { process: child, ...server } = await spawnServer(WATCH, {}, ["--expose-gc"]);
  const { hostname, port } = new URL(server.origin);
  return {
    ...server,
    host: hostname,
    port: Number(port),
    pid: child.pid ?? 0,
    onReport: (listener) =>
      child.on("message", (message) => {
        const told = message as FromServer;
        if (told.kind === "report") listener(told);
      }),
    measureMemory: () => within(MEMORY_MS, askForMemory(child)),
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
