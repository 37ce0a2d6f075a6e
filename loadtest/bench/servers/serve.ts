/** The process of one server: starts the server named on its command line, sends its port, and reports its usage on request. */
import { join } from "node:path";
import { answerWith } from "#loadtest/bench/measure/childProcess.ts";
import type { Scenario } from "#loadtest/bench/scenarios/scenario.ts";
import { temporaryFolder } from "#shared/testing/temporaryFolder.ts";
import { type Fought, noFights } from "./fight/fightWatch.ts";
import type { ServerName } from "./names.ts";
import { bytesOf, type Recorded } from "./recorded.ts";

/** The resources that the server has used since it started, and what happened in its fights. */
export interface Usage {
  /** On the performance.now() clock of this process. */
  readonly atMs: number;
  readonly userMs: number;
  readonly systemMs: number;
  readonly rssBytes: number;
  readonly fought: Fought;
  /** Size of all recordings. */
  readonly recordedBytes: number;
}

export type FromServer = { readonly port: number } | { readonly usage: Usage };

/** Resolves with the port on loopback. The server's fights add to `fought`. */
type Start = (scenario: Scenario, fought: Fought, recorded: Recorded) => Promise<number>;

/** Imported on demand, so that no server's memory includes the others' code. */
const startFracas: Start = async (...args) => (await import("./fracas.ts")).startFracas(...args);
const startUnrecorded: Start = (scenario, fought) => startFracas(scenario, fought, { folder: undefined });
const STARTS: Readonly<Record<ServerName, Start>> = {
  fracas: startFracas,
  "fracas-unrecorded": startUnrecorded,
  "fracas-proxied": startFracas,
  colyseus: async (scenario, fought) => (await import("./colyseus.ts")).startColyseus(scenario, fought),
  socketio: async (scenario, fought) => (await import("./socketio.ts")).startSocketIo(scenario, fought),
  floor: async (scenario, fought) => (await import("./floor.ts")).startFloor(scenario, fought),
};

const fought = noFights();
const recorded: Recorded = { folder: join(temporaryFolder("data"), "replays") };

function usageNow(): Usage {
  const { user, system } = process.cpuUsage();
  return {
    atMs: performance.now(),
    userMs: user / 1000,
    systemMs: system / 1000,
    rssBytes: process.memoryUsage.rss(),
    fought,
    recordedBytes: bytesOf(recorded),
  };
}

const answer = (message: FromServer) => answerWith(message);

const [name, scenario] = process.argv.slice(2);
process.on("message", () => answer({ usage: usageNow() }));
// The parent closed the channel, or is gone. A regular exit, because Node writes the CPU profile then.
process.on("disconnect", () => process.exit(0));
answer({
  port: await STARTS[name as ServerName](JSON.parse(scenario ?? "{}") as Scenario, fought, recorded),
});
