/** Leaderboards of a season or a week, and ranks on them. Equal values share a rank. */
import { type AliasedSelectQueryBuilder, sql } from "kysely";
import type { Db } from "#server/store/database/database.ts";
import { namesOf } from "#server/store/players/players.ts";
import type { Leaderboard, LeaderboardRow } from "#shared/protocol/progress.ts";
import { seasonName, weekName } from "#shared/rating/season.ts";
import { bucketOf, POINTS_PER_BUCKET } from "#shared/rating/skill.ts";
import type { ModeName } from "#shared/schema/names.ts";

/** The players of a mode, ranked by their points of a season or by their score of a week (shared/rating/season.ts). */
export interface Ladder {
  mode: ModeName;
  span: "season" | "week";
  /** Number of the season or week. */
  at: number;
}

interface Entry {
  playerId: number;
  value: number;
  games: number;
}

const TOP_ROWS = 100;
/** Rows above and below the player's own. */
const AROUND_ROWS = 3;
/** A literal: partial indexes serve no parameters. */
const LISTED = sql.lit<1>(1);

/** The listed players of a ladder, in both spans by the same columns. */
function entriesOf(db: Db, { mode, span, at }: Ladder): AliasedSelectQueryBuilder<Entry, "entry"> {
  if (span === "season")
    return db
      .selectFrom("rating")
      .where("mode", "=", mode)
      .where("season", "=", at)
      .where("listed", "=", LISTED)
      .select(["playerId", "points as value", "games"])
      .as("entry");
  return db
    .selectFrom("playerWeek")
    .where("week", "=", at)
    .where("mode", "=", mode)
    .where("listed", "=", LISTED)
    .select(["playerId", "score as value", "matches as games"])
    .as("entry");
}

const entries = (db: Db, ladder: Ladder) => db.selectFrom(entriesOf(db, ladder));
const countOf = async (query: { executeTakeFirst(): Promise<{ count: unknown } | undefined> }) =>
  Number((await query.executeTakeFirst())?.count ?? 0);

/** The top rows; `around` is empty. */
async function leaderboard(db: Db, ladder: Ladder): Promise<Leaderboard> {
  const rows = await entries(db, ladder)
    .select(["playerId", "value", "games"])
    .orderBy("value", "desc")
    .orderBy("playerId")
    .limit(TOP_ROWS)
    .execute();
  const [players, top] = await Promise.all([listedIn(db, ladder), named(db, rows, { rank: 1, before: 0 })]);
  const { mode, span } = ladder;
  const at = span === "season" ? seasonName(ladder.at) : weekName(ladder.at);
  return { mode, span, at, players, top, around: [] };
}

/** The place of the identity's player with its neighbours, best first; empty if the player is not listed. */
async function placesAround(db: Db, { sub, ...ladder }: Ladder & { sub: string }): Promise<LeaderboardRow[]> {
  const own = await entries(db, ladder)
    .innerJoin("identity", "identity.playerId", "entry.playerId")
    .where("identity.sub", "=", sub)
    .select(["entry.playerId", "value", "games"])
    .executeTakeFirst();
  if (!own) return [];
  const rows = [
    ...(await neighbours(db, ladder, own, "better")),
    own,
    ...(await neighbours(db, ladder, own, "worse")),
  ];
  const [first = own] = rows;
  const better = await betterThan(db, ladder, first.value);
  const before = better + (await tiedBefore(db, ladder, first));
  return named(db, rows, { rank: better + 1, before }, own.playerId);
}

/** Best first. */
async function neighbours(db: Db, ladder: Ladder, own: Entry, side: "better" | "worse"): Promise<Entry[]> {
  const isBetter = side === "better";
  const [beyond, notWithin, idBeyond] = isBetter ? ([">=", ">", "<"] as const) : (["<=", "<", ">"] as const);
  const rows = await entries(db, ladder)
    .select(["playerId", "value", "games"])
    // The first condition alone bounds the search in the index.
    .where("value", beyond, own.value)
    .where((where) =>
      where.or([where("value", notWithin, own.value), where("playerId", idBeyond, own.playerId)]),
    )
    .orderBy("value", isBetter ? "asc" : "desc")
    .orderBy("playerId", isBetter ? "desc" : "asc")
    .limit(AROUND_ROWS)
    .execute();
  return isBetter ? rows.reverse() : rows;
}

/** 1 is the best. */
export const rankOf = async (db: Db, ladder: Ladder, value: number): Promise<number> =>
  (await betterThan(db, ladder, value)) + 1;

/** Listed players with a higher value. */
async function betterThan(db: Db, ladder: Ladder, value: number): Promise<number> {
  const above = entries(db, ladder)
    .where("value", ">", value)
    .select((select) => select.fn.countAll().as("count"));
  if (ladder.span === "week") return countOf(above);
  const bucket = bucketOf(value);
  const [inBucket, inHigherOnes] = await Promise.all([
    countOf(above.where("value", "<", (bucket + 1) * POINTS_PER_BUCKET)),
    countOf(buckets(db, ladder).where("bucket", ">", bucket)),
  ]);
  return inBucket + inHigherOnes;
}

const buckets = (db: Db, { mode, at }: Ladder) =>
  db
    .selectFrom("ratingBucket")
    .where("mode", "=", mode)
    .where("season", "=", at)
    .select((select) => select.fn.sum("players").as("count"));

/** Counts the players with the same value that are listed before this one. */
const tiedBefore = (db: Db, ladder: Ladder, { value, playerId }: Entry) =>
  countOf(
    entries(db, ladder)
      .where("value", "=", value)
      .where("playerId", "<", playerId)
      .select((select) => select.fn.countAll().as("count")),
  );

const listedIn = (db: Db, ladder: Ladder) =>
  ladder.span === "season"
    ? countOf(buckets(db, ladder))
    : countOf(entries(db, ladder).select((select) => select.fn.countAll().as("count")));

/** Rows that follow one another. `rank`: of the first one; `before`: players before it. */
async function named(
  db: Db,
  rows: readonly Entry[],
  { rank, before }: { rank: number; before: number },
  ownId?: number,
): Promise<LeaderboardRow[]> {
  if (rows.length === 0) return [];
  const names = await namesOf(
    db,
    rows.map(({ playerId }) => playerId),
  );
  return rows.flatMap(({ playerId, value, games }, at) => {
    if (at > 0 && value !== rows[at - 1]?.value) rank = before + at + 1;
    const name = names.get(playerId);
    return name ? [{ rank, name, value, games, isYou: playerId === ownId }] : [];
  });
}

export const queries = { leaderboard, placesAround };
