/** Ways into an account: passkeys, subjects of an OpenID provider, transfer codes. */
import type { Db } from "#server/store/database/database.ts";
import { ensureOwnPlayer, ownPlayerOf, signedInTo } from "./ownPlayer.ts";
import { type DeviceChange, linkDevice } from "./sessions.ts";

/** Credentials of a kind that an account may have. */
const MAX = { passkey: 20, openid: 5 } as const;
type Kind = keyof typeof MAX;

export interface NewPasskey {
  identity: string;
  id: string;
  publicKey: Uint8Array;
  counter: number;
  atMs: number;
}

/** "full": the account has as many as it may. "known": the passkey is an account's already. */
function addPasskey(
  db: Db,
  { identity, id, publicKey, counter, atMs }: NewPasskey,
): Promise<"added" | "noAccount" | "full" | "known"> {
  return db.transaction().execute(async (transaction) => {
    const player = await ownPlayerOf(transaction, identity);
    if (!player?.name) return "noAccount";
    return add(transaction, player.id, { id, kind: "passkey", publicKey, counter, createdAt: atMs });
  });
}

interface NewCredential {
  id: string;
  kind: Kind;
  counter: number;
  createdAt: number;
  publicKey?: Uint8Array;
  usedAt?: number;
}

/** Expects that the player's row is locked. */
async function add(db: Db, playerId: number, credential: NewCredential): Promise<"added" | "full" | "known"> {
  const ofKind = (await credentialsOf(db, playerId)).filter(({ kind }) => kind === credential.kind);
  if (ofKind.length >= MAX[credential.kind]) return "full";
  const { numInsertedOrUpdatedRows } = await db
    .insertInto("credential")
    .values({ ...credential, playerId })
    .onConflict((conflict) => conflict.column("id").doNothing())
    .executeTakeFirstOrThrow();
  return numInsertedOrUpdatedRows ? "added" : "known";
}

/** Without keys; oldest first. */
export const credentialsOf = (db: Db, playerId: number) =>
  db
    .selectFrom("credential")
    .select(["id", "kind", "createdAt", "usedAt"])
    .where("playerId", "=", playerId)
    .orderBy("createdAt")
    .execute();

/** Removes a passkey, or unlinks a subject. Returns whether it was the identity's own. */
function removeCredential(db: Db, { identity, id }: { identity: string; id: string }): Promise<boolean> {
  return db.transaction().execute(async (transaction) => {
    const player = await ownPlayerOf(transaction, identity);
    if (!player) return false;
    const { numDeletedRows } = await transaction
      .deleteFrom("credential")
      .where("id", "=", id)
      .where("playerId", "=", player.id)
      .executeTakeFirstOrThrow();
    return numDeletedRows > 0n;
  });
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
    const playerId = await ownerOf(transaction, "passkey", id);
    if (playerId === undefined) return "unknown";
    const isIn = await linkDevice(transaction, playerId, device, async () => {
      const { numUpdatedRows } = await transaction
        .updateTable("credential")
        .set({ counter, usedAt: device.atMs })
        .where("id", "=", id)
        .where("playerId", "=", playerId)
        .where((is) => (counter === 0 ? is("counter", "=", 0) : is("counter", "<", counter)))
        .executeTakeFirstOrThrow();
      return numUpdatedRows > 0n;
    });
    if (isIn) return "signedIn";
    return (await passkeyById(transaction, { id })) ? "cloned" : "unknown";
  });
}

async function ownerOf(db: Db, kind: Kind, id: string): Promise<number | undefined> {
  const row = await db
    .selectFrom("credential")
    .select("playerId")
    .where("id", "=", id)
    .where("kind", "=", kind)
    .executeTakeFirst();
  return row?.playerId;
}

export interface SubjectSignIn extends DeviceChange {
  /** "ISSUER SUBJECT". */
  id: string;
  replaces: string;
  /** Whether the player asked to link the subject with the account of this device, instead of signing in. */
  link: boolean;
}

/**
 * "linked": the subject is a way into the device's own player, and the device keeps its identity. "unlinked": nobody has the
 * subject, and the device has an account already: another person at this device may have signed in at the provider. "known":
 * the subject to link is another player's. "full": the account has as many as it may. "signedOut": the device was.
 */
export type SubjectOutcome = "signedIn" | "linked" | "unlinked" | "known" | "full" | "signedOut";

/** Signs in to the player of a subject. A guest's device is linked with an unknown subject, an account's only if it asked. */
function signInByOpenId(db: Db, { id, link, ...device }: SubjectSignIn): Promise<SubjectOutcome> {
  return db.transaction().execute(async (transaction) => {
    const playerId = await ownerOf(transaction, "openid", id);
    if (playerId === undefined) return linkSubject(transaction, { id, link, ...device });
    if ((await signedInTo(transaction, device.replaces)) === playerId) return "linked";
    if (link) return "known";
    const isIn = await linkDevice(transaction, playerId, device, async () => {
      const { numUpdatedRows } = await transaction
        .updateTable("credential")
        .set({ usedAt: device.atMs })
        .where("id", "=", id)
        .where("playerId", "=", playerId)
        .executeTakeFirstOrThrow();
      return numUpdatedRows > 0n;
    });
    // It was unlinked while this waited for the account's lock.
    return isIn ? "signedIn" : "unlinked";
  });
}

async function linkSubject(db: Db, { id, link, replaces, atMs }: SubjectSignIn): Promise<SubjectOutcome> {
  const own = await ensureOwnPlayer(db, replaces, atMs);
  if (!own) return "signedOut";
  if (own.name !== null && !link) return "unlinked";
  const outcome = await add(db, own.id, { id, kind: "openid", counter: 0, createdAt: atMs, usedAt: atMs });
  return outcome === "added" ? "linked" : outcome;
}

/** Replaces the account's code, if it has one. False for a guest. */
function putTransferCode(
  db: Db,
  { identity, hash, expiresAt }: { identity: string; hash: string; expiresAt: number },
): Promise<boolean> {
  return db.transaction().execute(async (transaction) => {
    const player = await ownPlayerOf(transaction, identity);
    if (!player?.name) return false;
    await transaction
      .insertInto("transferCode")
      .values({ hash, playerId: player.id, expiresAt })
      .onConflict((conflict) => conflict.column("playerId").doUpdateSet({ hash, expiresAt }))
      .execute();
    return true;
  });
}

/** Uses a code up. False if it is unknown, used or too old. */
function signInByTransfer(db: Db, { hash, ...device }: DeviceChange & { hash: string }): Promise<boolean> {
  return db.transaction().execute(async (transaction) => {
    const code = await transaction
      .selectFrom("transferCode")
      .select(["playerId", "expiresAt"])
      .where("hash", "=", hash)
      .executeTakeFirst();
    if (!code) return false;
    return linkDevice(transaction, code.playerId, device, async () => {
      const { numDeletedRows } = await transaction
        .deleteFrom("transferCode")
        .where("hash", "=", hash)
        .where("playerId", "=", code.playerId)
        .executeTakeFirstOrThrow();
      return numDeletedRows > 0n && code.expiresAt >= device.atMs;
    });
  });
}

export const queries = {
  addPasskey,
  removeCredential,
  passkeyById,
  signInByPasskey,
  signInByOpenId,
  putTransferCode,
  signInByTransfer,
};
