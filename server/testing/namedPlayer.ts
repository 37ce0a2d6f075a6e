/** Gives players of tests their accounts, straight in the database. */
import { foldName } from "#server/services/accounts/names.ts";
import type { Db } from "#server/store/database/database.ts";
import { ensurePlayer } from "#server/store/players/players.ts";
import { setListed } from "#server/store/results/ladder.ts";

/** Names the identity's player, which is created if it is missing; returns its id. */
export async function namePlayer(db: Db, identity: string, name: string, atMs = 0): Promise<number> {
  const id = await ensurePlayer(db, identity, atMs);
  await db
    .updateTable("player")
    .set({ name, folded: foldName(name), namedAt: atMs })
    .where("id", "=", id)
    .execute();
  await setListed(db, id, true);
  return id;
}
