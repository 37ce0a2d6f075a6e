/** Collects everything that the server keeps of a player, for their download. */
import { draftData } from "#server/store/arenas/draftData.ts";
import type { Db } from "#server/store/database/database.ts";
import { uuidText } from "#server/store/database/uuid.ts";
import { unpackLook } from "#shared/career/looks.ts";
import { playerOf } from "./players.ts";
import { PLAYED_TABLES } from "./playerTables.ts";

/** Null for an identity of which nothing is kept. Keys, codes and the identities of devices stay on the server. */
async function dataOf(db: Db, { identity }: { identity: string }): Promise<Record<string, unknown> | null> {
  const player = await playerOf(db, identity);
  if (!player) return null;
  const { id, name, createdAt, namedAt, xp, look } = player;
  const tables: Record<string, unknown> = {};
  for (const table of PLAYED_TABLES)
    tables[table] = await db.selectFrom(table).selectAll().where("playerId", "=", id).execute();
  return {
    player: { name, createdAt, namedAt, xp, look: unpackLook(look) },
    formerNames: await db
      .selectFrom("formerName")
      .select(["folded", "freeAt"])
      .where("playerId", "=", id)
      .execute(),
    credentials: await db
      .selectFrom("credential")
      .select(["id", "kind", "createdAt", "usedAt"])
      .where("playerId", "=", id)
      .execute(),
    devices: await db
      .selectFrom("identity")
      .select(["createdAt", "seenAt", "revokedAt"])
      .where("playerId", "=", id)
      .execute(),
    ...tables,
    arenas: await db
      .selectFrom("arena")
      .select(["sha256", "title", "createdAt", "usedAt", "featuredAt", "removedAt", "tiledJson"])
      .where("playerId", "=", id)
      .execute(),
    ...(await draftData(db, id)),
    matches: await matchesOf(db, id),
  };
}

/** Oldest first. */
async function matchesOf(db: Db, playerId: number) {
  const rows = await db
    .selectFrom("matchPlayer")
    .innerJoin("match", "match.id", "matchPlayer.matchId")
    .select(["uuid", "arena", "mode", "isHosted", "startedAt", "endedAt", "whyUnrated"])
    .select(["seat", "xp", "pointsBefore", "pointsAfter"])
    .where("matchPlayer.playerId", "=", playerId)
    .orderBy("matchPlayer.matchId")
    .execute();
  return rows.map(({ uuid, ...row }) => ({ id: uuidText(uuid), ...row }));
}

export const queries = { dataOf };
