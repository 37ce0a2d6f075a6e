/** The process of one server: starts the server named on its command line, sends its port, and reports its usage on request. */
import { answerWith } from "#loadtest/bench/measure/childProcess.ts";
import type { Scenario } from "#loadtest/bench/scenario.ts";
import type { ServerName } from "./names.ts";

/** The resources that the server has used since it started. */
export interface Usage {
  /** On the performance.now() clock of this process. */
  readonly atMs: number;
  readonly userMs: number;
  readonly systemMs: number;
  readonly rssBytes: number;
}

export type FromServer = { readonly port: number } | { readonly usage: Usage };

/** Imported on demand, so that no server's memory includes the others' code. */
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

const answer = (message: FromServer) => answerWith(message);

const [name, scenario] = process.argv.slice(2);
process.on("message", () => answer({ usage: usageNow() }));
// The parent closed the channel, or is gone. A regular exit, because Node writes the CPU profile then.
process.on("disconnect", () => process.exit(0));
answer({ port: await STARTS[name as ServerName](JSON.parse(scenario ?? "{}") as Scenario) });
