/** Which ratings show on the leaderboard, and how many of them lie in each bucket of points. Call within a transaction. */
import { sql } from "kysely";
import type { Db } from "#server/store/database/database.ts";
import { bucketOf, LISTED_AFTER_GAMES } from "#shared/rating/skill.ts";
import type { ModeName } from "#shared/schema/names.ts";

/** A rating shows on the leaderboard once its player has an account and enough games. */
export const isListed = (hasAccount: boolean, games: number): boolean =>
  hasAccount && games >= LISTED_AFTER_GAMES;

/** Moves a rating between the buckets of its ladder. `before` or `after` is null while the rating is not listed. */
export async function moveInBuckets(
  db: Db,
  { mode, season }: { mode: ModeName; season: number },
  before: number | null,
  after: number | null,
): Promise<void> {
  const [from, to] = [before, after].map((points) => (points === null ? null : bucketOf(points)));
  if (from === to) return;
  for (const { bucket, by } of [
    { bucket: from, by: -1 },
    { bucket: to, by: 1 },
  ]) {
    if (bucket === null || bucket === undefined) continue;
    await db
      .insertInto("ratingBucket")
      .values({ mode, season, bucket, players: by })
      .onConflict((conflict) =>
        conflict
          .columns(["mode", "season", "bucket"])
          .doUpdateSet({ players: sql<number>`"ratingBucket"."players" + ${by}` }),
      )
      .execute();
  }
}

/** Lists a player who gets an account, or takes one who loses it off all ladders, of this season and of earlier ones. */
export async function setListed(db: Db, playerId: number, hasAccount: boolean): Promise<void> {
  const ratings = await db.selectFrom("rating").selectAll().where("playerId", "=", playerId).execute();
  for (const { mode, season, games, points, listed } of ratings) {
    const willList = isListed(hasAccount, games);
    await moveInBuckets(db, { mode, season }, listed ? points : null, willList ? points : null);
    await db
      .updateTable("rating")
      .set({ listed: willList ? 1 : 0 })
      .where("playerId", "=", playerId)
      .where("mode", "=", mode)
      .where("season", "=", season)
      .execute();
  }
  await db
    .updateTable("playerWeek")
    .set({ listed: hasAccount ? 1 : 0 })
    .where("playerId", "=", playerId)
    .execute();
}
