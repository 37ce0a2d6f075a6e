/** Removes names that must not stay: of deleted accounts in the details of matches, and former names whose time is over. */
import { sql } from "kysely";
import type { Db } from "#server/store/database/database.ts";
import { withoutNames } from "#server/store/results/details.ts";

/** Matches a question, so that others are answered in between: unpacking and packing one takes about 0.2 ms. */
const MATCHES_MAX = 100;

/** One step; returns whether all is done. What a stopped server has not done is found again. */
function forgetNames(db: Db, { atMs }: { atMs: number }): Promise<{ isDone: boolean }> {
  return db.transaction().execute(async (transaction) => {
    await transaction.deleteFrom("formerName").where("freeAt", "<=", atMs).execute();
    const matches = await transaction
      .selectFrom("matchPlayer")
      .select("matchId")
      .distinct()
      // A literal: partial indexes serve no parameters.
      .where("wasDeleted", "=", sql.lit<1>(1))
      .orderBy("matchId")
      .limit(MATCHES_MAX)
      .execute();
    for (const { matchId } of matches) await blankNames(transaction, matchId);
    return { isDone: matches.length < MATCHES_MAX };
  });
}

async function blankNames(db: Db, matchId: number): Promise<void> {
  // Changes nothing, but locks the row in PostgreSQL: another process may blank another name of the match.
  const { details } = await db
    .updateTable("match")
    .set(({ ref }) => ({ season: ref("season") }))
    .where("id", "=", matchId)
    .returning("details")
    .executeTakeFirstOrThrow();
  const seats = await db
    .updateTable("matchPlayer")
    .set({ wasDeleted: 2 })
    .where("matchId", "=", matchId)
    .where("wasDeleted", "=", sql.lit<1>(1))
    .returning("seat")
    .execute();
  await db
    .updateTable("match")
    .set({
      details: withoutNames(
        details,
        seats.map(({ seat }) => seat),
      ),
    })
    .where("id", "=", matchId)
    .execute();
}

export const queries = { forgetNames };
