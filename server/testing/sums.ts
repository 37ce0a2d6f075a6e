/** Everything that is counted, by identity instead of by row id: to compare two stores, or a store with a plain fold. */
import type { Db } from "#server/store/database/database.ts";
import { uuidText } from "#server/store/database/uuid.ts";
import type { MatchPlayer, MatchResult } from "#server/store/results/matchResult.ts";
import { challengeOf, challengesOf, weeklyOf } from "#shared/career/challenges.ts";
import { medalsIn } from "#shared/career/medals.ts";
import { xpOf } from "#shared/rating/level.ts";
import { dayOf, weekOf } from "#shared/rating/season.ts";

/** Sums by "IDENTITY …": of one store, or of a list of matches. */
export interface Sums {
  matches: string[];
  /** Without the rewards of challenges. */
  xp: Record<string, number>;
  modes: Record<string, Record<string, number>>;
  weapons: Record<string, Record<string, number>>;
  arenas: Record<string, number>;
  medals: Record<string, number>;
  /** Progress by "IDENTITY PERIOD CHALLENGE". */
  challenges: Record<string, number>;
}

/** Adds up by a plain loop what the store must have of the matches. Every identity is a player of its own. */
export function sumUp(matches: readonly MatchResult[]): Sums {
  const sums: Sums = { matches: [], xp: {}, modes: {}, weapons: {}, arenas: {}, medals: {}, challenges: {} };
  for (const match of matches) {
    sums.matches.push(match.id);
    const seen = new Set<string>();
    const earned = new Set<string>();
    for (const player of match.players) {
      const { identity } = player;
      if (identity === null) continue;
      addSeat(sums, match, player, identity, !seen.has(identity));
      if (!match.isHosted) addCareer(sums, match, player, identity, earned);
      seen.add(identity);
    }
  }
  return sums;
}

function addSeat(
  sums: Sums,
  match: MatchResult,
  player: MatchPlayer,
  identity: string,
  isFirst: boolean,
): void {
  const isWin = player.place === 1 && player.left === null && match.players.length > 1;
  add(sums.xp, identity, match.isHosted ? 0 : xpOf(player, isWin));
  if (match.isHosted) return;
  const mode = rowOf(sums.modes, `${identity} ${match.mode}`);
  if (isFirst) add(mode, "matches", 1);
  if (isFirst) add(sums.arenas, `${identity} ${match.arena}`, 1);
  for (const field of [
    "kills",
    "deaths",
    "assists",
    "score",
    "damage",
    "flags",
    "hillSec",
    "playedSec",
  ] as const)
    add(mode, field, player[field]);
  mode.bestStreak = Math.max(mode.bestStreak ?? 0, player.longestStreak);
  mode.bestScore = Math.max(mode.bestScore ?? 0, player.score);
  mode.bestKills = Math.max(mode.bestKills ?? 0, player.kills);
  for (const [weapon, tally] of Object.entries(player.weapons)) {
    const row = rowOf(sums.weapons, `${identity} ${weapon}`);
    for (const [field, value] of Object.entries(tally)) add(row, field, value);
  }
}

/** `earned`: the medals of this match so far; each counts once. */
function addCareer(
  sums: Sums,
  match: MatchResult,
  player: MatchPlayer,
  identity: string,
  earned: Set<string>,
): void {
  const hasWon =
    player.place === 1 && player.left === null && match.players.length > 1 && match.how !== "draw";
  const isWin = hasWon && player.playedSec >= 30;
  const { mode, how, players, endedAt } = match;
  const played = { ...player, mode, how, isWin, players: players.length, awards: player.medals };
  for (const medal of medalsIn(played)) {
    const key = `${identity} ${medal}`;
    if (!earned.has(key)) add(sums.medals, key, 1);
    earned.add(key);
  }
  const current = [
    ...challengesOf(dayOf(endedAt)).map((name) => [dayOf(endedAt), name] as const),
    [weekOf(endedAt), weeklyOf(weekOf(endedAt))] as const,
  ];
  for (const [period, name] of current) {
    const progress = challengeOf(name).measure(played);
    if (progress > 0) add(sums.challenges, `${identity} ${period} ${name}`, progress);
  }
}

function rowOf(table: Record<string, Record<string, number>>, key: string): Record<string, number> {
  const row = table[key] ?? {};
  table[key] = row;
  return row;
}

function add(sums: Record<string, number>, key: string, value: number): void {
  // Sums of tenths differ by the order in which they are added.
  sums[key] = Math.round(((sums[key] ?? 0) + value) * 10) / 10;
}

/** The same of a store, with its ratings and ladder. */
export async function readSums(db: Db) {
  const subs = await db.selectFrom("identity").select(["sub", "playerId"]).execute();
  const owner = new Map(subs.map(({ sub, playerId }) => [playerId, sub]));
  const by = <Row extends { playerId: number }, Value>(
    rows: readonly Row[],
    suffix: (row: Row) => string | number,
    value: (row: Omit<Row, "playerId">) => Value,
  ): Record<string, Value> =>
    Object.fromEntries(
      rows.map(({ playerId, ...row }) => [
        `${owner.get(playerId)} ${suffix({ ...row, playerId } as Row)}`.trim(),
        value(row),
      ]),
    );
  const modes = await db.selectFrom("playerMode").selectAll().execute();
  const weapons = await db.selectFrom("playerWeapon").selectAll().execute();
  const arenas = await db.selectFrom("playerArena").selectAll().execute();
  const medals = await db.selectFrom("playerMedal").selectAll().execute();
  const ratings = await db.selectFrom("rating").selectAll().execute();
  const days = await db.selectFrom("ratingDay").selectAll().execute();
  const weeks = await db.selectFrom("playerWeek").selectAll().execute();
  const challenges = await db.selectFrom("playerChallenge").selectAll().execute();
  const rewardsOf = (id: number) =>
    challenges.filter(({ playerId }) => playerId === id).reduce((sum, { reward }) => sum + reward, 0);
  const players = (await db.selectFrom("player").select(["id as playerId", "xp"]).execute()).map(
    ({ playerId, xp }) => ({ playerId, xp: xp - rewardsOf(playerId) }),
  );
  const seats = await db.selectFrom("matchPlayer").selectAll().execute();
  const rows = await db.selectFrom("match").select(["id", "uuid"]).orderBy("id").execute();
  const matches = rows.map(({ id, uuid }) => ({ id, uuid: uuidText(uuid) }));
  const uuids = new Map(matches.map(({ id, uuid }) => [id, uuid]));
  return {
    matches: matches.map(({ uuid }) => uuid),
    seats: seats
      .map(({ matchId, playerId, ...seat }) => ({
        match: uuids.get(matchId),
        who: owner.get(playerId ?? 0),
        ...seat,
      }))
      .sort((one, other) => `${one.match} ${one.seat}`.localeCompare(`${other.match} ${other.seat}`)),
    xp: by(
      players,
      () => "",
      ({ xp }) => xp,
    ),
    modes: by(
      modes,
      ({ mode }) => mode,
      ({ mode: _mode, ...row }) => tenths(row),
    ),
    weapons: by(
      weapons,
      ({ weapon }) => weapon,
      ({ weapon: _weapon, ...row }) => row,
    ),
    arenas: by(
      arenas,
      ({ arena }) => arena,
      (row) => row.matches,
    ),
    medals: by(
      medals,
      ({ medal }) => medal,
      ({ count }) => count,
    ),
    challenges: by(
      challenges,
      ({ period, challenge }) => `${period} ${challenge}`,
      ({ progress }) => progress,
    ),
    ratings: by(
      ratings,
      ({ mode, season }) => `${mode} ${season}`,
      (row) => row,
    ),
    days: by(
      days,
      ({ mode, day }) => `${mode} ${day}`,
      ({ points }) => points,
    ),
    weeks: by(
      weeks,
      ({ mode, week }) => `${mode} ${week}`,
      (row) => row,
    ),
    buckets: await db.selectFrom("ratingBucket").selectAll().where("players", "<>", 0).execute(),
  };
}

const tenths = (row: Record<string, number>) =>
  Object.fromEntries(Object.entries(row).map(([key, value]) => [key, Math.round(value * 10) / 10]));
