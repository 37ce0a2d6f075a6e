/** Makes room for arenas: those that nobody has used for longest go, but not what is featured, or named by another row. */
import { sql } from "kysely";
import type { Db } from "#server/store/database/database.ts";
import { isUnnamed } from "./references.ts";

const DAY_MS = 86_400_000;
/** An arena that was used later stays, however little room there is: nobody drives out what others play. */
const KEPT_MS = DAY_MS;
/** Arenas that one statement deletes. */
const AT_ONCE = 50;

/** Adds to the bytes of all arenas, and returns them. Locks the sum in PostgreSQL until the transaction ends. */
export async function addBytes(db: Db, bytes: number): Promise<number> {
  const total = await db
    .updateTable("arenaTotal")
    .set(({ eb }) => ({ bytes: eb("bytes", "+", bytes) }))
    .where("place", "=", 0)
    .returning("bytes")
    .executeTakeFirstOrThrow();
  return total.bytes;
}

/** Call within a transaction. Deletes what has not been used for longest until all take `maxBytes`; returns whether they do. */
export async function makeRoom(db: Db, maxBytes: number, atMs: number): Promise<boolean> {
  let total = await addBytes(db, 0);
  while (total > maxBytes) {
    const swept = await sweepBefore(db, atMs - KEPT_MS);
    if (swept.length === 0) return false;
    total = await addBytes(db, -sum(swept));
  }
  return true;
}

const sum = (rows: readonly { bytes: number }[]) => rows.reduce((all, { bytes }) => all + bytes, 0);

/** Deletes some of the arenas that were last used before that time, the oldest first. */
async function sweepBefore(db: Db, beforeMs: number): Promise<{ bytes: number }[]> {
  const oldest = await db
    .selectFrom("arena")
    .select("sha256")
    .where("usedAt", "<", beforeMs)
    .where("featuredAt", "is", null)
    .where("removedAt", "is", null)
    .where(isUnnamed())
    .orderBy("usedAt")
    .limit(AT_ONCE)
    .execute();
  if (oldest.length === 0) return [];
  const names = oldest.map(({ sha256 }) => sha256);
  return (
    db
      .deleteFrom("arena")
      .where("sha256", "in", names)
      // In PostgreSQL a draft may have named it meanwhile, which notes a use.
      .where("usedAt", "<", beforeMs)
      .returning("bytes")
      .execute()
  );
}

/** Deletes arenas that were not used since `unusedSinceMs`, and forgets those that their hosts have removed before. */
function sweepArenas(db: Db, { unusedSinceMs }: { unusedSinceMs: number }): Promise<{ isDone: boolean }> {
  return db.transaction().execute(async (transaction) => {
    const swept = await sweepBefore(transaction, unusedSinceMs);
    if (swept.length > 0) await addBytes(transaction, -sum(swept));
    await transaction
      .deleteFrom("arena")
      .where("removedAt", "is not", null)
      .where("removedAt", "<", unusedSinceMs)
      .where("removedBy", "=", sql.lit<"host">("host"))
      .where(isUnnamed())
      .execute();
    return { isDone: swept.length < AT_ONCE };
  });
}

export const queries = { sweepArenas };
