/** Merges a guest into the account that the guest signs in to. Call within a transaction. */
import { sql } from "kysely";
import { moveRatings } from "#server/store/arenas/ratings.ts";
import type { Db } from "#server/store/database/database.ts";
import { setListed } from "#server/store/results/ladder.ts";
import { SUMS } from "./playerTables.ts";

/** The guest's rows in these tables are dropped: two ratings cannot be combined into one. */
const DROPPED = ["rating", "ratingDay", "playerGain", "transferCode"] as const;

/**
 * Adds the guest's matches, sums and xp to the account's, moves identities, credentials, arenas and drafts, and removes the guest. Does
 * nothing if the player has a name, or is gone.
 */
export async function mergeGuest(db: Db, guestId: number, accountId: number): Promise<void> {
  // Locks the row in PostgreSQL: if two devices of the same guest sign in at once, one merges the guest.
  const { numUpdatedRows } = await db
    .updateTable("player")
    .set({ xp: sql<number>`"xp"` })
    .where("id", "=", guestId)
    .where("name", "is", null)
    .executeTakeFirstOrThrow();
  if (numUpdatedRows === 0n || guestId === accountId) return;
  const { xp } = await db
    .selectFrom("player")
    .select("xp")
    .where("id", "=", guestId)
    .executeTakeFirstOrThrow();
  const account = await db
    .updateTable("player")
    .set({ xp: sql<number>`"xp" + ${xp}` })
    .where("id", "=", accountId)
    .returning("name")
    .executeTakeFirstOrThrow();
  for (const sums of SUMS) await addSums(db, sums, guestId, accountId);
  await setListed(db, guestId, false);
  await setListed(db, accountId, account.name !== null);
  for (const table of DROPPED) await db.deleteFrom(table).where("playerId", "=", guestId).execute();
  await db
    .updateTable("matchPlayer")
    .set({ playerId: accountId, pointsBefore: null, pointsAfter: null })
    .where("playerId", "=", guestId)
    .execute();
  await moveRatings(db, guestId, accountId);
  for (const table of ["identity", "credential", "draft", "arena"] as const)
    await db.updateTable(table).set({ playerId: accountId }).where("playerId", "=", guestId).execute();
  await db.updateTable("draftVersion").set({ authorId: accountId }).where("authorId", "=", guestId).execute();
  await db.deleteFrom("player").where("id", "=", guestId).execute();
}

async function addSums(
  db: Db,
  { table, keys, added, largest }: (typeof SUMS)[number],
  from: number,
  to: number,
): Promise<void> {
  const columns = sql.join([...keys, ...added, ...largest].map((name) => sql.ref(name)));
  const sums = [
    ...added.map((name) => sql`${sql.ref(name)} = ${old(table, name)} + ${sql.ref(`excluded.${name}`)}`),
    ...largest.map((name) => {
      const [mine, theirs] = [old(table, name), sql.ref(`excluded.${name}`)];
      return sql`${sql.ref(name)} = CASE WHEN ${mine} > ${theirs} THEN ${mine} ELSE ${theirs} END`;
    }),
  ];
  await sql`INSERT INTO ${sql.table(table)} ("playerId", ${columns})
    SELECT CAST(${to} AS BIGINT), ${columns} FROM ${sql.table(table)} WHERE "playerId" = ${from}
    ON CONFLICT ("playerId", ${sql.join(keys.map((name) => sql.ref(name)))}) DO UPDATE SET ${sql.join(sums)}`.execute(
    db,
  );
  await db.deleteFrom(table).where("playerId", "=", from).execute();
}

const old = (table: string, column: string) => sql.ref(`${table}.${column}`);
