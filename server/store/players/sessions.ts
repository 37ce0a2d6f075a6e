/** Devices: which identities are an account's, and which were signed out. */
import type { Db } from "#server/store/database/database.ts";
import { mergeGuest } from "./merge.ts";
import { ensureOwnPlayer, lockPlayer } from "./ownPlayer.ts";
import { ensurePlayer } from "./players.ts";

/** Devices of a player that are signed in; one more signs out the one that was in use longest ago. */
const DEVICES_MAX = 50;
/**
 * A row is deleted so long after its device was last seen. A token is valid for a day and renewable for 180 more; `seenAt` may
 * be an hour older than the last renewal, and older still after the database was away.
 */
const KEPT_UNSEEN_MS = 185 * 86_400_000;
/** Rows that one question of the sweep reads: other questions are answered between two of them. */
const SLICE = 500;
/** The newest that a starting process learns of; see services/accounts/revocations.ts. */
const REVOKED_MAX = 100_000;

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
 *
 * `useUp` uses up what the device signs in with, while the player's row is locked, and resolves to whether it is still valid:
 * a sign-in is either before a sign-out of all devices, and ended by it, or after it. Returns what `useUp` resolves to.
 */
export async function linkDevice(
  db: Db,
  playerId: number,
  { identity, replaces, atMs }: DeviceChange,
  useUp: () => Promise<boolean>,
): Promise<boolean> {
  const former = replaces === null ? undefined : await deviceOf(db, replaces);
  const ids = [...new Set([playerId, former?.playerId ?? playerId])].sort((one, other) => one - other);
  for (const id of ids) await lockPlayer(db, id);
  if (!(await useUp())) return false;
  if (replaces !== null) await replace(db, replaces, former?.playerId, { playerId, atMs });
  const row = { sub: identity, playerId, createdAt: atMs, seenAt: atMs };
  await db.insertInto("identity").values(row).execute();
  await signOutOldest(db, playerId, atMs);
  return true;
}

/** `lockedId`: the player that the replaced identity had before the locks. */
async function replace(
  db: Db,
  replaces: string,
  lockedId: number | undefined,
  { playerId, atMs }: { playerId: number; atMs: number },
): Promise<void> {
  const former = await deviceOf(db, replaces);
  if (!former)
    await db
      .insertInto("identity")
      .values({ sub: replaces, playerId, createdAt: atMs, seenAt: atMs })
      // On PostgreSQL another sign-in with the same identity may have brought it meanwhile.
      .onConflict((conflict) => conflict.column("sub").doNothing())
      .execute();
  else if (former.revokedAt === null && former.playerId === lockedId && lockedId !== playerId)
    await mergeGuest(db, lockedId, playerId);
  await revoke(db, replaces, atMs);
}

const deviceOf = (db: Db, sub: string) =>
  db.selectFrom("identity").select(["playerId", "revokedAt"]).where("sub", "=", sub).executeTakeFirst();

/** Other processes, and this one, learn of these by their next question for revocations. */
async function signOutOldest(db: Db, playerId: number, atMs: number): Promise<void> {
  const devices = await db
    .selectFrom("identity")
    .select("sub")
    .where("playerId", "=", playerId)
    .where("revokedAt", "is", null)
    .orderBy("seenAt", "desc")
    .orderBy("createdAt", "desc")
    .execute();
  for (const { sub } of devices.slice(DEVICES_MAX)) await revoke(db, sub, atMs);
}

const revoke = (db: Db, sub: string, atMs: number) =>
  db
    .updateTable("identity")
    .set({ revokedAt: atMs })
    .where("sub", "=", sub)
    .where("revokedAt", "is", null)
    .execute();

/**
 * Signs out all devices of a player, and voids the code that would sign in another. Returns their identities. Expects that the
 * player's row is locked.
 */
export async function revokeAll(db: Db, playerId: number, atMs: number): Promise<string[]> {
  await db.deleteFrom("transferCode").where("playerId", "=", playerId).execute();
  const revoked = await db
    .updateTable("identity")
    .set({ revokedAt: atMs })
    .where("playerId", "=", playerId)
    .where("revokedAt", "is", null)
    .returning("sub")
    .execute();
  return revoked.map(({ sub }) => sub);
}

/** Signs out one device, or all of its player; of a device that is signed out already, only itself. Returns their identities. */
function signOut(
  db: Db,
  { identity, everywhere, atMs }: { identity: string; everywhere: boolean; atMs: number },
): Promise<string[]> {
  return db.transaction().execute(async (transaction) => {
    if (everywhere) {
      const player = await ensureOwnPlayer(transaction, identity, atMs);
      return player ? revokeAll(transaction, player.id, atMs) : [identity];
    }
    await ensurePlayer(transaction, identity, atMs);
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

/** Identities that were signed out at `sinceMs` or later, with the time; the newest of very many. */
function revokedSince(db: Db, { sinceMs }: { sinceMs: number }) {
  return db
    .selectFrom("identity")
    .select(["sub", "revokedAt"])
    .where("revokedAt", ">=", sinceMs)
    .where("revokedAt", "is not", null)
    .orderBy("revokedAt", "desc")
    .limit(REVOKED_MAX)
    .execute();
}

/**
 * Deletes identities whose tokens cannot be renewed any more, from a slice of all identities: those of accounts, which other
 * devices lead into, and those that were signed out. A guest's stays: the guest's matches hang on it. Returns after which
 * identity the next slice begins; null after the last one.
 */
async function sweepIdentities(
  db: Db,
  { after, atMs }: { after: string; atMs: number },
): Promise<string | null> {
  const unseenSince = atMs - KEPT_UNSEEN_MS;
  const slice = await db
    .selectFrom("identity")
    .innerJoin("player", "player.id", "identity.playerId")
    .select(["sub", "seenAt", "revokedAt", "name"])
    .where("sub", ">", after)
    .orderBy("sub")
    .limit(SLICE)
    .execute();
  const over = slice.filter(
    ({ seenAt, revokedAt, name }) => seenAt < unseenSince && (revokedAt !== null || name !== null),
  );
  for (const { sub } of over)
    await db.deleteFrom("identity").where("sub", "=", sub).where("seenAt", "<", unseenSince).execute();
  return slice.length < SLICE ? null : (slice.at(-1)?.sub ?? null);
}

export const queries = { signOut, isRevoked, revokedSince, sweepIdentities };
