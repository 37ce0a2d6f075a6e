/** Versions of a draft: saved states, whose files are arenas. */
import type { Db } from "#server/store/database/database.ts";
import { signedInTo } from "#server/store/players/ownPlayer.ts";
import type { DraftVersion } from "#shared/protocol/editor.ts";
import { DELETED_NAME } from "#shared/protocol/playerName.ts";
import { ArenasFullError, type KeepQuestion, keep } from "./arenas.ts";
import { lockDraft } from "./locks.ts";

/** Versions of a draft. */
export const VERSIONS_MAX = 200;
/** Bytes of the files of all versions of a player's drafts, for an owner with an account and for a guest. */
const VERSION_BYTES_MAX = { guest: 2e6, account: 20e6 } as const;

export interface VersionQuestion {
  id: string;
  arena: KeepQuestion["arena"];
  author: { identity: string | undefined; name: string };
  note: string;
  /** Bytes of all arenas together. */
  maxBytes: number;
  atMs: number;
}

/**
 * "tooMany": the draft has VERSIONS_MAX, its owner's take too many bytes, or the server has no room. "unchanged": the newest
 * version is the same. "removed": the draft is gone, or a moderator has removed this very file.
 */
export type Versioning = DraftVersion | "tooMany" | "unchanged" | "removed";

async function saveVersion(db: Db, question: VersionQuestion): Promise<Versioning> {
  try {
    return await db.transaction().execute((transaction) => save(transaction, question));
  } catch (error) {
    if (error instanceof ArenasFullError) return "tooMany";
    throw error;
  }
}

async function save(
  db: Db,
  { id, arena, author, note, maxBytes, atMs }: VersionQuestion,
): Promise<Versioning> {
  const draft = await lockDraft(db, id);
  if (!draft) return "removed";
  if ((await fileOf(db, id, draft.versions)) === arena.sha256) return "unchanged";
  const bytes = Buffer.byteLength(arena.tiledJson);
  if (draft.versions >= VERSIONS_MAX || !(await hasRoom(db, draft.playerId, bytes))) return "tooMany";
  const authorId = author.identity === undefined ? undefined : await signedInTo(db, author.identity);
  const keeping = await keep(db, { arena, identity: undefined, maxOfPlayer: 0, maxBytes, atMs });
  if (keeping === "removed") return "removed";
  const number = draft.versions + 1;
  const row = { number, sha256: arena.sha256, author: author.name, note };
  await db
    .insertInto("draftVersion")
    .values({ ...row, draftId: id, authorId: authorId ?? null, at: atMs })
    .execute();
  await db
    .updateTable("draft")
    .set(({ eb }) => ({ versions: number, versionBytes: eb("versionBytes", "+", bytes) }))
    .where("id", "=", id)
    .execute();
  return { ...row, atMs };
}

async function fileOf(db: Db, draftId: string, number: number): Promise<string | undefined> {
  const row = await db
    .selectFrom("draftVersion")
    .select("sha256")
    .where("draftId", "=", draftId)
    .where("number", "=", number)
    .executeTakeFirst();
  return row?.sha256;
}

async function hasRoom(db: Db, playerId: number, bytes: number): Promise<boolean> {
  const { name } = await db
    .selectFrom("player")
    .select("name")
    .where("id", "=", playerId)
    .executeTakeFirstOrThrow();
  const { taken } = await db
    .selectFrom("draft")
    .select(({ fn }) => fn.sum<number | string | null>("versionBytes").as("taken"))
    .where("playerId", "=", playerId)
    .executeTakeFirstOrThrow();
  return Number(taken) + bytes <= VERSION_BYTES_MAX[name === null ? "guest" : "account"];
}

/** The Tiled file of a version; null if there is none, or a moderator has removed it. */
async function versionText(db: Db, { id, number }: { id: string; number: number }): Promise<string | null> {
  const row = await db
    .selectFrom("draftVersion")
    .innerJoin("arena", "arena.sha256", "draftVersion.sha256")
    .select("tiledJson")
    .where("draftId", "=", id)
    .where("number", "=", number)
    .where("removedAt", "is", null)
    .executeTakeFirst();
  return row?.tiledJson ?? null;
}

/** Takes a player's name off the versions that they have saved in drafts of others. */
export async function removeAuthor(db: Db, playerId: number): Promise<void> {
  await db
    .updateTable("draftVersion")
    .set({ authorId: null, author: DELETED_NAME })
    .where("authorId", "=", playerId)
    .execute();
}

export const queries = { saveVersion, versionText };
