/** A server's own process: starts the one that it is told to, says its port, and what it has used when asked. */
import { answerWith } from "#loadtest/bench/measure/childProcess.ts";
import type { Scenario } from "#loadtest/bench/scenario.ts";
import type { ServerName } from "./names.ts";

/** What a server has used since it started. */
export interface Usage {
  /** performance.now() of this process. */
  readonly atMs: number;
  readonly userMs: number;
  readonly systemMs: number;
  readonly rssBytes: number;
}

export type FromServer = { readonly port: number } | { readonly usage: Usage };

/** Loaded when needed: a server's memory is its own. */
const STARTS: Readonly<Record<ServerName, (scenario: Scenario) => Promise<number>>> = {
  fracas: async (scenario) => (await import("./fracas.ts")).startFracas(scenario),
  colyseus: async (scenario) => (await import("./colyseus.ts")).startColyseus(scenario),
  socketio: async (scenario) => (await import("./socketio.ts")).startSocketIo(scenario),
  floor: async (scenario) => (await import("./floor.ts")).startFloor(scenario),
};

function usageNow(): Usage {
  const { user, system } = process.cpuUsage();
  return {
    atMs: performance.now(),
    userMs: user / 1000,
    systemMs: system / 1000,
    rssBytes: process.memoryUsage.rss(),
  };
}

const tell = (message: FromServer) => answerWith(message);

const [name, scenario] = process.argv.slice(2);
process.on("message", () => tell({ usage: usageNow() }));
// Also when whoever started it is gone. Exits rather than dies, so that a profile is written.
process.on("disconnect", () => process.exit(0));
tell({ port: await STARTS[name as ServerName](JSON.parse(scenario ?? "{}") as Scenario) });
