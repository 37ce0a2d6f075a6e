/** Makes accounts of guests, renames and deletes them. */

import { removeDraftsOf } from "#server/store/arenas/drafts.ts";
import { removeRatingsOf } from "#server/store/arenas/ratings.ts";
import { removeAuthor } from "#server/store/arenas/versions.ts";
import type { Db } from "#server/store/database/database.ts";
import { isUniqueViolation } from "#server/store/database/uniqueViolation.ts";
import { setListed } from "#server/store/results/ladder.ts";
import { credentialsOf } from "./credentials.ts";
import { ensureOwnPlayer, ownPlayerOf } from "./ownPlayer.ts";
import { playerOf } from "./players.ts";
import { PLAYED_TABLES } from "./playerTables.ts";
import { revokeAll } from "./sessions.ts";

const DAY_MS = 86_400_000;
/** The time between two renames. */
const RENAME_AFTER_MS = 30 * DAY_MS;
/** How long a former name leads to its account, and is nobody else's: old links work, and nobody hoards names. */
const FORMER_KEPT_MS = 365 * DAY_MS;
const DELETED_KEPT_MS = 30 * DAY_MS;
/** A device that was not in use for longer needs to sign in again (services/identity.ts). */
const DEVICE_KEPT_MS = 180 * DAY_MS;

/** "signedOut": the device was signed out, or its account deleted, while the request was on its way. */
export type Naming = { is: "named" | "taken" | "signedOut" } | { is: "tooSoon"; fromMs: number };

/** Rolls a transaction back. */
class TakenError extends Error {}

export interface NameQuestion {
  identity: string;
  name: string;
  folded: string;
  atMs: number;
}

/** Gives the identity's player a name. A guest's first name makes an account. */
async function claimName(db: Db, question: NameQuestion): Promise<Naming> {
  try {
    return await db.transaction().execute((transaction) => claim(transaction, question));
  } catch (error) {
    if (error instanceof TakenError || isUniqueViolation(error)) return { is: "taken" };
    throw error;
  }
}

async function claim(db: Db, { identity, name, folded, atMs }: NameQuestion): Promise<Naming> {
  const before = await ensureOwnPlayer(db, identity, atMs);
  if (!before) return { is: "signedOut" };
  if (before.name === name) return { is: "named" };
  const { id } = before;
  const fromMs = (before.namedAt ?? -RENAME_AFTER_MS) + RENAME_AFTER_MS;
  if (fromMs > atMs) return { is: "tooSoon", fromMs };
  await db.updateTable("player").set({ name, folded, namedAt: atMs }).where("id", "=", id).execute();
  await takeFormerName(db, id, folded, atMs);
  if (before.folded !== null && before.folded !== folded)
    await reserve(db, before.folded, { playerId: id, freeAt: atMs + FORMER_KEPT_MS });
  if (before.name === null) await setListed(db, id, true);
  return { is: "named" };
}

/** Throws TakenError while the name is reserved for another player, or for nobody. */
async function takeFormerName(db: Db, playerId: number, folded: string, atMs: number): Promise<void> {
  const former = await db
    .selectFrom("formerName")
    .select(["playerId", "freeAt"])
    .where("folded", "=", folded)
    .executeTakeFirst();
  if (!former) return;
  if (former.playerId !== playerId && former.freeAt > atMs) throw new TakenError();
  await db.deleteFrom("formerName").where("folded", "=", folded).execute();
}

async function reserve(
  db: Db,
  folded: string,
  reserved: { playerId: number | null; freeAt: number },
): Promise<void> {
  await db
    .insertInto("formerName")
    .values({ folded, ...reserved })
    .onConflict((conflict) => conflict.column("folded").doUpdateSet(reserved))
    .execute();
}

export interface Account {
  playerId: number;
  name: string;
  /** From when the name may be changed, in milliseconds since 1970. */
  renameFrom: number;
  credentials: { id: string; kind: "passkey" | "openid"; createdAt: number; usedAt: number | null }[];
  devices: number;
}

/** Null for a guest. */
async function accountOf(
  db: Db,
  { identity, atMs }: { identity: string; atMs: number },
): Promise<Account | null> {
  const player = await playerOf(db, identity);
  if (!player?.name) return null;
  const devices = await db
    .selectFrom("identity")
    .select((sub) => sub.fn.countAll<number>().as("count"))
    .where("playerId", "=", player.id)
    .where("revokedAt", "is", null)
    .where("seenAt", ">", atMs - DEVICE_KEPT_MS)
    .executeTakeFirstOrThrow();
  return {
    playerId: player.id,
    name: player.name,
    renameFrom: (player.namedAt ?? 0) + RENAME_AFTER_MS,
    credentials: await credentialsOf(db, player.id),
    devices: devices.count,
  };
}

/** Tables that lose all rows of a player who is deleted. */
const FORGOTTEN = ["credential", "transferCode", ...PLAYED_TABLES] as const;

/**
 * Deletes the identity's account if `name` is its name. Its matches stay without the player, and its name stays reserved for
 * 30 days. Returns the identities that this signs out; null if nothing was deleted.
 */
function deleteAccount(
  db: Db,
  { identity, name, atMs }: { identity: string; name: string; atMs: number },
): Promise<string[] | null> {
  return db.transaction().execute(async (transaction) => {
    const player = await ownPlayerOf(transaction, identity);
    if (!player?.name || !player.folded || player.name !== name) return null;
    const { id, folded } = player;
    const freed = { playerId: null, freeAt: atMs + DELETED_KEPT_MS };
    await transaction.updateTable("formerName").set(freed).where("playerId", "=", id).execute();
    await reserve(transaction, folded, freed);
    await setListed(transaction, id, false);
    for (const table of FORGOTTEN) await transaction.deleteFrom(table).where("playerId", "=", id).execute();
    await transaction
      .updateTable("matchPlayer")
      .set({ playerId: null, wasDeleted: 1 })
      .where("playerId", "=", id)
      .execute();
    await removeDraftsOf(transaction, id);
    await removeRatingsOf(transaction, id);
    await removeAuthor(transaction, id);
    await transaction.updateTable("arena").set({ playerId: null }).where("playerId", "=", id).execute();
    await transaction
      .updateTable("player")
      .set({ name: null, folded: null, namedAt: null, xp: 0, look: 0 })
      .where("id", "=", id)
      .execute();
    return revokeAll(transaction, id, atMs);
  });
}

export const queries = { claimName, accountOf, deleteAccount };
