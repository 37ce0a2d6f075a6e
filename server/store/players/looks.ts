/** Stores what a player wears: only what is unlocked. */
import type { Db } from "#server/store/database/database.ts";
import { careersOf } from "#server/store/results/careers.ts";
import { unpackLook } from "#shared/career/looks.ts";
import { ownsLook } from "#shared/career/unlocks.ts";
import { levelOf } from "#shared/rating/level.ts";
import { ensureOwnPlayer } from "./ownPlayer.ts";

/** "signedOut": the device was signed out while the request was on its way. */
export type LookChoice = "chosen" | "locked" | "signedOut";

export interface LookQuestion {
  identity: string;
  /** As `packLook` packs it. */
  look: number;
  atMs: number;
}

function chooseLook(db: Db, { identity, look, atMs }: LookQuestion): Promise<LookChoice> {
  return db.transaction().execute(async (transaction) => {
    const player = await ensureOwnPlayer(transaction, identity, atMs);
    if (!player) return "signedOut";
    const career = (await careersOf(transaction, [player.id])).get(player.id);
    if (!career || !ownsLook(unpackLook(look), { ...career, level: levelOf(player.xp).level }))
      return "locked";
    await transaction.updateTable("player").set({ look }).where("id", "=", player.id).execute();
    return "chosen";
  });
}

export const queries = { chooseLook };
