/** Looks players up by identity: the name that they play under, and their points. */
import type { Db } from "#server/store/database/database.ts";
import { levelOf } from "#shared/rating/level.ts";
import { seasonOf } from "#shared/rating/season.ts";
import { pointsOf as skillPoints, softReset } from "#shared/rating/skill.ts";
import { MODE_NAMES, type ModeName } from "#shared/schema/names.ts";

/** Somebody who enters a room. */
export interface Entrant {
  /** The account's name; a guest's wanted name. */
  name: string;
  isAccount: boolean;
  /** Points by mode in the current season; a mode without a rated game is missing. */
  points: Partial<Record<ModeName, number>>;
  /** Level from playing, and what the player wears (career/looks.ts `packLook`); missing if nothing is kept of them. */
  level?: number | undefined;
  look?: number | undefined;
  /** The names, of those that a guest may get, that are accounts' or kept free; missing without any. */
  reserved?: readonly string[];
}

export interface Spelling {
  name: string;
  /** The name as names are compared (services/accounts/names.ts). */
  folded: string;
}

export interface EntrantQuestion {
  /** Undefined for a visitor without one, who can only be a guest. */
  identity: string | undefined;
  /** The wanted name first, then what a room may make of it for a guest. */
  wanted: readonly [Spelling, ...Spelling[]];
  atMs: number;
}

/** The present names of players by their ids; null for guests. */
export async function namesOf(db: Db, ids: readonly number[]): Promise<Map<number, string | null>> {
  const players = await db.selectFrom("player").select(["id", "name"]).where("id", "in", ids).execute();
  return new Map(players.map(({ id, name }) => [id, name]));
}

/** The player behind an identity; undefined for a guest for whom nothing is kept yet. */
export const playerOf = (db: Db, identity: string) =>
  db
    .selectFrom("identity")
    .innerJoin("player", "player.id", "identity.playerId")
    .selectAll("player")
    .where("identity.sub", "=", identity)
    .executeTakeFirst();

/** The id of the player behind an identity; creates a guest for an identity that is not known yet. Call within a transaction. */
export async function ensurePlayer(db: Db, identity: string, atMs: number): Promise<number> {
  const found = await playerIdOf(db, identity);
  if (found !== undefined) return found;
  const { id } = await db
    .insertInto("player")
    .values({ createdAt: atMs })
    .returning("id")
    .executeTakeFirstOrThrow();
  const row = { sub: identity, playerId: id, createdAt: atMs, seenAt: atMs };
  const { numInsertedOrUpdatedRows } = await db
    .insertInto("identity")
    .values(row)
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirstOrThrow();
  if (numInsertedOrUpdatedRows) return id;
  // PostgreSQL answers several questions at once: another one has created it meanwhile.
  await db.deleteFrom("player").where("id", "=", id).execute();
  return (await playerIdOf(db, identity)) ?? id;
}

async function playerIdOf(db: Db, identity: string): Promise<number | undefined> {
  const row = await db
    .selectFrom("identity")
    .select("playerId")
    .where("sub", "=", identity)
    .executeTakeFirst();
  return row?.playerId;
}

async function entrantOf(db: Db, { identity, wanted, atMs }: EntrantQuestion): Promise<Entrant> {
  const player = identity === undefined ? undefined : await playerOf(db, identity);
  const points = player ? await pointsOf(db, player.id, seasonOf(atMs)) : {};
  const shown = player ? { level: levelOf(player.xp).level, look: player.look } : {};
  if (player?.name) return { name: player.name, isAccount: true, points, ...shown };
  const reserved = await reservedOf(db, wanted, atMs);
  const guest: Entrant = { name: wanted[0].name, isAccount: false, points, ...shown };
  return reserved.length > 0 ? { ...guest, reserved } : guest;
}

/** Those that an account has, or that are kept free of others than a former owner. */
async function reservedOf(db: Db, spellings: readonly Spelling[], atMs: number): Promise<string[]> {
  const folded = spellings.map((spelling) => spelling.folded);
  const present = await db.selectFrom("player").select("folded").where("folded", "in", folded).execute();
  const former = await db
    .selectFrom("formerName")
    .select("folded")
    .where("folded", "in", folded)
    .where("freeAt", ">", atMs)
    .execute();
  const taken = new Set([...present, ...former].map((row) => row.folded));
  return spellings.filter((spelling) => taken.has(spelling.folded)).map(({ name }) => name);
}

/** By the newest rating of each mode, after the soft reset if it is of an earlier season. */
async function pointsOf(db: Db, playerId: number, season: number): Promise<Entrant["points"]> {
  const rows = await db
    .selectFrom("rating")
    .select(["mode", "season", "mu", "sigma"])
    .where("playerId", "=", playerId)
    .where("mode", "in", MODE_NAMES)
    .where("season", "<=", season)
    .orderBy("season")
    .execute();
  return Object.fromEntries(rows.map((row) => [row.mode, skillPoints(softReset(row, row.season, season))]));
}

/** An identity's time of last use is written at most this often. */
const SEEN_EVERY_MS = 3_600_000;

/** Notes that a device is in use. */
async function noteSeen(db: Db, { identity, atMs }: { identity: string; atMs: number }): Promise<void> {
  await db
    .updateTable("identity")
    .set({ seenAt: atMs })
    .where("sub", "=", identity)
    .where("seenAt", "<", atMs - SEEN_EVERY_MS)
    .execute();
}

export const queries = { entrantOf, noteSeen };
