/** Drafts of arenas: who may do what with one, its file and its versions. */
import type { Db } from "#server/store/database/database.ts";
import { ensureOwnPlayer, lockPlayer, ownPlayerOf, signedInTo } from "#server/store/players/ownPlayer.ts";
import type { DraftInfo, DraftVersion, Role } from "#shared/protocol/editor.ts";
import { packFile, unpackFile } from "./draftFile.ts";
import { lockDraft } from "./locks.ts";
import { removePublished } from "./takeDown.ts";

/** Drafts that a player may have: a guest, and an account. */
const DRAFTS_MAX = { guest: 10, account: 50 } as const;

export interface NewDraft {
  id: string;
  editKey: string;
  title: string;
  tiledJson: string;
}

/** Owned by the identity's player; an identity that is not known yet becomes a guest. */
function createDraft(
  db: Db,
  { identity, draft, atMs }: { identity: string; draft: NewDraft; atMs: number },
): Promise<"created" | "tooMany" | "signedOut"> {
  return db.transaction().execute(async (transaction) => {
    const player = await ensureOwnPlayer(transaction, identity, atMs);
    if (!player) return "signedOut";
    const max = player.name === null ? DRAFTS_MAX.guest : DRAFTS_MAX.account;
    const { id, editKey, title, tiledJson } = draft;
    const own = await transaction
      .selectFrom("draft")
      .select("id")
      .where("playerId", "=", player.id)
      .execute();
    if (own.length >= max) return "tooMany";
    await transaction
      .insertInto("draft")
      .values({
        ...{ id, playerId: player.id, editKey, title, file: packFile(tiledJson) },
        ...{ createdAt: atMs, changedAt: atMs },
      })
      .execute();
    return "created";
  });
}

/** Drafts with what lists show of them. */
const infos = (db: Db) =>
  db
    .selectFrom("draft")
    .leftJoin("draftVersion as newest", (join) =>
      join.onRef("newest.draftId", "=", "draft.id").onRef("newest.number", "=", "draft.versions"),
    )
    .leftJoin("published", "published.draftId", "draft.id")
    .select(["draft.id", "draft.title", "draft.changedAt", "newest.sha256", "published.number as shown"]);

type InfoRow = Awaited<ReturnType<ReturnType<typeof infos>["execute"]>>[number];

const infoOf = ({ id, title, changedAt, sha256, shown }: InfoRow): DraftInfo => ({
  ...{ id, title, changedAtMs: changedAt, sha256: sha256 ?? "", isPublished: shown !== null },
});

/** The identity's own, the one that was changed last first. */
async function ownDrafts(db: Db, { identity }: { identity: string }): Promise<DraftInfo[]> {
  const playerId = await signedInTo(db, identity);
  if (playerId === undefined) return [];
  const rows = await infos(db)
    .where("draft.playerId", "=", playerId)
    .orderBy("draft.changedAt", "desc")
    .execute();
  return rows.map(infoOf);
}

export interface RoleQuestion {
  id: string;
  identity: string | undefined;
  /** The key in the link for editors; empty for others. */
  key: string;
}

/** Decides a visitor's role in a draft. Null if there is no such draft. */
async function draftRoleOf(db: Db, { id, identity, key }: RoleQuestion): Promise<Role | null> {
  const draft = await db
    .selectFrom("draft")
    .select(["playerId", "editKey"])
    .where("id", "=", id)
    .executeTakeFirst();
  if (!draft) return null;
  const playerId = identity === undefined ? undefined : await signedInTo(db, identity);
  if (playerId === draft.playerId) return "owner";
  return key === draft.editKey ? "editor" : "viewer";
}

export interface DraftRow {
  info: DraftInfo;
  role: Role;
  editKey: string;
  /** Name of the owner's account; empty for a guest. */
  owner: string;
  /** The oldest first. */
  versions: DraftVersion[];
  /** The number of the version that the gallery shows; null without one. */
  shown: number | null;
}

async function draftOf(db: Db, question: RoleQuestion): Promise<DraftRow | null> {
  const { id } = question;
  const role = await draftRoleOf(db, question);
  const row = await infos(db)
    .innerJoin("player", "player.id", "draft.playerId")
    .select(["draft.editKey", "player.name as owner"])
    .where("draft.id", "=", id)
    .executeTakeFirst();
  if (!role || !row) return null;
  const { editKey, owner, shown } = row;
  const versions = await versionsOf(db, id);
  return {
    ...{ info: infoOf(row), role, editKey, shown },
    owner: owner ?? "",
    versions,
  };
}

/** The draft's Tiled file. Null if there is no such draft. */
async function draftText(db: Db, { id }: { id: string }): Promise<string | null> {
  const draft = await db.selectFrom("draft").select("file").where("id", "=", id).executeTakeFirst();
  return draft ? unpackFile(draft.file) : null;
}

/** The oldest first. Authors with accounts have their present names. */
async function versionsOf(db: Db, draftId: string): Promise<DraftVersion[]> {
  const rows = await db
    .selectFrom("draftVersion")
    .leftJoin("player", "player.id", "draftVersion.authorId")
    .select(["number", "sha256", "author", "player.name", "note", "at"])
    .where("draftId", "=", draftId)
    .orderBy("number")
    .execute();
  return rows.map(({ number, sha256, author, name, note, at }) => ({
    ...{ number, sha256, author: name ?? author, note, atMs: at },
  }));
}

export interface WriteQuestion {
  id: string;
  title: string;
  tiledJson: string;
  atMs: number;
  /** Times of the change that this one may follow; any if missing. */
  after?: readonly number[] | undefined;
}

/** Replaces the file; returns whether there is such a draft. "changed": somebody else has written it meanwhile. */
async function writeDraft(
  db: Db,
  { id, title, tiledJson, atMs, after }: WriteQuestion,
): Promise<boolean | "changed"> {
  const { numUpdatedRows } = await db
    .updateTable("draft")
    .set({ title, file: packFile(tiledJson), changedAt: atMs })
    .where("id", "=", id)
    .$if(after !== undefined, (query) => query.where("changedAt", "in", [...(after ?? [])]))
    .executeTakeFirstOrThrow();
  if (numUpdatedRows > 0n || after === undefined) return numUpdatedRows > 0n;
  const found = await db.selectFrom("draft").select("id").where("id", "=", id).executeTakeFirst();
  return found ? "changed" : false;
}

/** Takes it out of the gallery as well. False if it is not the identity's, or gone. */
function deleteDraft(db: Db, { id, identity }: { id: string; identity: string }): Promise<boolean> {
  return db.transaction().execute(async (transaction) => {
    const player = await ownPlayerOf(transaction, identity);
    const draft = await lockDraft(transaction, id);
    if (!player || draft?.playerId !== player.id) return false;
    await removeDraft(transaction, id);
    return true;
  });
}

/** Call within a transaction that has locked the draft. */
async function removeDraft(db: Db, id: string): Promise<void> {
  await removePublished(db, id);
  await db.deleteFrom("draftVersion").where("draftId", "=", id).execute();
  await db.deleteFrom("draft").where("id", "=", id).execute();
}

/** Deletes all drafts of a player. Call within a transaction that has locked the player. */
export async function removeDraftsOf(db: Db, playerId: number): Promise<void> {
  const own = await db
    .selectFrom("draft")
    .select("id")
    .where("playerId", "=", playerId)
    .orderBy("id")
    .execute();
  for (const { id } of own) if (await lockDraft(db, id)) await removeDraft(db, id);
}

/** Drafts a question, so that others are answered in between. */
const SLICE = 200;

/**
 * Deletes drafts that nobody has changed since `beforeMs` and whose owners are guests, who may have lost the way to them, from a
 * slice of all drafts. Returns after which draft the next slice begins; null after the last one.
 */
async function sweepDrafts(
  db: Db,
  { after, beforeMs }: { after: string; beforeMs: number },
): Promise<string | null> {
  const slice = await db
    .selectFrom("draft")
    .select(["id", "playerId", "changedAt"])
    .where("id", ">", after)
    .orderBy("id")
    .limit(SLICE)
    .execute();
  for (const draft of slice) if (draft.changedAt < beforeMs) await sweepGuests(db, draft, beforeMs);
  return slice.length < SLICE ? null : (slice.at(-1)?.id ?? null);
}

const sweepGuests = (db: Db, { id, playerId }: { id: string; playerId: number }, beforeMs: number) =>
  db.transaction().execute(async (transaction) => {
    // Both may have changed since the slice was read.
    const owner = await lockPlayer(transaction, playerId);
    const draft = await lockDraft(transaction, id);
    if (owner?.name === null && draft?.playerId === playerId && draft.changedAt < beforeMs)
      await removeDraft(transaction, id);
  });

export const queries = {
  createDraft,
  ownDrafts,
  draftRoleOf,
  draftOf,
  draftText,
  writeDraft,
  deleteDraft,
  sweepDrafts,
};
