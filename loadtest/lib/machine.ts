/** The machine that a tool measures on, and how busy it is. */
import { readFileSync } from "node:fs";
import { availableParallelism, cpus, loadavg, release, totalmem, type } from "node:os";
import { sum } from "#shared/figures/stats.ts";

export interface Machine {
  readonly processor: string;
  readonly cores: number;
  readonly memoryGb: number;
  readonly system: string;
  /** Node's version, such as "24.1.0". */
  readonly node: string;
  /** The load average of the last minute. */
  readonly load: number;
  /** Versions of the packages that a measurement depends on. */
  readonly packages: Readonly<Record<string, string>>;
}

const PACKAGES = ["@colyseus/core", "@colyseus/schema", "@colyseus/ws-transport", "socket.io", "ws"] as const;

export const readMachine = (): Machine => ({
  processor: cpus()[0]?.model.trim() ?? "an unknown processor",
  cores: availableParallelism(),
  memoryGb: Math.round(totalmem() / 2 ** 30),
  system: `${type()} ${release()}`,
  node: process.versions.node,
  load: loadavg()[0] ?? 0,
  packages: Object.fromEntries(PACKAGES.map((name) => [name, versionOf(name)])),
});

export const describeMachine = ({ processor, cores, memoryGb, system, node }: Machine): string =>
  `${processor}, ${cores} cores, ${memoryGb} GB, ${system}, Node ${node}`;

/** Starts measuring; the returned function gives the mean number of busy cores since then, of all processes. */
export function watchMachine(): () => number {
  const busyBeforeMs = busyMs();
  const startedMs = performance.now();
  return () => (busyMs() - busyBeforeMs) / (performance.now() - startedMs);
}

/** The sum over all cores, since the machine started. */
const busyMs = (): number => sum(cpus().map(({ times }) => times.user + times.nice + times.sys + times.irq));

function versionOf(name: string): string {
  const file = new URL(`../../node_modules/${name}/package.json`, import.meta.url);
  return (JSON.parse(readFileSync(file, "utf8")) as { version: string }).version;
}
