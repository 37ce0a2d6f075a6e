/** Deploys under players: the server is told to replace its processes, and nobody may lose their seat. */
import { get } from "node:http";
import { setTimeout as wait } from "node:timers/promises";
import { percentile } from "#shared/figures/stats.ts";
import { CLOSE } from "#shared/protocol/closeCodes.ts";
import { ROUTE } from "#shared/protocol/http.ts";
import { Company, type CompanySize } from "./company.ts";
import { orNull, summary } from "./kill.ts";
import { atMost, inSeconds, type Measured, none, type Say } from "./part.ts";
import { descendantsOf, isAlive } from "./processTree.ts";
import { type ClusterServer, eventually, startCluster } from "./server.ts";

const MOST_GAP_MS = 1_000;
const PROCESSES = 2;
const MATCH_SEC = 20;
const DRAIN_SEC = 10;
/** Every room has moved, and the old processes have ended. */
const DONE_WITHIN_MS = 120_000;
const GIVE_UP_MS = 40_000;
const REQUEST_EVERY_MS = 20;
const REQUEST_WITHIN_MS = 5_000;

export interface DeployOptions {
  readonly deploys: number;
  readonly seed: number;
}

const EIGHT_ROOMS: CompanySize = { rooms: 8, size: 8 };

export interface DeployFound {
  /** For each deploy, the gap of each player who lost the connection, from the last old to the first new patch, ms. */
  readonly gapsMs: readonly (readonly number[])[];
  readonly neverBack: number;
  readonly seatsLost: number;
  /** Connections that ended with another code than CLOSE.restarting, by code. */
  readonly otherCodes: ReadonlyMap<number, number>;
  readonly changes: readonly string[];
  readonly requests: { readonly made: number; readonly failed: readonly string[] };
  readonly faults: readonly string[];
}

export async function measureDeploy(
  options: DeployOptions,
  say: Say,
  size: CompanySize = EIGHT_ROOMS,
): Promise<Measured> {
  const found = await deployUnder(size, options, say);
  const { gapsMs, requests, changes, otherCodes, faults } = found;
  const all = gapsMs.flat();
  const worst = gapsMs.map((gaps) => Math.max(0, ...gaps));
  return {
    verdicts: [
      none(`seats lost in ${gapsMs.length} deploys`, found.seatsLost + found.neverBack),
      atMost("gap of a player's patches, longest", MOST_GAP_MS, Math.max(...all), inSeconds),
      none("sessions that ended with another code", sum(otherCodes)),
      none("changes of code, seat, name or host", changes.length),
      none(`HTTP requests refused, of ${requests.made}`, requests.failed.length),
    ],
    details: [
      ["players, rooms", `${size.rooms * size.size}, ${size.rooms} (half of them hosted)`],
      ["connections moved", String(all.length)],
      ["gap, p50", inSeconds(percentile(all, 0.5))],
      ["gap, p99", inSeconds(percentile(all, 0.99))],
      ["codes", Array.from(otherCodes, ([code, times]) => `${times} × ${code}`).join(", ") || "4010 only"],
    ],
    plots: [
      {
        title: "gap of a player's patches, ms",
        xLabel: "deploy",
        x: gapsMs.map((_, deploy) => deploy + 1),
        lines: [
          { label: "median", values: gapsMs.map((gaps) => orNull(percentile(gaps, 0.5))) },
          { label: "longest", values: worst },
        ],
      },
    ],
    faults: [...faults, ...summary(changes), ...summary(requests.failed)],
  };
}

const sum = (counts: ReadonlyMap<number, number>): number =>
  [...counts.values()].reduce((total, times) => total + times, 0);

async function deployUnder(
  { rooms, size }: CompanySize,
  { deploys, seed }: DeployOptions,
  say: Say,
): Promise<DeployFound> {
  const server = await startCluster(PROCESSES, {
    ROOM_PLAYERS: String(size),
    MATCH_SECONDS: String(MATCH_SEC),
    DRAIN_SECONDS: String(DRAIN_SEC),
  });
  const found = {
    ...{ gapsMs: [] as number[][], neverBack: 0, seatsLost: 0, otherCodes: new Map<number, number>() },
    ...{ changes: [] as string[], faults: [] as string[] },
    requests: { made: 0, failed: [] as string[] },
  };
  let company: Company | undefined;
  try {
    company = await Company.gather(server.origin, { rooms, size }, seed);
    for (let deploy = 0; deploy < deploys; deploy++) {
      company.settle();
      const requests = askAllTheTime(server.port, found.requests);
      await replaceProcesses(server).finally(requests.stop);
      if (!(await company.allPlay(performance.now(), GIVE_UP_MS)))
        found.neverBack += company.players.filter(({ isIn }) => !isIn).length;
      const gaps = readPlayers(company, found);
      found.gapsMs.push(gaps);
      if (gaps.length === 0) found.faults.push(`deploy ${deploy + 1} moved nobody`);
      say(
        `deploy ${deploy + 1}/${deploys}: ${gaps.length} moved, longest gap ${inSeconds(Math.max(0, ...gaps))}`,
      );
    }
    return found;
  } finally {
    await company?.leave();
    await server.stop();
  }
}

/** Resolves when all processes that the first one had are gone, and new ones are up. */
async function replaceProcesses({ pid, processesUp }: ClusterServer): Promise<void> {
  const old = descendantsOf(pid);
  process.kill(pid, "SIGHUP");
  await eventually("the old processes have ended", DONE_WITHIN_MS, () => !old.some(isAlive) || undefined);
  await processesUp(PROCESSES, GIVE_UP_MS);
}

/** Adds to `found`. Returns the gap of each player who lost the connection, ms. */
function readPlayers(
  { players }: Company,
  found: { seatsLost: number; changes: string[]; otherCodes: Map<number, number> },
): number[] {
  const gaps: number[] = [];
  for (const player of players) {
    const { interruptions, name } = player;
    if (interruptions.some(({ seatLost }) => seatLost)) found.seatsLost++;
    for (const { lastPatchMs, backMs, code } of interruptions) {
      if (backMs !== undefined) gaps.push(backMs - lastPatchMs);
      if (code !== CLOSE.restarting) found.otherCodes.set(code, (found.otherCodes.get(code) ?? 0) + 1);
    }
    found.changes.push(...player.changes().map((change) => `${name}: ${change}`));
  }
  return gaps;
}

/** Makes requests, each on a connection of its own, until `stop`, which resolves when all are answered. */
function askAllTheTime(port: number, found: { made: number; failed: string[] }) {
  const end = new AbortController();
  const pending = new Set<Promise<void>>();
  const ask = async () => {
    found.made++;
    const fault = await requestFault(port);
    if (fault) found.failed.push(fault);
  };
  const loop = async () => {
    while (!end.signal.aborted) {
      const asked = ask();
      pending.add(asked);
      void asked.then(() => pending.delete(asked));
      await wait(REQUEST_EVERY_MS);
    }
    await Promise.all(pending);
  };
  const ended = loop();
  return {
    async stop() {
      end.abort();
      await ended;
    },
  };
}

/** Undefined if the server answers 200. */
const requestFault = (port: number): Promise<string | undefined> =>
  new Promise((resolve) => {
    const asking = get({ host: "127.0.0.1", port, path: ROUTE.alive, agent: false }, (response) => {
      response.resume();
      response.on("end", () =>
        resolve(response.statusCode === 200 ? undefined : `HTTP ${response.statusCode}`),
      );
    });
    asking.setTimeout(REQUEST_WITHIN_MS, () => asking.destroy(new Error("no answer")));
    asking.on("error", (error: NodeJS.ErrnoException) => resolve(`HTTP ${error.code ?? error.message}`));
  });
