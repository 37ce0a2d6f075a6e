/**
 * Locks of drafts and published arenas, until the transaction ends. Players come first, then drafts, the sum of bytes
 * (sweep.ts), and published arenas; several of one kind in the order of their ids: two transactions never wait for each other.
 */
import type { Db } from "#server/store/database/database.ts";

/** Undefined if it is gone. */
export const lockDraft = (db: Db, id: string) =>
  db
    .updateTable("draft")
    .set(({ ref }) => ({ versions: ref("versions") }))
    .where("id", "=", id)
    .returning(["playerId", "versions", "changedAt"])
    .executeTakeFirst();

/** Undefined if the gallery does not show the draft. */
export const lockPublished = (db: Db, draftId: string) =>
  db
    .updateTable("published")
    .set(({ ref }) => ({ ratings: ref("ratings") }))
    .where("draftId", "=", draftId)
    .returning(["stars", "ratings"])
    .executeTakeFirst();
