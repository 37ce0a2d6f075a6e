/** Ratings of published arenas: one of each player, from 1 to 5 stars. */
import type { Db } from "#server/store/database/database.ts";
import { ownPlayerOf, signedInTo } from "#server/store/players/ownPlayer.ts";
import { lockPublished } from "./locks.ts";

/** Each arena counts as if it had these ratings as well, so that one rating of 5 stars does not beat all others. */
const PRIOR = { ratings: 5, stars: 15 } as const;

export const rankOf = (stars: number, ratings: number): number =>
  (stars + PRIOR.stars) / (ratings + PRIOR.ratings);

export interface RateQuestion {
  /** The draft's id. */
  id: string;
  identity: string;
  /** 1 to 5; 0 takes the rating back. */
  stars: number;
  atMs: number;
}

/** "notPlayed": only who has finished a match rates. "own": nobody rates their own arena. */
export type RatingOutcome = "rated" | "missing" | "notPlayed" | "own";

function rateArena(db: Db, { id, identity, stars, atMs }: RateQuestion): Promise<RatingOutcome> {
  return db.transaction().execute(async (transaction) => {
    const player = await ownPlayerOf(transaction, identity);
    const owner = await ownerOf(transaction, id);
    if (owner === undefined) return "missing";
    if (!player || !(await hasPlayed(transaction, player.id))) return "notPlayed";
    if (owner === player.id) return "own";
    const isSet = await setRating(transaction, { draftId: id, playerId: player.id, stars, at: atMs });
    return isSet ? "rated" : "missing";
  });
}

async function ownerOf(db: Db, draftId: string): Promise<number | undefined> {
  const draft = await db.selectFrom("draft").select("playerId").where("id", "=", draftId).executeTakeFirst();
  return draft?.playerId;
}

async function hasPlayed(db: Db, playerId: number): Promise<boolean> {
  const seat = await db
    .selectFrom("matchPlayer")
    .select("matchId")
    .where("playerId", "=", playerId)
    .limit(1)
    .executeTakeFirst();
  return seat !== undefined;
}

interface Rating {
  draftId: string;
  playerId: number;
  stars: number;
  at: number;
}

/** Replaces a player's rating; 0 stars: by none. Locks the arena; false if the gallery does not show it any more. */
async function setRating(db: Db, rating: Rating): Promise<boolean> {
  const { draftId, playerId, stars } = rating;
  const shown = await lockPublished(db, draftId);
  if (!shown) return false;
  const before = await starsOf(db, draftId, playerId);
  if (stars === 0)
    await db
      .deleteFrom("arenaRating")
      .where("draftId", "=", draftId)
      .where("playerId", "=", playerId)
      .execute();
  else
    await db
      .insertInto("arenaRating")
      .values(rating)
      .onConflict((conflict) =>
        conflict.columns(["draftId", "playerId"]).doUpdateSet({ stars, at: rating.at }),
      )
      .execute();
  const sums = {
    stars: shown.stars + stars - before,
    ratings: shown.ratings + Number(stars > 0) - Number(before > 0),
  };
  await db
    .updateTable("published")
    .set({ ...sums, rank: rankOf(sums.stars, sums.ratings) })
    .where("draftId", "=", draftId)
    .execute();
  return true;
}

async function starsOf(db: Db, draftId: string, playerId: number): Promise<number> {
  const row = await db
    .selectFrom("arenaRating")
    .select("stars")
    .where("draftId", "=", draftId)
    .where("playerId", "=", playerId)
    .executeTakeFirst();
  return row?.stars ?? 0;
}

/** The identity's own; 0 without one. */
async function arenaRatingOf(db: Db, { id, identity }: { id: string; identity: string }): Promise<number> {
  const playerId = await signedInTo(db, identity);
  return playerId === undefined ? 0 : starsOf(db, id, playerId);
}

const ratingsOf = (db: Db, playerId: number) =>
  db.selectFrom("arenaRating").selectAll().where("playerId", "=", playerId).orderBy("draftId").execute();

/** Takes back all that a player has rated. Call within a transaction that has locked the player. */
export async function removeRatingsOf(db: Db, playerId: number): Promise<void> {
  for (const rating of await ratingsOf(db, playerId)) await setRating(db, { ...rating, stars: 0 });
}

/** Gives a guest's ratings to an account, except where it has rated itself, or owns the arena. */
export async function moveRatings(db: Db, guestId: number, accountId: number): Promise<void> {
  for (const rating of await ratingsOf(db, guestId)) {
    const { draftId } = rating;
    await setRating(db, { ...rating, stars: 0 });
    const isFree =
      (await starsOf(db, draftId, accountId)) === 0 && (await ownerOf(db, draftId)) !== accountId;
    if (isFree) await setRating(db, { ...rating, playerId: accountId });
  }
}

export const queries = { rateArena, arenaRatingOf };
