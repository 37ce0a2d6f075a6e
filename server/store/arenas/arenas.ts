/** Keeps Tiled files that people bring, by their content, and answers which ones are featured or removed. */
import type { Db } from "#server/store/database/database.ts";
import type { ArenaFacts, Tables } from "#server/store/database/tables.ts";
import { ensureOwnPlayer, signedInTo } from "#server/store/players/ownPlayer.ts";
import { isUnnamed } from "./references.ts";
import { addBytes, makeRoom } from "./sweep.ts";
import { takeDown } from "./takeDown.ts";

const DAY_MS = 86_400_000;

export interface ArenaInfo extends ArenaFacts {
  sha256: string;
}

export interface KeptArena extends ArenaInfo {
  tiledJson: string;
  isPlayable: boolean;
  isFeatured: boolean;
}

export interface KeepQuestion {
  arena: ArenaInfo & { tiledJson: string; isPlayable: boolean };
  /** The identity that brings it. Undefined: a version of a draft, or a visitor without an identity. */
  identity: string | undefined;
  /** Arenas that a player may have brought at a time. */
  maxOfPlayer: number;
  /** Bytes of all arenas together. */
  maxBytes: number;
  atMs: number;
}

/** "removed": a moderator has. "full": `maxBytes` are taken by what is in use. */
export type Keeping = "kept" | "known" | "removed" | "tooMany" | "full" | "signedOut";

/** Rolls a transaction back. */
export class ArenasFullError extends Error {}

async function keepArena(db: Db, question: KeepQuestion): Promise<Keeping> {
  try {
    return await db.transaction().execute((transaction) => keep(transaction, question));
  } catch (error) {
    if (error instanceof ArenasFullError) return "full";
    throw error;
  }
}

/**
 * For a transaction that keeps more than the file. Throws ArenasFullError. Locks the player, then the sum: lock players before you
 * call it.
 */
export async function keep(db: Db, question: KeepQuestion): Promise<Keeping> {
  const { arena, identity, atMs, maxBytes } = question;
  const player = identity === undefined ? undefined : await ensureOwnPlayer(db, identity, atMs);
  if (identity !== undefined && !player) return "signedOut";
  // Locks the sum: two processes that keep the same file do so one after the other.
  await addBytes(db, 0);
  const found = await rowOf(db, arena.sha256);
  if (found?.removedBy === "moderator") return "removed";
  const isTheirs = player !== undefined && found?.playerId === player.id && found.removedAt === null;
  if (player && !isTheirs && (await countOf(db, player.id)) >= question.maxOfPlayer) return "tooMany";
  if (found && found.removedAt === null) {
    await reuse(db, found, question, player?.id);
    return "known";
  }
  await write(db, question, player?.id);
  if (!(await makeRoom(db, maxBytes, atMs))) throw new ArenasFullError();
  return "kept";
}

const rowOf = (db: Db, sha256: string) =>
  db
    .selectFrom("arena")
    .select(["sha256", "playerId", "isPlayable", "removedAt", "removedBy"])
    .where("sha256", "=", sha256)
    .executeTakeFirst();

async function countOf(db: Db, playerId: number): Promise<number> {
  const { count } = await db
    .selectFrom("arena")
    .select(({ fn }) => fn.countAll<number | bigint>().as("count"))
    .where("playerId", "=", playerId)
    .where("removedAt", "is", null)
    .executeTakeFirstOrThrow();
  return Number(count);
}

/** A version without a bringer becomes theirs who bring it first; of one that turns out to be playable more is known. */
async function reuse(
  db: Db,
  found: Pick<Tables["arena"], "sha256" | "playerId" | "isPlayable">,
  { arena, atMs }: KeepQuestion,
  playerId: number | undefined,
): Promise<void> {
  const { title, theme, modes, columns, rows, playersMin, playersMax } = arena;
  const facts = { title, theme, modes, columns, rows, playersMin, playersMax };
  await db
    .updateTable("arena")
    .set({
      ...(arena.isPlayable && facts),
      usedAt: atMs,
      playerId: found.playerId ?? playerId ?? null,
      isPlayable: found.isPlayable || arena.isPlayable ? 1 : 0,
    })
    .where("sha256", "=", found.sha256)
    .execute();
}

/** A file that its host has removed comes back. */
async function write(db: Db, { arena, atMs }: KeepQuestion, playerId: number | undefined): Promise<void> {
  const bytes = Buffer.byteLength(arena.tiledJson);
  const row = {
    ...{ ...arena, bytes, isPlayable: arena.isPlayable ? (1 as const) : (0 as const) },
    ...{ playerId: playerId ?? null, createdAt: atMs, usedAt: atMs },
    ...{ featuredAt: null, removedAt: null, removedBy: null },
  };
  await db
    .insertInto("arena")
    .values(row)
    .onConflict((conflict) => conflict.column("sha256").doUpdateSet(row))
    .execute();
  await addBytes(db, bytes);
}

export type ArenaReply = { is: "kept"; arena: KeptArena } | { is: "removed" } | { is: "missing" };

/** `atMs`: notes the use; undefined: only looks. */
async function readArena(
  db: Db,
  { sha256, atMs }: { sha256: string; atMs: number | undefined },
): Promise<ArenaReply> {
  const row = await db.selectFrom("arena").selectAll().where("sha256", "=", sha256).executeTakeFirst();
  if (!row) return { is: "missing" };
  if (row.removedAt !== null) return { is: "removed" };
  if (atMs !== undefined && row.usedAt < atMs - DAY_MS)
    await db.updateTable("arena").set({ usedAt: atMs }).where("sha256", "=", sha256).execute();
  const { title, theme, modes, columns, rows, playersMin, playersMax, tiledJson } = row;
  const info = { sha256, title, theme, modes, columns, rows, playersMin, playersMax, tiledJson };
  const flags = { isPlayable: row.isPlayable === 1, isFeatured: row.featuredAt !== null };
  return { is: "kept", arena: { ...info, ...flags } };
}

/** "named": a version of a draft is this file, and keeps it. */
export type Removal = "removed" | "missing" | "notTheirs" | "named";

/** `identity` is that of the person who brought it; undefined: a moderator removes it, for good. */
function removeArena(
  db: Db,
  { sha256, identity, atMs }: { sha256: string; identity: string | undefined; atMs: number },
): Promise<Removal> {
  return db.transaction().execute(async (transaction) => {
    await addBytes(transaction, 0);
    const found = await rowOf(transaction, sha256);
    if (!found || (identity !== undefined && found.removedAt !== null)) return "missing";
    if (identity !== undefined && !(await isTheirs(transaction, found.playerId, identity)))
      return "notTheirs";
    let removing = transaction
      .updateTable("arena")
      .set({ tiledJson: "", title: "", bytes: 0, featuredAt: null, removedAt: atMs })
      .set({ removedBy: identity === undefined ? "moderator" : "host" })
      .where("sha256", "=", sha256);
    if (identity !== undefined) removing = removing.where(isUnnamed());
    const before = await bytesOf(transaction, sha256);
    const { numUpdatedRows } = await removing.executeTakeFirstOrThrow();
    if (numUpdatedRows === 0n) return "named";
    await addBytes(transaction, -before);
    await takeDown(transaction, sha256);
    return "removed";
  });
}

async function isTheirs(db: Db, playerId: number | null, identity: string): Promise<boolean> {
  return playerId !== null && (await signedInTo(db, identity)) === playerId;
}

async function bytesOf(db: Db, sha256: string): Promise<number> {
  const row = await db.selectFrom("arena").select("bytes").where("sha256", "=", sha256).executeTakeFirst();
  return row?.bytes ?? 0;
}

/** Whether there is such an arena, which can be played. */
async function featureArena(
  db: Db,
  { sha256, isFeatured, atMs }: { sha256: string; isFeatured: boolean; atMs: number },
): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable("arena")
    .set({ featuredAt: isFeatured ? atMs : null })
    .where("sha256", "=", sha256)
    .where("removedAt", "is", null)
    .where("isPlayable", "=", 1)
    .executeTakeFirstOrThrow();
  return numUpdatedRows > 0n;
}

const FEATURED_MAX = 100;

/** The lists that every process must have: the featured arenas, newest first, and those removed since. */
async function arenaChanges(
  db: Db,
  { sinceMs }: { sinceMs: number },
): Promise<{ featured: string[]; removed: string[] }> {
  const featured = await db
    .selectFrom("arena")
    .select("sha256")
    .where("featuredAt", ">", 0)
    .orderBy("featuredAt", "desc")
    .limit(FEATURED_MAX)
    .execute();
  const removed = await db
    .selectFrom("arena")
    .select("sha256")
    .where("removedAt", ">=", sinceMs)
    .limit(1_000)
    .execute();
  const names = (rows: readonly { sha256: string }[]) => rows.map(({ sha256 }) => sha256);
  return { featured: names(featured), removed: names(removed) };
}

/** Titles by SHA-256, of those that are there: for lists, which name more than one. */
async function arenaTitles(
  db: Db,
  { sha256s }: { sha256s: readonly string[] },
): Promise<Record<string, string>> {
  if (sha256s.length === 0) return {};
  const rows = await db
    .selectFrom("arena")
    .select(["sha256", "title"])
    .where("sha256", "in", sha256s)
    .where("removedAt", "is", null)
    .execute();
  return Object.fromEntries(rows.map(({ sha256, title }) => [sha256, title]));
}

export const queries = { keepArena, readArena, removeArena, featureArena, arenaChanges, arenaTitles };
