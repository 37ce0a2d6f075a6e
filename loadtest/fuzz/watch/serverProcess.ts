/** The server under test: the real one, with a watch inside that reports to the fuzzer. */
import type { ChildProcess } from "node:child_process";
import { type SpawnedServer, spawnServer, within } from "#loadtest/lib/server/spawnServer.ts";
import { pidOf } from "#shared/testing/pidOf.ts";
import type { CpuReport, FromServer, MemoryReport, WatchReport } from "./serverWatch.ts";

export interface ServerProcess
  extends Pick<
    SpawnedServer,
    "origin" | "botToken" | "metricsToken" | "dataDir" | "errors" | "stderr" | "logBytes" | "ended" | "stop"
  > {
  readonly host: string;
  readonly port: number;
  readonly pid: number;
  onReport(listener: (report: WatchReport) => void): void;
  /** Forces garbage collections and measures what is left. */
  measureMemory(): Promise<MemoryReport>;
  /** The CPU time that all threads of the server have used, in µs. */
  cpuUs(): Promise<number>;
}

const WATCH = new URL("serverWatch.ts", import.meta.url);
const ANSWER_MS = 20_000;

/** `environment` is added to that of a production server. Rejects if the server does not start. */
export async function startServer(
  environment: Readonly<Record<string, string>> = {},
): Promise<ServerProcess> {
  const { process: child, ...server } = await spawnServer(WATCH, environment, ["--expose-gc"]);
  const { hostname, port } = new URL(server.origin);
  return {
    ...server,
    host: hostname,
    port: Number(port),
    pid: pidOf(child),
    onReport: (listener) =>
      child.on("message", (message) => {
        const report = message as FromServer;
        if (report.kind === "report") listener(report);
      }),
    measureMemory: () => within(ANSWER_MS, ask<MemoryReport>(child, "memory")),
    cpuUs: async () => (await within(ANSWER_MS, ask<CpuReport>(child, "cpu"))).us,
  };
}

function ask<Report extends CpuReport | MemoryReport>(
  child: ChildProcess,
  what: Report["kind"],
): Promise<Report> {
  return new Promise((resolve) => {
    const onMessage = (message: unknown) => {
      const report = message as FromServer;
      if (report.kind !== what) return;
      child.off("message", onMessage);
      resolve(report as Report);
    };
    child.on("message", onMessage);
    if (child.connected) child.send(what);
  });
}
