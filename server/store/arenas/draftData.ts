/** Collects what is kept of a player's drafts, published arenas and ratings, for their download. */
import type { Db } from "#server/store/database/database.ts";
import { unpackFile } from "./draftFile.ts";

/** The keys of links for editors stay on the server. */
export async function draftData(db: Db, playerId: number) {
  const drafts = await db
    .selectFrom("draft")
    .select(["id", "title", "createdAt", "changedAt", "file"])
    .where("playerId", "=", playerId)
    .orderBy("changedAt", "desc")
    .execute();
  const saved = db.selectFrom("draftVersion").select(["draftId", "number", "sha256", "author", "note", "at"]);
  const ids = drafts.map(({ id }) => id);
  const versions = ids.length > 0 ? await saved.where("draftId", "in", ids).execute() : [];
  return {
    drafts: drafts.map(({ file, ...draft }) => ({
      ...draft,
      tiledJson: unpackFile(file),
      versions: versions.filter(({ draftId }) => draftId === draft.id),
    })),
    /** Includes versions in drafts of others. */
    savedVersions: await saved.where("authorId", "=", playerId).execute(),
    publishedArenas: await db
      .selectFrom("published")
      .select(["draftId", "number", "sha256", "title", "publishedAt", "plays", "stars", "ratings"])
      .where("playerId", "=", playerId)
      .execute(),
    arenaRatings: await db
      .selectFrom("arenaRating")
      .select(["draftId", "stars", "at"])
      .where("playerId", "=", playerId)
      .execute(),
  };
}
