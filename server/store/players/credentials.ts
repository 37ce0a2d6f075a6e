/** Ways into an account: passkeys, subjects of an OpenID provider, transfer codes. */
import type { Db } from "#server/store/database/database.ts";
import { isUniqueViolation } from "#server/store/database/uniqueViolation.ts";
import { ensurePlayer, playerOf } from "./players.ts";
import { type DeviceChange, linkDevice } from "./sessions.ts";

const PASSKEYS_MAX = 20;

export interface NewPasskey {
  identity: string;
  id: string;
  publicKey: Uint8Array;
  counter: number;
  atMs: number;
}

/** "full": the account has as many as it may. "known": the passkey is an account's already. */
async function addPasskey(
  db: Db,
  { identity, id, publicKey, counter, atMs }: NewPasskey,
): Promise<"added" | "noAccount" | "full" | "known"> {
  const player = await playerOf(db, identity);
  if (!player?.name) return "noAccount";
  const passkeys = await credentialsOf(db, player.id);
  if (passkeys.filter(({ kind }) => kind === "passkey").length >= PASSKEYS_MAX) return "full";
  try {
    const row = { id, playerId: player.id, kind: "passkey" as const, publicKey, counter, createdAt: atMs };
    await db.insertInto("credential").values(row).execute();
    return "added";
  } catch (error) {
    if (isUniqueViolation(error)) return "known";
    throw error;
  }
}

/** Without keys; oldest first. */
export const credentialsOf = (db: Db, playerId: number) =>
  db
    .selectFrom("credential")
    .select(["id", "kind", "createdAt", "usedAt"])
    .where("playerId", "=", playerId)
    .orderBy("createdAt")
    .execute();

/** Returns whether the passkey was the identity's own, and is removed. */
async function removePasskey(db: Db, { identity, id }: { identity: string; id: string }): Promise<boolean> {
  const player = await playerOf(db, identity);
  if (!player) return false;
  const { numDeletedRows } = await db
    .deleteFrom("credential")
    .where("id", "=", id)
    .where("kind", "=", "passkey")
    .where("playerId", "=", player.id)
    .executeTakeFirstOrThrow();
  return numDeletedRows > 0n;
}

async function passkeyById(
  db: Db,
  { id }: { id: string },
): Promise<{ id: string; publicKey: Uint8Array; counter: number } | null> {
  const row = await db
    .selectFrom("credential")
    .select(["id", "publicKey", "counter"])
    .where("id", "=", id)
    .where("kind", "=", "passkey")
    .executeTakeFirst();
  return row?.publicKey ? { ...row, publicKey: row.publicKey } : null;
}

/**
 * "cloned": the counter has not grown since the last use, so that two devices use the same key. Authenticators that do not
 * count send 0.
 */
function signInByPasskey(
  db: Db,
  { id, counter, ...device }: DeviceChange & { id: string; counter: number },
): Promise<"signedIn" | "unknown" | "cloned"> {
  return db.transaction().execute(async (transaction) => {
    const used = await transaction
      .updateTable("credential")
      .set({ counter, usedAt: device.atMs })
      .where("id", "=", id)
      .where("kind", "=", "passkey")
      .where((is) => (counter === 0 ? is("counter", "=", 0) : is("counter", "<", counter)))
      .returning("playerId")
      .executeTakeFirst();
    if (!used) return (await passkeyById(transaction, { id })) ? "cloned" : "unknown";
    await linkDevice(transaction, used.playerId, device);
    return "signedIn";
  });
}

/**
 * Signs in to the player of a subject ("ISSUER SUBJECT"). An unknown subject is linked to the device's present player
 * instead. "linked": the device keeps its identity.
 */
function signInByOpenId(
  db: Db,
  { id, replaces, identity, atMs }: DeviceChange & { id: string; replaces: string },
): Promise<"signedIn" | "linked"> {
  return db.transaction().execute(async (transaction) => {
    const own = await ensurePlayer(transaction, replaces, atMs);
    const { playerId } = await transaction
      .insertInto("credential")
      .values({ id, playerId: own, kind: "openid", counter: 0, createdAt: atMs, usedAt: atMs })
      .onConflict((conflict) => conflict.column("id").doUpdateSet({ usedAt: atMs }))
      .returning("playerId")
      .executeTakeFirstOrThrow();
    if (playerId === own) return "linked";
    await linkDevice(transaction, playerId, { replaces, identity, atMs });
    return "signedIn";
  });
}

/** Replaces the account's code, if it has one. False for a guest. */
async function putTransferCode(
  db: Db,
  { identity, hash, expiresAt }: { identity: string; hash: string; expiresAt: number },
): Promise<boolean> {
  const player = await playerOf(db, identity);
  if (!player?.name) return false;
  await db
    .insertInto("transferCode")
    .values({ hash, playerId: player.id, expiresAt })
    .onConflict((conflict) => conflict.column("playerId").doUpdateSet({ hash, expiresAt }))
    .execute();
  return true;
}

/** Uses a code up. False if it is unknown, used or too old. */
function signInByTransfer(db: Db, { hash, ...device }: DeviceChange & { hash: string }): Promise<boolean> {
  return db.transaction().execute(async (transaction) => {
    const code = await transaction
      .deleteFrom("transferCode")
      .where("hash", "=", hash)
      .returning(["playerId", "expiresAt"])
      .executeTakeFirst();
    if (!code || code.expiresAt < device.atMs) return false;
    await linkDevice(transaction, code.playerId, device);
    return true;
  });
}

export const queries = {
  addPasskey,
  removePasskey,
  passkeyById,
  signInByPasskey,
  signInByOpenId,
  putTransferCode,
  signInByTransfer,
};
