/** The server under test: the real one, with a watch inside that reports to the fuzzer. */
import type { ChildProcess } from "node:child_process";
import { type SpawnedServer, spawnServer, within } from "#loadtest/lib/server/spawnServer.ts";
import type { FromServer, MemoryReport, WatchReport } from "./serverWatch.ts";

export interface ServerProcess
  extends Pick<SpawnedServer, "origin" | "botToken" | "errors" | "stderr" | "ended" | "stop"> {
  readonly host: string;
  readonly port: number;
  readonly pid: number;
  onReport(listener: (report: WatchReport) => void): void;
  /** Forces garbage collections and measures what is left. */
  measureMemory(): Promise<MemoryReport>;
}

const WATCH = new URL("serverWatch.ts", import.meta.url);
const MEMORY_MS = 20_000;

/** Rejects if the server does not start. */
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
        const report = message as FromServer;
        if (report.kind === "report") listener(report);
      }),
    measureMemory: () => within(MEMORY_MS, askForMemory(child)),
  };
}

function askForMemory(child: ChildProcess): Promise<MemoryReport> {
  return new Promise((resolve) => {
    const onMessage = (message: unknown) => {
      const report = message as FromServer;
      if (report.kind !== "memory") return;
      child.off("message", onMessage);
      resolve(report);
    };
    child.on("message", onMessage);
    if (child.connected) child.send("memory");
  });
}
