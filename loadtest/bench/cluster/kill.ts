/** Kills room processes under players: how soon is everybody back, and what did they lose? */
import { setTimeout as wait } from "node:timers/promises";
import { percentile } from "#shared/figures/stats.ts";
import { seededRandom } from "#shared/sim/random.ts";
import { Company, type CompanySize } from "./company.ts";
import { atMost, inSeconds, type Measured, none, type Say } from "./part.ts";
import { isAlive } from "./processTree.ts";
import type { Scrape } from "./scrape.ts";
import { type ClusterServer, eventually, startCluster } from "./server.ts";

const MOST_BACK_MS = 5_000;
const PROCESSES = 2;
/** A player who is not back after this time counts as lost. */
const GIVE_UP_MS = 40_000;
const UP_WITHIN_MS = 60_000;

export interface KillOptions extends CompanySize {
  readonly kills: number;
  readonly seed: number;
  /**
   * A process is killed when it has lived for this long: one that ends within ten seconds counts as failed at its start,
   * and its replacement waits longer each time.
   */
  readonly livesMs: number;
  /** Longest pause between everybody's return and the next kill. */
  readonly pauseMs: number;
}

export const KILLS: Omit<KillOptions, "kills" | "seed"> = {
  rooms: 8,
  size: 8,
  livesMs: 11_000,
  pauseMs: 3_000,
};

export interface KillFound {
  /** For each kill, how long each player who lost the connection was away, ms. */
  readonly awayMs: readonly (readonly number[])[];
  readonly affected: number;
  readonly neverBack: number;
  /** Players who had to join anew. */
  readonly seatsLost: number;
  /** Differences from before the kill, of players of hosted rooms and of public ones. */
  readonly changes: { readonly hosted: readonly string[]; readonly public: readonly string[] };
  readonly faults: readonly string[];
}

export async function measureKill(options: KillOptions, say: Say): Promise<Measured> {
  const found = await killProcesses(options, say);
  const { awayMs, changes, faults, affected, neverBack, seatsLost } = found;
  const all = awayMs.flat();
  const worst = awayMs.map((ms) => Math.max(0, ...ms));
  const late = worst.filter((ms) => ms > MOST_BACK_MS).length;
  return {
    verdicts: [
      none(`kills of ${awayMs.length} after which somebody was not back in ${inSeconds(MOST_BACK_MS)}`, late),
      atMost("a player is back, longest", MOST_BACK_MS, Math.max(...all), inSeconds),
      none("players who never came back", neverBack),
      none("seats lost", seatsLost),
      none("changes of code, seat, name or host in hosted rooms", changes.hosted.length),
    ],
    details: [
      ["players, rooms", `${options.rooms * options.size}, ${options.rooms} (half of them hosted)`],
      ["connections lost", String(affected)],
      ["a player is back, p50", inSeconds(percentile(all, 0.5))],
      ["a player is back, p99", inSeconds(percentile(all, 0.99))],
      ["changes in public rooms", String(changes.public.length)],
    ],
    plots: [
      {
        title: "a player is back, s",
        xLabel: "kill",
        x: awayMs.map((_, kill) => kill + 1),
        lines: [
          { label: "median", values: awayMs.map((ms) => orNull(percentile(ms, 0.5) / 1000)) },
          { label: "longest", values: worst.map((ms) => ms / 1000) },
        ],
      },
    ],
    faults: [...faults, ...summary(changes.hosted), ...summary(changes.public)],
  };
}

/** A few of many texts. */
export const summary = (texts: readonly string[]): string[] => [...new Set(texts)].slice(0, 5);

export const orNull = (value: number): number | null => (Number.isFinite(value) ? value : null);

export async function killProcesses(options: KillOptions, say: Say): Promise<KillFound> {
  const { rooms, size, seed } = options;
  const random = seededRandom(seed);
  const server = await startCluster(PROCESSES, {
    ROOM_PLAYERS: String(size),
    MATCH_SECONDS: "3600",
    SCORE_LIMIT: "10000",
  });
  const awayMs: number[][] = [];
  const changes = { hosted: [] as string[], public: [] as string[] };
  const found = { affected: 0, neverBack: 0, seatsLost: 0, faults: [] as string[] };
  let company: Company | undefined;
  try {
    company = await Company.gather(server.origin, { rooms, size }, seed);
    if (company.rooms !== rooms) found.faults.push(`${company.rooms} rooms instead of ${rooms}`);
    for (let kill = 0; kill < options.kills; kill++) {
      const { pid, name } = await ripeProcess(server, options.livesMs);
      await wait(Math.min(options.pauseMs, SNAPSHOT_WITHIN_MS + random.next() * options.pauseMs));
      company.settle();
      const killedAtMs = performance.now();
      process.kill(pid, "SIGKILL");
      await eventually("the process is dead", UP_WITHIN_MS, () => !isAlive(pid) || undefined);
      if (!(await company.allPlay(performance.now(), GIVE_UP_MS)))
        found.neverBack += company.players.filter(({ isIn }) => !isIn).length;
      const away = readPlayers(company, killedAtMs, found, changes);
      awayMs.push(away);
      say(
        `kill ${kill + 1}/${options.kills}: ${name}, ${away.length} away, longest ${inSeconds(Math.max(0, ...away))}`,
      );
      await server.processesUp(PROCESSES, UP_WITHIN_MS);
    }
    return { ...found, awayMs, changes };
  } finally {
    await company?.leave();
    await server.stop();
  }
}

/** A room with new seats leaves a snapshot within this time. */
const SNAPSHOT_WITHIN_MS = 1_000;

/** Adds to `found` and `changes`. Returns how long each player who lost the connection was away, ms. */
function readPlayers(
  { players }: Company,
  killedAtMs: number,
  found: { affected: number; seatsLost: number },
  changes: { hosted: string[]; public: string[] },
): number[] {
  const away: number[] = [];
  for (const player of players) {
    if (player.interruptions.length === 0) continue;
    const { interruptions, way, name } = player;
    found.affected++;
    if (interruptions.some(({ seatLost }) => seatLost)) found.seatsLost++;
    const backMs = interruptions.at(-1)?.backMs;
    if (backMs !== undefined) away.push(backMs - killedAtMs);
    changes[way.kind === "public" ? "public" : "hosted"].push(
      ...player.changes().map((change) => `${name}: ${change}`),
    );
  }
  return away;
}

/** The process with the most clients, once it has lived long enough. */
async function ripeProcess(server: ClusterServer, livesMs: number): Promise<{ pid: number; name: string }> {
  const scrape = await server.scrape();
  const [name] = [...scrape.of("fracas_process_clients")].sort(([, a], [, b]) => b - a)[0] ?? [];
  const pid = name && server.roomProcesses().get(name);
  if (!name || !pid) throw new Error("no room process has clients");
  await wait(Math.max(0, livesMs - ageMs(scrape, name)));
  return { pid, name };
}

/** Metrics have the start in seconds since 1970. */
const ageMs = (scrape: Scrape, name: string): number =>
  Date.now() - 1000 * (scrape.of("process_start_time_seconds").get(name) ?? 0);
