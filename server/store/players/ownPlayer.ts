/** Locks the players that a change is about, so that changes of one account happen one after the other. */
import { sql } from "kysely";
import type { Db } from "#server/store/database/database.ts";
import { ensurePlayer } from "./players.ts";

/**
 * Locks a player's row until the transaction ends (SQLite has one transaction at a time anyway); undefined if it is gone. Lock
 * several in ascending order of their ids, as results do: two transactions that lock them the other way round wait for each
 * other.
 */
export const lockPlayer = (db: Db, id: number) =>
  db
    .updateTable("player")
    .set({ xp: sql<number>`"xp"` })
    .where("id", "=", id)
    .returningAll()
    .executeTakeFirst();

type Player = NonNullable<Awaited<ReturnType<typeof lockPlayer>>>;

/**
 * Locks and returns the player behind an identity; undefined if the identity is unknown or signed out: a request that was
 * admitted before that changes nothing after it. Call within a transaction.
 */
export async function ownPlayerOf(db: Db, identity: string): Promise<Player | undefined> {
  const playerId = await signedInTo(db, identity);
  if (playerId === undefined) return undefined;
  const player = await lockPlayer(db, playerId);
  // Asks again: while this waited for the lock, the device may have been signed out, or its guest merged into an account.
  const stillId = await signedInTo(db, identity);
  if (stillId === playerId) return player;
  return stillId === undefined ? undefined : ownPlayerOf(db, identity);
}

/** The same, but creates a guest for an identity that is not known yet. */
export async function ensureOwnPlayer(db: Db, identity: string, atMs: number): Promise<Player | undefined> {
  await ensurePlayer(db, identity, atMs);
  return ownPlayerOf(db, identity);
}

/** The id of the player behind an identity that is not signed out. */
export async function signedInTo(db: Db, identity: string): Promise<number | undefined> {
  const row = await db
    .selectFrom("identity")
    .select("playerId")
    .where("sub", "=", identity)
    .where("revokedAt", "is", null)
    .executeTakeFirst();
  return row?.playerId;
}
