/** Measures one size: fills the machines with rooms, lets them change, and has players join. */
import type { Redis } from "ioredis";
import { KEY } from "#server/cluster/fleet/keys.ts";
import { percentile } from "#shared/figures/stats.ts";
import { type BenchMachine, codeOf, join, putRoom } from "./machines.ts";
import type { FleetOptions } from "./options.ts";
import { rateOf, readWork } from "./redisFigures.ts";

export interface SizeFigures {
  readonly rooms: number;
  readonly players: number;
  readonly joins: number;
  /** Joins that were refused or failed. */
  readonly failed: number;
  readonly joinsPerSec: number;
  readonly byCodeP50Ms: number;
  readonly byCodeP99Ms: number;
  readonly quickPlayP50Ms: number;
  readonly quickPlayP99Ms: number;
  /** Share of one core, with changes and joins. */
  readonly redisCpuShare: number;
  readonly idleCpuShare: number;
  readonly commandsPerJoin: number;
  readonly bytesPerJoin: number;
  /** Sum of all machines, without joins. */
  readonly bytesPerSec: number;
  readonly memoryMb: number;
}

const TICK_MS = 10;
/** Connections open, and V8 compiles what joins run. */
const WARM_UP_SEC = 2;
const SETTLED_WITHIN_MS = 30_000;

type Taken = { byCode: number[]; quickPlay: number[]; failed: number };

export async function measureSize(
  machines: readonly BenchMachine[],
  operator: Redis,
  rooms: number,
  options: FleetOptions,
): Promise<SizeFigures> {
  const { playersPerRoom, changesPerSec, joinsPerSec, seconds } = options;
  for (let room = 0; room < rooms; room++) putRoom(machines, room, playersPerRoom);
  await settled(operator, rooms);
  let changed = 0;
  // A stride that meets every room before it meets one again.
  const change = () => putRoom(machines, (changed * 7_919) % rooms, 1 + (changed++ % 15));
  const play = async (forSec: number, firstVisitor: number) => {
    const taken: Taken = { byCode: [], quickPlay: [], failed: 0 };
    const joins: Promise<void>[] = [];
    await Promise.all([
      atRate(changesPerSec, forSec, change),
      atRate(
        joinsPerSec,
        forSec,
        (at) => void joins.push(timedJoin(machines, rooms, firstVisitor + at, taken)),
      ),
    ]);
    await Promise.all(joins);
    return { ...taken, count: joins.length };
  };
  await play(WARM_UP_SEC, 0);
  const before = await readWork(operator);
  await atRate(changesPerSec, seconds, change);
  const between = await readWork(operator);
  const taken = await play(seconds, joinsPerSec * WARM_UP_SEC);
  const after = await readWork(operator);
  const [idle, busy] = [rateOf(before, between), rateOf(between, after)];
  const perJoin = (each: "commandsPerSec" | "bytesPerSec") =>
    ((busy[each] - idle[each]) * busy.seconds) / taken.count;
  return {
    ...{ rooms, players: rooms * playersPerRoom, joins: taken.count, failed: taken.failed },
    joinsPerSec: taken.count / busy.seconds,
    byCodeP50Ms: percentile(taken.byCode, 0.5),
    byCodeP99Ms: percentile(taken.byCode, 0.99),
    quickPlayP50Ms: percentile(taken.quickPlay, 0.5),
    quickPlayP99Ms: percentile(taken.quickPlay, 0.99),
    redisCpuShare: busy.cpuShare,
    idleCpuShare: idle.cpuShare,
    commandsPerJoin: perJoin("commandsPerSec"),
    bytesPerJoin: perJoin("bytesPerSec"),
    bytesPerSec: idle.bytesPerSec,
    memoryMb: after.memoryBytes / 1e6,
  };
}

/** Half of the players have a code, the others press Play, each on the next machine. */
async function timedJoin(
  machines: readonly BenchMachine[],
  rooms: number,
  at: number,
  taken: Taken,
): Promise<void> {
  const machine = machines[at % machines.length];
  if (!machine) return;
  const isByCode = Math.floor(at / machines.length) % 2 === 0;
  const startMs = performance.now();
  try {
    await join(machine, at, isByCode ? codeOf((at * 104_729) % rooms) : undefined);
    taken[isByCode ? "byCode" : "quickPlay"].push(performance.now() - startMs);
  } catch {
    taken.failed++;
  }
}

/** Calls `task` so many times a second; what a late timer has missed is made up for at once. */
async function atRate(perSec: number, seconds: number, task: (at: number) => void): Promise<void> {
  const startMs = performance.now();
  const due = () => Math.floor(((performance.now() - startMs) / 1000) * perSec);
  const all = Math.floor(perSec * seconds);
  for (let done = 0; performance.now() - startMs < seconds * 1000 || done < all; ) {
    for (const until = Math.min(due(), all); done < until; done++) task(done);
    await new Promise((resolve) => setTimeout(resolve, TICK_MS));
  }
}

/** Resolves when Redis has every room. */
async function settled(operator: Redis, rooms: number): Promise<void> {
  const deadlineMs = performance.now() + SETTLED_WITHIN_MS;
  while ((await operator.zcard(KEY.listed)) < rooms) {
    if (performance.now() > deadlineMs) throw new Error(`Redis has not got ${rooms} rooms`);
    await new Promise((resolve) => setTimeout(resolve, TICK_MS));
  }
}
