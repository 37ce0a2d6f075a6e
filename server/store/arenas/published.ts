/** Puts versions of drafts into the gallery, and takes them out. */
import type { Db } from "#server/store/database/database.ts";
import { isUniqueViolation } from "#server/store/database/uniqueViolation.ts";
import { ownPlayerOf } from "#server/store/players/ownPlayer.ts";
import { type KeepQuestion, keep } from "./arenas.ts";
import { lockDraft } from "./locks.ts";
import { rankOf } from "./ratings.ts";
import { removePublished } from "./takeDown.ts";

/** Arenas that an account shows. */
const PUBLISHED_MAX = 20;

export interface PublishQuestion {
  id: string;
  identity: string;
  number: number;
  /** The version, as it was checked: playable. */
  arena: KeepQuestion["arena"];
  /** The arena's title as it is searched. */
  folded: string;
  /** Bytes of all arenas together. */
  maxBytes: number;
  atMs: number;
}

/**
 * "missing": there is no such version, or the draft is not the identity's. "guest": only accounts publish. "shown": another
 * draft shows the same file. "removed": a moderator has removed the file.
 */
export type Publishing = "published" | "missing" | "guest" | "shown" | "tooMany" | "removed" | "signedOut";

async function publishDraft(db: Db, question: PublishQuestion): Promise<Publishing> {
  try {
    return await db.transaction().execute((transaction) => show(transaction, question));
  } catch (error) {
    if (isUniqueViolation(error)) return "shown";
    throw error;
  }
}

/** Throws if another draft shows the same file. */
async function show(db: Db, question: PublishQuestion): Promise<Publishing> {
  const { id, identity, number, arena, folded, maxBytes, atMs } = question;
  const player = await ownPlayerOf(db, identity);
  if (!player) return "signedOut";
  if (player.name === null) return "guest";
  const draft = await lockDraft(db, id);
  if (draft?.playerId !== player.id || !(await isVersion(db, id, number, arena.sha256))) return "missing";
  if (await isOneTooMany(db, id, player.id)) return "tooMany";
  // Notes that it can be played: versions are saved unchecked as well.
  const keeping = await keep(db, { arena, identity: undefined, maxOfPlayer: 0, maxBytes, atMs });
  if (keeping === "removed") return "removed";
  const { tiledJson: _text, isPlayable: _flag, ...facts } = arena;
  const shown = { ...facts, number };
  await db
    .insertInto("published")
    .values({ ...shown, draftId: id, playerId: player.id, publishedAt: atMs, rank: rankOf(0, 0) })
    .onConflict((conflict) => conflict.column("draftId").doUpdateSet(shown))
    .execute();
  await setTerms(db, id, folded);
  return "published";
}

async function isVersion(db: Db, draftId: string, number: number, sha256: string): Promise<boolean> {
  const row = await db
    .selectFrom("draftVersion")
    .select("number")
    .where("draftId", "=", draftId)
    .where("number", "=", number)
    .where("sha256", "=", sha256)
    .executeTakeFirst();
  return row !== undefined;
}

async function isOneTooMany(db: Db, draftId: string, playerId: number): Promise<boolean> {
  const shown = await db.selectFrom("published").select("draftId").where("playerId", "=", playerId).execute();
  return shown.length >= PUBLISHED_MAX && !shown.some((each) => each.draftId === draftId);
}

async function setTerms(db: Db, draftId: string, folded: string): Promise<void> {
  await db.deleteFrom("publishedTerm").where("draftId", "=", draftId).execute();
  const letters = Array.from(folded);
  const ends = new Set(letters.map((_, from) => letters.slice(from).join("")));
  if (ends.size > 0)
    await db
      .insertInto("publishedTerm")
      .values([...ends].map((term) => ({ term, draftId })))
      .execute();
}

/** Takes a draft out of the gallery, with its ratings. False if it is not the identity's, or not shown. */
function unpublishDraft(db: Db, { id, identity }: { id: string; identity: string }): Promise<boolean> {
  return db.transaction().execute(async (transaction) => {
    const player = await ownPlayerOf(transaction, identity);
    const draft = await lockDraft(transaction, id);
    return player !== undefined && draft?.playerId === player.id && removePublished(transaction, id);
  });
}

/** Counts a match on an arena that somebody has published. */
export async function countPlay(db: Db, sha256: string): Promise<void> {
  await db
    .updateTable("published")
    .set(({ eb }) => ({ plays: eb("plays", "+", 1) }))
    .where("sha256", "=", sha256)
    .execute();
}

export const queries = { publishDraft, unpublishDraft };
