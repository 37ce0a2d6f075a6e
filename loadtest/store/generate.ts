/** Fills a database with players and two years of matches, as the server would have left it. */
import { foldName } from "#server/services/accounts/names.ts";
import { openDatabase, type StoreAddress } from "#server/store/database/database.ts";
import { type Bulk, openBulk } from "./bulk.ts";
import { drawMatches, drawnPlayer, type Plan } from "./drawn.ts";
import { type Rows, Tally } from "./tally.ts";

/** Matches whose rows are inserted together. */
const BATCH = 10_000;

/** `progress` is told how many matches are there. Throws if the database has players. */
export async function generate(
  address: StoreAddress,
  plan: Plan,
  progress: (matches: number) => void = () => {},
): Promise<void> {
  await prepare(address);
  const bulk = await openBulk(address);
  await insertPlayers(bulk, plan);
  const tally = new Tally(ownerOf);
  let rows: Rows = {};
  let count = 0;
  for (const match of drawMatches(plan)) {
    gather(rows, tally.add(match));
    if (++count % BATCH > 0) continue;
    await bulk.insert(rows);
    rows = {};
    progress(count);
  }
  gather(rows, tally.finish());
  await bulk.insert(rows);
  await bulk.setXp(tally.xp);
  await bulk.finish();
}

/** By the identity that drawnPlayer gives a player. */
export function ownerOf(sub: string): { id: number; hasAccount: boolean } {
  const { id, name } = drawnPlayer(Number(sub.slice(-12)));
  return { id, hasAccount: name !== null };
}

async function prepare(address: StoreAddress): Promise<void> {
  const { db, migrate, close } = openDatabase(address);
  try {
    await migrate();
    if (await db.selectFrom("player").select("id").executeTakeFirst())
      throw new Error("the database has players already: generate into an empty one");
  } finally {
    await close();
  }
}

export async function insertPlayers(bulk: Bulk, { players, untilMs }: Plan): Promise<void> {
  const createdAt = untilMs - 3 * 365 * 86_400_000;
  for (let from = 1; from <= players; from += BATCH) {
    const drawn = Array.from({ length: Math.min(BATCH, players + 1 - from) }, (_, at) =>
      drawnPlayer(from + at),
    );
    await bulk.insert({
      player: drawn.map(({ id, name }) => ({
        ...{ id, name, folded: name === null ? null : foldName(name), createdAt },
        ...{ namedAt: name === null ? null : createdAt, xp: 0, look: 0 },
      })),
      identity: drawn.map(({ id, sub }) => ({
        sub,
        playerId: id,
        createdAt,
        seenAt: createdAt,
        revokedAt: null,
      })),
    });
  }
}

function gather(into: Rows, added: Rows): void {
  const lists = into as Record<string, unknown[]>;
  for (const [table, rows] of Object.entries(added)) {
    const list = lists[table] ?? [];
    for (const row of rows) list.push(row);
    lists[table] = list;
  }
}
