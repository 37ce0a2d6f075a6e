/** Takes arenas out of the gallery, with their ratings. */
import type { Db } from "#server/store/database/database.ts";
import { lockPublished } from "./locks.ts";

/** Returns whether the gallery has shown the draft. Call within a transaction. */
export async function removePublished(db: Db, draftId: string): Promise<boolean> {
  // Whoever rates it waits here, and then finds nothing.
  if (!(await lockPublished(db, draftId))) return false;
  for (const table of ["arenaRating", "publishedTerm", "published"] as const)
    await db.deleteFrom(table).where("draftId", "=", draftId).execute();
  return true;
}

/** For a file that a moderator removes. Call within a transaction that has locked the sum of bytes. */
export async function takeDown(db: Db, sha256: string): Promise<void> {
  const shown = await db
    .selectFrom("published")
    .select("draftId")
    .where("sha256", "=", sha256)
    .executeTakeFirst();
  if (shown) await removePublished(db, shown.draftId);
}
