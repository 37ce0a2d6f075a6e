/** Reads the careers of players, as medals and unlocks are judged by them. */
import { sql } from "kysely";
import type { Db } from "#server/store/database/database.ts";
import {
  isMedalName,
  type Lifetime,
  MEDAL_NAMES,
  type MedalName,
  standingOf,
} from "#shared/career/medals.ts";
import type { ModeName } from "#shared/schema/names.ts";

export interface CareerNow {
  lifetime: Lifetime;
  /** How often each was earned; of a lifetime medal the tier. */
  medals: Partial<Record<MedalName, number>>;
  /** Challenges that were completed. */
  challenges: number;
  arenas: Set<string>;
  /** The best in a match of each mode. */
  bests: Map<ModeName, Bests>;
}

export interface Bests {
  score: number;
  kills: number;
  streak: number;
}

const newcomer = (): CareerNow => ({
  lifetime: { matches: 0, wins: 0, kills: 0, assists: 0, flags: 0, playedSec: 0, arenas: 0 },
  medals: {},
  challenges: 0,
  arenas: new Set(),
  bests: new Map(),
});

const LIFETIME_SUMS = ["matches", "wins", "kills", "assists", "flags", "playedSec"] as const;

/** Returns a row for each of `ids`, by player id. */
export async function careersOf(db: Db, ids: readonly number[]): Promise<Map<number, CareerNow>> {
  const careers = new Map(ids.map((id) => [id, newcomer()]));
  if (ids.length === 0) return careers;
  const of = (id: number): CareerNow => careers.get(id) ?? newcomer();
  for (const row of await db.selectFrom("playerMode").selectAll().where("playerId", "in", ids).execute()) {
    const { lifetime, bests } = of(row.playerId);
    for (const sum of LIFETIME_SUMS) lifetime[sum] += row[sum];
    bests.set(row.mode, { score: row.bestScore, kills: row.bestKills, streak: row.bestStreak });
  }
  for (const { kind, playerId, name, count } of await countsOf(db, ids)) {
    const career = of(playerId);
    if (kind === "arena") career.arenas.add(name);
    else if (kind === "challenges") career.challenges = count;
    else if (isMedalName(name)) career.medals[name] = count;
  }
  for (const career of careers.values()) addTiers(career);
  return careers;
}

/** One statement for three tables: the more there are, the longer a result holds its players. */
const countsOf = (db: Db, ids: readonly number[]) =>
  db
    .selectFrom("playerArena")
    .select(["playerId", "arena as name", "matches as count", sql<string>`'arena'`.as("kind")])
    .where("playerId", "in", ids)
    .unionAll(
      db
        .selectFrom("playerMedal")
        .select(["playerId", "medal as name", "count", sql<string>`'medal'`.as("kind")])
        .where("playerId", "in", ids),
    )
    .unionAll(
      db
        .selectFrom("playerChallenge")
        .select(["playerId", sql<string>`''`.as("name"), sql<number>`COUNT(*)`.as("count")])
        .select(sql<string>`'challenges'`.as("kind"))
        .where("playerId", "in", ids)
        .where("reward", ">", 0)
        .groupBy("playerId"),
    )
    .execute();

/** Sets what follows from the rest: the number of arenas, and the tiers of medals of a lifetime. */
export function addTiers({ lifetime, medals, arenas }: CareerNow): void {
  lifetime.arenas = arenas.size;
  for (const name of MEDAL_NAMES) {
    const { tier } = standingOf(name, lifetime);
    if (tier > 0) medals[name] = tier;
  }
}
