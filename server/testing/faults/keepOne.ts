/** A process that counts what earlier ones left, then finishes one match, and is killed at a step of that: see steps.ts. */
import { ResultKeeper } from "#server/services/results/resultKeeper.ts";
import type { StoreAddress } from "#server/store/database/database.ts";
import type { MatchResult } from "#server/store/results/matchResult.ts";
import { openStore } from "#server/store/store.ts";
import { drawFrom, drawMatch } from "#server/testing/matches.ts";
import { arm, disarm, stepsSoFar } from "./steps.ts";

export interface KeepOne {
  address: StoreAddress;
  folder: string;
  seed: number;
  /** Which match; undefined: only what earlier ones left. */
  number: number | undefined;
  /** 0: runs to its end. */
  killAt: number;
}

const PEOPLE = 40;

/** Rated, most often with newcomers: what takes most statements. */
export function matchOf(seed: number, number: number): MatchResult {
  const drawn = drawMatch(drawFrom(seed * 1_000 + number), number, PEOPLE);
  const players = drawn.players.map((player) => ({ ...player, playedSec: 300 }));
  return { ...drawn, isHosted: false, endedAt: drawn.startedAt + 300_000, players };
}

async function run({ address, folder, seed, number, killAt }: KeepOne): Promise<void> {
  const store = await openStore(address);
  const keeper = new ResultKeeper(store, folder);
  await keeper.sweep();
  if (keeper.waitingCount > 0) throw new Error("what earlier processes left is not counted");
  if (number !== undefined) {
    arm(killAt);
    const told = Promise.withResolvers<void>();
    keeper.keep(matchOf(seed, number), (_player, { is }) => is === "counted" && told.resolve());
    await told.promise;
    while (keeper.waitingCount > 0) await new Promise((resolve) => setImmediate(resolve));
    disarm();
  }
  await keeper.close();
  await store.close();
  process.stdout.write(`done after ${stepsSoFar()} steps\n`);
}

if (process.argv[1] === import.meta.filename) await run(JSON.parse(process.argv[2] ?? "") as KeepOne);
