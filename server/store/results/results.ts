/** Counts a finished match: all sums and ratings in one transaction, once. */

import { sql } from "kysely";
import { countPlay } from "#server/store/arenas/published.ts";
import type { Db } from "#server/store/database/database.ts";
import { uuidBytes } from "#server/store/database/uuid.ts";
import { isBrought } from "#shared/arena/limits.ts";
import type { CareerGain, Gain, WhyUnrated } from "#shared/protocol/progress.ts";
import { levelOf } from "#shared/rating/level.ts";
import { seasonOf } from "#shared/rating/season.ts";
import { packDetails } from "./details.ts";
import type { MatchResult } from "./matchResult.ts";
import type { PointsMove } from "./ratedResult.ts";
import { addCareers } from "./resultCareer.ts";
import { assertStillOwners, type Person, peopleOf } from "./resultPlayers.ts";
import { addWeek, addXp, seatXp } from "./resultSums.ts";
import { ratedPeople, whyNotRated } from "./resultTerms.ts";

export interface ResultOutcome {
  /** False if it had been counted before. */
  isNew: boolean;
  /** By index of the result's players; null for those for whom nothing is counted. */
  gains: (Gain | null)[];
}

/** Counts the result, unless it was counted before; what each player gained is the same both times. */
const applyResult = (db: Db, result: MatchResult): Promise<ResultOutcome> =>
  db.transaction().execute(async (transaction) => {
    // First, so that a second attempt changes nothing, and one that runs at the same time waits here.
    const matchId = await insertMatch(transaction, result);
    if (matchId !== undefined) {
      await count(transaction, matchId, result);
      if (isBrought(result.arena) && result.how !== "calledOff") await countPlay(transaction, result.arena);
    }
    return { isNew: matchId !== undefined, gains: await gainsOf(transaction, result) };
  });

/** Returns the new row's id; undefined if the match is there. */
async function insertMatch(db: Db, result: MatchResult): Promise<number | undefined> {
  const { id, arena, mode, startedAt, endedAt } = result;
  const inserted = await db
    .insertInto("match")
    .values({
      ...{
        uuid: uuidBytes(id),
        arena,
        mode,
        startedAt,
        endedAt,
        season: seasonOf(endedAt),
        whyUnrated: null,
      },
      isHosted: result.isHosted ? 1 : 0,
      details: packDetails(result),
    })
    .onConflict((conflict) => conflict.column("uuid").doNothing())
    .returning("id")
    .executeTakeFirst();
  return inserted?.id;
}

async function count(db: Db, matchId: number, result: MatchResult): Promise<void> {
  const { people, deletedSeats } = await peopleOf(db, result);
  const players = await addXp(db, result, people);
  // From here on the players are locked.
  await assertStillOwners(db, people);
  const rated = ratedPeople(people);
  const whyUnrated = whyNotRated(result, rated);
  let moves = new Map<number, PointsMove>();
  if (whyUnrated === null) {
    // Loaded with the first rated match: openskill takes longer to load than all else of the store.
    const { rateResult } = await import("./ratedResult.ts");
    moves = await rateResult(db, result, rated, players);
    await addWeek(db, result, moves, players);
  } else await db.updateTable("match").set({ whyUnrated }).where("id", "=", matchId).execute();
  const rewards = result.isHosted
    ? new Map<number, number>()
    : await addCareers(db, matchId, result, people, players);
  await insertSeats(db, matchId, result, people, { moves, rewards });
  if (deletedSeats.length > 0)
    await db
      .insertInto("matchPlayer")
      .values(deletedSeats.map((seat) => ({ matchId, seat, playerId: null, xp: 0, wasDeleted: 1 as const })))
      .execute();
}

/** Bots and visitors without an identity have no row. A person's first seat has the rewards of challenges. */
async function insertSeats(
  db: Db,
  matchId: number,
  result: MatchResult,
  people: readonly Person[],
  { moves, rewards }: { moves: ReadonlyMap<number, PointsMove>; rewards: ReadonlyMap<number, number> },
): Promise<void> {
  if (people.length === 0) return;
  const rows = people.flatMap(({ playerId, seats }) =>
    seats.map((seat, at) => ({
      ...{ matchId, seat: seat.seat, playerId },
      xp: seatXp(result, seat) + (at === 0 ? (rewards.get(playerId) ?? 0) : 0),
      pointsBefore: moves.get(playerId)?.before ?? null,
      pointsAfter: moves.get(playerId)?.after ?? null,
    })),
  );
  await db.insertInto("matchPlayer").values(rows).execute();
}

/** Reads what was counted for each player; the level is the present one. */
async function gainsOf(db: Db, { id, mode, players }: MatchResult): Promise<(Gain | null)[]> {
  const rows = await db
    .selectFrom("match")
    .innerJoin("matchPlayer", "matchPlayer.matchId", "match.id")
    .innerJoin("player", "player.id", "matchPlayer.playerId")
    .leftJoin("playerGain", (join) =>
      join
        .onRef("playerGain.playerId", "=", "matchPlayer.playerId")
        .onRef("playerGain.matchId", "=", "match.id"),
    )
    .select(["seat", "matchPlayer.xp", "player.xp as xpNow", "pointsBefore", "pointsAfter", "whyUnrated"])
    .select("playerGain.gain")
    .where("match.uuid", "=", uuidBytes(id))
    .execute();
  const gains = players.map((): Gain | null => null);
  for (const { seat, xp, xpNow, pointsBefore: before, pointsAfter: after, whyUnrated, gain } of rows) {
    const points = before === null || after === null ? null : { mode, before, after };
    // In a rated match, players who were there too briefly have no change either.
    const why = points ? null : ((whyUnrated as WhyUnrated | null) ?? "tooShort");
    const career = gain === null ? null : (JSON.parse(gain) as CareerGain);
    gains[seat] = { xp, level: levelOf(xpNow), points, whyUnrated: why, career };
  }
  return gains;
}

/** Tells whether the database answers. */
async function ping(db: Db, _question: object): Promise<void> {
  await sql`SELECT 1`.execute(db);
}

export const queries = { applyResult, ping };
