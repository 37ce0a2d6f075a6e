/** Devices: which identities are an account's, and which were signed out. */
import type { Db } from "#server/store/database/database.ts";
import { mergeGuest } from "./merge.ts";
import { ensurePlayer, playerOf } from "./players.ts";

export interface DeviceChange {
  /** Freshly drawn by the caller: an identity that somebody may know already must not become an account's. */
  identity: string;
  /** The identity that the device showed before; null for none. */
  replaces: string | null;
  atMs: number;
}

/**
 * Gives a device to a player: its former identity is signed out, and if that was a guest's, the player gets what the guest
 * did, also in matches that are still under way. Call within a transaction.
 */
export async function linkDevice(
  db: Db,
  playerId: number,
  { identity, replaces, atMs }: DeviceChange,
): Promise<void> {
  if (replaces !== null) {
    const former = await playerOf(db, replaces);
    if (!former)
      await db
        .insertInto("identity")
        .values({ sub: replaces, playerId, createdAt: atMs, seenAt: atMs })
        .execute();
    else if (former.id !== playerId) await mergeGuest(db, former.id, playerId);
    await revoke(db, replaces, atMs);
  }
  await db
    .insertInto("identity")
    .values({ sub: identity, playerId, createdAt: atMs, seenAt: atMs })
    .execute();
}

const revoke = (db: Db, sub: string, atMs: number) =>
  db
    .updateTable("identity")
    .set({ revokedAt: atMs })
    .where("sub", "=", sub)
    .where("revokedAt", "is", null)
    .execute();

/** Signs out all devices of a player. Returns their identities. */
export async function revokeAll(db: Db, playerId: number, atMs: number): Promise<string[]> {
  const revoked = await db
    .updateTable("identity")
    .set({ revokedAt: atMs })
    .where("playerId", "=", playerId)
    .where("revokedAt", "is", null)
    .returning("sub")
    .execute();
  return revoked.map(({ sub }) => sub);
}

/** Signs out one device, or all of its player. Returns their identities. */
function signOut(
  db: Db,
  { identity, everywhere, atMs }: { identity: string; everywhere: boolean; atMs: number },
): Promise<string[]> {
  return db.transaction().execute(async (transaction) => {
    const playerId = await ensurePlayer(transaction, identity, atMs);
    if (everywhere) return revokeAll(transaction, playerId, atMs);
    await revoke(transaction, identity, atMs);
    return [identity];
  });
}

async function isRevoked(db: Db, { identity }: { identity: string }): Promise<boolean> {
  const row = await db
    .selectFrom("identity")
    .select("revokedAt")
    .where("sub", "=", identity)
    .executeTakeFirst();
  return row !== undefined && row.revokedAt !== null;
}

/** Identities that were signed out at `sinceMs` or later, with the time. */
function revokedSince(db: Db, { sinceMs }: { sinceMs: number }) {
  return db
    .selectFrom("identity")
    .select(["sub", "revokedAt"])
    .where("revokedAt", ">=", sinceMs)
    .where("revokedAt", "is not", null)
    .execute();
}

export const queries = { signOut, isRevoked, revokedSince };
