/** Adds a result to the sums of its people: experience, modes, weapons, arenas, medals, the week. */

import type { Db } from "#server/store/database/database.ts";
import { upsert } from "#server/store/database/upsert.ts";
import { medalsIn } from "#shared/career/medals.ts";
import { isPlayed, type PlayedMatch } from "#shared/career/playedMatch.ts";
import { xpOf } from "#shared/rating/level.ts";
import { weekOf } from "#shared/rating/season.ts";
import type { MatchPlayer, MatchResult } from "./matchResult.ts";
import type { Person } from "./resultPlayers.ts";

/** Only players who stayed, and had an opponent, can win. */
export const isWinner = (
  { how, players }: Pick<MatchResult, "how"> & { players: readonly unknown[] },
  { place, left }: Pick<MatchPlayer, "place" | "left">,
): boolean =>
  place === 1 && left === null && players.length > 1 && (how === "scoreLimit" || how === "timeLimit");

/** What a seat earns: a whole number ≥ 0. */
export const seatXp = (result: MatchResult, player: MatchPlayer): number =>
  result.isHosted ? 0 : xpOf(player, isWinner(result, player));

/** The match from the side of one seat, as medals and challenges are judged. */
export const playedMatch = (result: MatchResult, seat: MatchPlayer): PlayedMatch => ({
  ...seat,
  mode: result.mode,
  how: result.how,
  isWin: isPlayed(seat) && isWinner(result, seat),
  players: result.players.length,
  awards: seat.medals,
});

const sum = <Item>(items: readonly Item[], value: (item: Item) => number): number =>
  items.reduce((total, item) => total + value(item), 0);

/** A player's state after a result. */
export interface PlayerNow {
  hasAccount: boolean;
  xp: number;
}

/**
 * Adds the experience; returns what each player now has, by id. It locks the players in the order of their ids, so that
 * transactions which follow on the same players wait here, and can never wait for each other.
 */
export async function addXp(
  db: Db,
  result: MatchResult,
  people: readonly Person[],
): Promise<Map<number, PlayerNow>> {
  if (people.length === 0) return new Map();
  const rows = await db
    .insertInto("player")
    .values(
      people.map(({ playerId, seats }) => ({
        id: playerId,
        createdAt: result.endedAt,
        xp: sum(seats, (seat) => seatXp(result, seat)),
      })),
    )
    .onConflict((conflict) =>
      conflict.column("id").doUpdateSet((eb) => ({ xp: eb("player.xp", "+", eb.ref("excluded.xp")) })),
    )
    .returning(["id", "name", "xp"])
    .execute();
  return new Map(rows.map(({ id, name, xp }) => [id, { hasAccount: name !== null, xp }]));
}

/** Adds more experience, by player id. */
export async function raiseXp(
  db: Db,
  { endedAt }: MatchResult,
  more: ReadonlyMap<number, number>,
): Promise<void> {
  const rows = [...more].filter(([, xp]) => xp > 0).map(([id, xp]) => ({ id, createdAt: endedAt, xp }));
  if (rows.length === 0) return;
  await db
    .insertInto("player")
    .values(rows)
    .onConflict((conflict) =>
      conflict.column("id").doUpdateSet((eb) => ({ xp: eb("player.xp", "+", eb.ref("excluded.xp")) })),
    )
    .execute();
}

export async function addSums(db: Db, result: MatchResult, people: readonly Person[]): Promise<void> {
  await addModes(db, result, people);
  await addWeapons(db, people);
  const { arena } = result;
  await upsert(
    db,
    "playerArena",
    { playerId: "key", arena: "key", matches: "add" },
    people.map(({ playerId }) => ({ playerId, arena, matches: 1 })),
  );
  await addMedals(db, result, people);
}

function addModes(db: Db, result: MatchResult, people: readonly Person[]): Promise<void> {
  const rows = people.map(({ playerId, seats }) => ({
    playerId,
    mode: result.mode,
    matches: 1,
    wins: seats.some((seat) => isWinner(result, seat)) ? 1 : 0,
    kills: sum(seats, ({ kills }) => kills),
    deaths: sum(seats, ({ deaths }) => deaths),
    assists: sum(seats, ({ assists }) => assists),
    score: sum(seats, ({ score }) => score),
    damage: sum(seats, ({ damage }) => damage),
    flags: sum(seats, ({ flags }) => flags),
    hillSec: sum(seats, ({ hillSec }) => hillSec),
    playedSec: sum(seats, ({ playedSec }) => playedSec),
    bestStreak: Math.max(...seats.map(({ longestStreak }) => longestStreak)),
    bestScore: Math.max(0, ...seats.map(({ score }) => score)),
    bestKills: Math.max(...seats.map(({ kills }) => kills)),
  }));
  return upsert(
    db,
    "playerMode",
    {
      ...{ playerId: "key", mode: "key", matches: "add", wins: "add", kills: "add", deaths: "add" },
      ...{ assists: "add", score: "add", damage: "add", flags: "add", hillSec: "add", playedSec: "add" },
      ...{ bestStreak: "max", bestScore: "max", bestKills: "max" },
    },
    rows,
  );
}

function addWeapons(db: Db, people: readonly Person[]): Promise<void> {
  const rows = people.flatMap(({ playerId, seats }) => {
    const tallies = seats.flatMap(({ weapons }) => Object.entries(weapons));
    return [...new Set(tallies.map(([weapon]) => weapon))].map((weapon) => {
      const used = tallies.filter(([name]) => name === weapon).map(([, tally]) => tally);
      return {
        ...{ playerId, weapon },
        shots: sum(used, ({ shots }) => shots),
        hits: sum(used, ({ hits }) => hits),
        kills: sum(used, ({ kills }) => kills),
        damage: sum(used, ({ damage }) => damage),
      };
    });
  });
  return upsert(
    db,
    "playerWeapon",
    { playerId: "key", weapon: "key", shots: "add", hits: "add", kills: "add", damage: "add" },
    rows,
  );
}

/** Each medal once a match, whatever the number of devices. */
function addMedals(db: Db, result: MatchResult, people: readonly Person[]): Promise<void> {
  const rows = people.flatMap(({ playerId, seats }) => {
    const medals = new Set(seats.flatMap((seat) => medalsIn(playedMatch(result, seat))));
    return [...medals].map((medal) => ({ playerId, medal, count: 1 }));
  });
  return upsert(db, "playerMedal", { playerId: "key", medal: "key", count: "add" }, rows);
}

/** `moves`: of those who were rated, by player id. */
export function addWeek(
  db: Db,
  { mode, endedAt }: MatchResult,
  moves: ReadonlyMap<number, { weekScore: number }>,
  players: ReadonlyMap<number, PlayerNow>,
): Promise<void> {
  const rows = [...moves].map(([playerId, { weekScore: score }]) => ({
    ...{ playerId, mode, week: weekOf(endedAt), matches: 1, score },
    listed: players.get(playerId)?.hasAccount ? (1 as const) : (0 as const),
  }));
  return upsert(
    db,
    "playerWeek",
    {
      ...{ playerId: "key", week: "key", mode: "key" },
      ...{ matches: "add", score: "add", listed: "set" },
    },
    rows,
  );
}
