/** Adds a public result to the careers of its people: medals, challenges, personal bests, and the looks that they unlock. */
import type { Insertable } from "kysely";
import type { Db } from "#server/store/database/database.ts";
import type { Tables } from "#server/store/database/tables.ts";
import { upsert } from "#server/store/database/upsert.ts";
import { type ChallengeName, challengeOf, challengesOf, weeklyOf } from "#shared/career/challenges.ts";
import { LOOK_PARTS } from "#shared/career/looks.ts";
import { kindOf, MEDAL_NAMES, type MedalName, medalsIn } from "#shared/career/medals.ts";
import { ownedLooks } from "#shared/career/unlocks.ts";
import type { CareerGain, ChallengeGain } from "#shared/protocol/progress.ts";
import { levelOf } from "#shared/rating/level.ts";
import { dayOf, weekOf } from "#shared/rating/season.ts";
import type { ModeName } from "#shared/schema/names.ts";
import { addTiers, type CareerNow, careersOf } from "./careers.ts";
import type { MatchResult } from "./matchResult.ts";
import type { Person } from "./resultPlayers.ts";
import { addSums, isWinner, type PlayerNow, playedMatch, raiseXp, seatXp } from "./resultSums.ts";

/**
 * Counts the sums as well. `players`: after the experience of the match itself. Returns what challenges added to it, by player
 * id. What each player gained is kept, so that a second attempt answers the same.
 */
export async function addCareers(
  db: Db,
  matchId: number,
  result: MatchResult,
  people: readonly Person[],
  players: ReadonlyMap<number, PlayerNow>,
): Promise<Map<number, number>> {
  if (people.length === 0) return new Map();
  const ids = people.map(({ playerId }) => playerId);
  const before = await careersOf(db, ids);
  await addSums(db, result, people);
  const challenges = await addChallenges(db, result, people);
  const rewards = new Map(
    ids.map((id) => [id, (challenges.get(id) ?? []).reduce((total, { xp }) => total + xp, 0)]),
  );
  await raiseXp(db, result, rewards);
  const rows = people.map((person) => {
    const { playerId } = person;
    const was = before.get(playerId);
    if (!was) throw new Error(`player ${playerId} has no career`);
    const advanced = challenges.get(playerId) ?? [];
    const medals = new Set(person.seats.flatMap((seat) => medalsIn(playedMatch(result, seat))));
    const is = careerAfter(was, result, person, { medals, challenges: advanced });
    const xp = players.get(playerId)?.xp ?? 0;
    const levels = {
      before: levelOf(xp - person.seats.reduce((total, seat) => total + seatXp(result, seat), 0)).level,
      after: levelOf(xp + (rewards.get(playerId) ?? 0)).level,
    };
    const gain: CareerGain = {
      medals: medalsGained(medals, was, is),
      challenges: advanced,
      looks: looksGained(was, is, levels),
      bests: bestsGained(result.mode, was, is),
    };
    return { playerId, matchId, gain: JSON.stringify(gain) };
  });
  await upsert(db, "playerGain", { playerId: "key", matchId: "set", gain: "set" }, rows);
  return rewards;
}

/** Computed, and not read again: it follows from what was there and what the match adds. */
function careerAfter(
  before: CareerNow,
  { mode, arena, ...result }: MatchResult,
  { seats }: Person,
  added: { medals: ReadonlySet<MedalName>; challenges: readonly ChallengeGain[] },
): CareerNow {
  const { lifetime, medals, challenges, bests } = before;
  const sum = (of: (seat: Person["seats"][number]) => number) =>
    seats.reduce((total, seat) => total + of(seat), 0);
  const most = (of: (seat: Person["seats"][number]) => number) => Math.max(0, ...seats.map(of));
  const best = bests.get(mode) ?? { score: 0, kills: 0, streak: 0 };
  const after: CareerNow = {
    lifetime: {
      matches: lifetime.matches + 1,
      wins: lifetime.wins + (seats.some((seat) => isWinner(result, seat)) ? 1 : 0),
      kills: lifetime.kills + sum(({ kills }) => kills),
      assists: lifetime.assists + sum(({ assists }) => assists),
      flags: lifetime.flags + sum(({ flags }) => flags),
      playedSec: lifetime.playedSec + sum(({ playedSec }) => playedSec),
      arenas: 0,
    },
    medals: { ...medals },
    challenges: challenges + added.challenges.filter(({ xp }) => xp > 0).length,
    arenas: new Set([...before.arenas, arena]),
    bests: new Map(bests).set(mode, {
      score: Math.max(
        best.score,
        most(({ score }) => score),
      ),
      kills: Math.max(
        best.kills,
        most(({ kills }) => kills),
      ),
      streak: Math.max(
        best.streak,
        most(({ longestStreak }) => longestStreak),
      ),
    }),
  };
  for (const medal of added.medals) after.medals[medal] = (medals[medal] ?? 0) + 1;
  addTiers(after);
  return after;
}

function medalsGained(
  ofMatch: ReadonlySet<MedalName>,
  before: CareerNow,
  after: CareerNow,
): CareerGain["medals"] {
  return MEDAL_NAMES.flatMap((medal): CareerGain["medals"] => {
    if (kindOf(medal) === "match") return ofMatch.has(medal) ? [{ medal, tier: null }] : [];
    const tier = after.medals[medal] ?? 0;
    return tier > (before.medals[medal] ?? 0) ? [{ medal, tier }] : [];
  });
}

function looksGained(
  before: CareerNow,
  after: CareerNow,
  levels: { before: number; after: number },
): CareerGain["looks"] {
  const had = ownedLooks({ ...before, level: levels.before });
  const has = ownedLooks({ ...after, level: levels.after });
  return LOOK_PARTS.flatMap((part) =>
    has[part]
      .filter((name) => !(had[part] as readonly string[]).includes(name))
      .map((name) => ({ part, name })),
  );
}

const BESTS = ["score", "kills", "streak"] as const;

/** None in a first match of the mode: everything would be a best. */
function bestsGained(mode: ModeName, before: CareerNow, after: CareerNow): CareerGain["bests"] {
  const [was, is] = [before.bests.get(mode), after.bests.get(mode)];
  if (!was || !is) return [];
  return BESTS.filter((of) => was[of] > 0 && is[of] > was[of]).map((of) => ({ of, value: is[of] }));
}

/** Returns what the match advanced, by player id. A challenge that was completed before is no news. */
async function addChallenges(
  db: Db,
  result: MatchResult,
  people: readonly Person[],
): Promise<Map<number, ChallengeGain[]>> {
  const before = await challengesBefore(db, result, people);
  const gains = new Map<number, ChallengeGain[]>();
  const rows: Insertable<Tables["playerChallenge"]>[] = [];
  for (const { playerId, seats } of people) {
    const own: ChallengeGain[] = [];
    for (const { challenge, period } of currentAt(result.endedAt)) {
      const { measure, goal, xp } = challengeOf(challenge);
      const added = seats.reduce((total, seat) => total + measure(playedMatch(result, seat)), 0);
      if (added === 0) continue;
      const was = before.get(`${playerId} ${challenge}`);
      const progress = (was?.progress ?? 0) + added;
      const isKnown = (was?.reward ?? 0) > 0;
      const reward = !isKnown && progress >= goal ? xp : 0;
      rows.push({ playerId, period, challenge, progress: added, reward });
      if (!isKnown) own.push({ challenge, progress, goal, xp: reward });
    }
    gains.set(playerId, own);
  }
  const sums = { progress: "add", reward: "add" } as const;
  await upsert(db, "playerChallenge", { playerId: "key", period: "key", challenge: "key", ...sums }, rows);
  return gains;
}

/** Those of the day and of the week. */
export function currentAt(timeMs: number): { challenge: ChallengeName; period: number }[] {
  const [day, week] = [dayOf(timeMs), weekOf(timeMs)];
  return [
    ...challengesOf(day).map((challenge) => ({ challenge, period: day })),
    { challenge: weeklyOf(week), period: week },
  ];
}

/** By "PLAYER CHALLENGE". */
async function challengesBefore(db: Db, { endedAt }: MatchResult, people: readonly Person[]) {
  const rows = await db
    .selectFrom("playerChallenge")
    .selectAll()
    .where(
      "playerId",
      "in",
      people.map(({ playerId }) => playerId),
    )
    .where("period", "in", [dayOf(endedAt), weekOf(endedAt)])
    .execute();
  return new Map(rows.map((row) => [`${row.playerId} ${row.challenge}`, row]));
}
