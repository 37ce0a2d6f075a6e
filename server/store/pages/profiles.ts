/** Reads a player's public profile, and the progress that only the player sees. */
import type { Db } from "#server/store/database/database.ts";
import type { Tables } from "#server/store/database/tables.ts";
import { uuidText } from "#server/store/database/uuid.ts";
import { careersOf } from "#server/store/results/careers.ts";
import { readDetails } from "#server/store/results/details.ts";
import { isWinner } from "#server/store/results/resultSums.ts";
import type { LadderPlace, Me, StoredLine, StoredProfile } from "#shared/protocol/progress.ts";
import { levelOf } from "#shared/rating/level.ts";
import { dayOf, seasonOf, startOfDay, startOfSeason } from "#shared/rating/season.ts";
import type { ModeName } from "#shared/schema/names.ts";
import { medalCounts, newcomersCareer, ownCareer } from "./careers.ts";
import { rankOf } from "./leaderboards.ts";
import { durationOf, pointsOf } from "./matches.ts";

const MATCHES_SHOWN = 50;

/** An account's profile by its folded name (names.ts): the present name if that was a former one, null if nobody has it. */
async function profileOf(
  db: Db,
  { folded, atMs }: { folded: string; atMs: number },
): Promise<StoredProfile | { movedTo: string } | null> {
  const player = await db.selectFrom("player").selectAll().where("folded", "=", folded).executeTakeFirst();
  if (!player?.name) return movedFrom(db, folded);
  const { id, name, createdAt, xp, look } = player;
  const [ladders, curves, sums, arenas, careers, matches] = await Promise.all([
    laddersOf(db, id, atMs),
    curvesOf(db, id, atMs),
    sumsOf(db, id),
    db.selectFrom("playerArena").selectAll().where("playerId", "=", id).execute(),
    careersOf(db, [id]),
    matchesOf(db, id),
  ]);
  return {
    name,
    joinedAt: createdAt,
    level: levelOf(xp),
    ladders: ladders.map((ladder) => ({ ...ladder, curve: curves.get(ladder.mode) ?? [] })),
    ...sums,
    arenas: arenas.map(shown).sort((a, b) => b.matches - a.matches),
    medals: medalCounts(careers.get(id) ?? { medals: {} }),
    look,
    matches,
  };
}

async function movedFrom(db: Db, folded: string): Promise<{ movedTo: string } | null> {
  const former = await db
    .selectFrom("formerName")
    .innerJoin("player", "player.id", "formerName.playerId")
    .select("player.name")
    .where("formerName.folded", "=", folded)
    .executeTakeFirst();
  return former?.name ? { movedTo: former.name } : null;
}

/** The progress of an identity's player; that of a newcomer if nothing of theirs is kept. */
async function progressOf(
  db: Db,
  { identity, atMs }: { identity: string; atMs: number },
): Promise<Pick<Me, "name" | "level" | "ladders" | "career">> {
  const player = await db
    .selectFrom("identity")
    .innerJoin("player", "player.id", "identity.playerId")
    .select(["player.id", "player.name", "player.xp", "player.look"])
    .where("identity.sub", "=", identity)
    .executeTakeFirst();
  if (!player) return { name: null, level: levelOf(0), ladders: [], career: newcomersCareer(atMs) };
  const { id, name, xp } = player;
  const [ladders, careers, sums] = await Promise.all([
    laddersOf(db, id, atMs),
    careersOf(db, [id]),
    sumsOf(db, id),
  ]);
  const career = careers.get(id);
  return {
    ...{ name, level: levelOf(xp), ladders },
    career: career ? { ...(await ownCareer(db, player, career, atMs)), ...sums } : newcomersCareer(atMs),
  };
}

/** In the season of `atMs`, most played first. */
async function laddersOf(db: Db, playerId: number, atMs: number): Promise<LadderPlace[]> {
  const season = seasonOf(atMs);
  const rows = await db
    .selectFrom("rating")
    .select(["mode", "points", "games", "listed"])
    .where("playerId", "=", playerId)
    .where("season", "=", season)
    .execute();
  rows.sort((a, b) => b.games - a.games);
  return Promise.all(
    rows.map(async ({ mode, points, games, listed }) => ({
      mode,
      points,
      games,
      rank: listed === 1 ? await rankOf(db, { mode, span: "season", at: season }, points) : null,
    })),
  );
}

async function curvesOf(db: Db, playerId: number, atMs: number): Promise<Map<ModeName, [number, number][]>> {
  const rows = await db
    .selectFrom("ratingDay")
    .select(["mode", "day", "points"])
    .where("playerId", "=", playerId)
    .where("day", ">=", dayOf(startOfSeason(seasonOf(atMs))))
    .orderBy("mode")
    .orderBy("day")
    .execute();
  const curves = new Map<ModeName, [number, number][]>();
  for (const { mode, day, points } of rows) {
    const curve = curves.get(mode) ?? [];
    curve.push([startOfDay(day), points]);
    curves.set(mode, curve);
  }
  return curves;
}

type Sums = Pick<StoredProfile, "modes" | "weapons">;

async function sumsOf(db: Db, playerId: number): Promise<Sums> {
  const [modes, weapons] = await Promise.all([
    db.selectFrom("playerMode").selectAll().where("playerId", "=", playerId).execute(),
    db.selectFrom("playerWeapon").selectAll().where("playerId", "=", playerId).execute(),
  ]);
  return {
    modes: modes.map(shown).sort((a, b) => b.matches - a.matches),
    weapons: weapons.map(shown).sort((a, b) => b.kills - a.kills) as Sums["weapons"],
  };
}

const shown = <Row extends { playerId: number }>({ playerId: _playerId, ...row }: Row) => row;

/** The newest public ones, newest first. */
async function matchesOf(db: Db, playerId: number): Promise<StoredLine[]> {
  const rows = await db
    .selectFrom("matchPlayer")
    .innerJoin("match", "match.id", "matchPlayer.matchId")
    .select([
      "matchId",
      "uuid",
      "arena",
      "mode",
      "startedAt",
      "endedAt",
      "details",
      "seat",
      "pointsBefore",
      "pointsAfter",
    ])
    .where("playerId", "=", playerId)
    .where("isHosted", "=", 0)
    .orderBy("matchPlayer.matchId", "desc")
    .limit(MATCHES_SHOWN)
    .execute();
  // Two devices of an account in a match are two rows.
  return rows.filter(({ matchId }, at) => matchId !== rows[at - 1]?.matchId).flatMap(lineOf);
}

interface MatchRow
  extends Pick<Tables["match"], "uuid" | "arena" | "mode" | "startedAt" | "endedAt" | "details"> {
  seat: number;
  pointsBefore: number | null;
  pointsAfter: number | null;
}

function lineOf({ uuid, arena, mode, endedAt, ...row }: MatchRow): StoredLine[] {
  const match = readDetails(row.details);
  const own = match.players[row.seat];
  if (!own) return [];
  const { place, score, kills, deaths } = own;
  return [
    {
      ...{ id: uuidText(uuid), arena, mode, endedAt, durationSec: durationOf({ ...row, endedAt }) },
      players: match.players.length,
      isWin: isWinner(match, own),
      ...{ place, score, kills, deaths },
      points: pointsOf(row),
    },
  ];
}

export const queries = { profileOf, progressOf };
