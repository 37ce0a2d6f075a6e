/** Rates a result: the skills of its people in the season, the ladder's buckets, and the curve of each profile. */

import type { Db } from "#server/store/database/database.ts";
import { upsert } from "#server/store/database/upsert.ts";
import { rateMatch } from "#shared/rating/rating.ts";
import { dayOf, seasonOf } from "#shared/rating/season.ts";
import { bucketOf, NEWCOMER, pointsOf, type Skill, softReset } from "#shared/rating/skill.ts";
import { scoreWorth } from "#shared/rating/worth.ts";
import { isListed } from "./ladder.ts";
import type { MatchResult } from "./matchResult.ts";
import type { Person } from "./resultPlayers.ts";
import type { PlayerNow } from "./resultSums.ts";
import { durationSec } from "./resultTerms.ts";

export interface PointsMove {
  before: number;
  after: number;
  /** Points that the match adds to the score of the week. */
  weekScore: number;
}

interface Standing {
  skill: Skill;
  games: number;
  /** Undefined while the player is not on the leaderboard. */
  bucket: number | undefined;
}

/** The skills of rated people after the match, in the order of those before. */
export const skillsAfter = (
  result: MatchResult,
  rated: readonly Person[],
  before: readonly Skill[],
): Skill[] =>
  rateMatch(
    rated.map(({ seats: [{ team, place, playedSec, network, left }] }, at) => ({
      skill: before[at] ?? NEWCOMER,
      ...{ team, place, network, hasLeft: left !== null },
      share: Math.min(1, playedSec / durationSec(result)),
    })),
    result.teamScores !== null,
  );

/** Returns how much each rated person's score adds to the week's, in the order of `before`: as much as their opponents prove. */
export function weekScores(rated: readonly Person[], before: readonly Skill[]): number[] {
  const people = rated.map(({ seats: [{ team, network }] }, at) => ({
    ...{ skill: before[at] ?? NEWCOMER, team, network },
  }));
  return rated.map(({ seats: [{ score }] }, at) => {
    const person = people[at];
    // Adding 0 makes 0 of −0.
    return person ? Math.round(score * scoreWorth(person, people)) + 0 : 0;
  });
}

/** Rates the people of a rated match, all of whom `players` names. Returns their points by player id. */
export async function rateResult(
  db: Db,
  result: MatchResult,
  rated: readonly Person[],
  players: ReadonlyMap<number, PlayerNow>,
): Promise<Map<number, PointsMove>> {
  const { mode, endedAt } = result;
  const season = seasonOf(endedAt);
  const before = await standingsOf(db, result, rated);
  const skillsBefore = before.map(({ skill }) => skill);
  const skills = skillsAfter(result, rated, skillsBefore);
  const scores = weekScores(rated, skillsBefore);
  const rows = rated.map(({ playerId }, at) => {
    const { mu, sigma } = skills[at] ?? NEWCOMER;
    const games = (before[at]?.games ?? 0) + 1;
    const listed = isListed(players.get(playerId)?.hasAccount ?? false, games) ? (1 as const) : (0 as const);
    return { playerId, mode, season, mu, sigma, games, points: pointsOf({ mu, sigma }), listed };
  });
  await upsert(
    db,
    "rating",
    {
      ...{ playerId: "key", mode: "key", season: "key" },
      ...{ mu: "set", sigma: "set", games: "set", points: "set", listed: "set" },
    },
    rows,
  );
  await upsert(
    db,
    "ratingDay",
    { playerId: "key", mode: "key", day: "key", points: "set" },
    rows.map(({ playerId, points }) => ({ playerId, mode, day: dayOf(endedAt), points })),
  );
  await moveBuckets(
    db,
    result,
    rows.map(({ points, listed }, at) => ({
      from: before[at]?.bucket,
      to: listed ? bucketOf(points) : undefined,
    })),
  );
  return new Map(
    rows.map(({ playerId, points }, at) => [
      playerId,
      {
        before: pointsOf(before[at]?.skill ?? NEWCOMER),
        after: points,
        weekScore: scores[at] ?? 0,
      },
    ]),
  );
}

/** Where each of them stands in the season, before the match; in a new season after the soft reset. */
async function standingsOf(
  db: Db,
  { mode, endedAt }: MatchResult,
  rated: readonly Person[],
): Promise<Standing[]> {
  const season = seasonOf(endedAt);
  const ids = rated.map(({ playerId }) => playerId);
  const rows = await db
    .selectFrom("rating")
    .select(["playerId", "season", "mu", "sigma", "games", "points", "listed"])
    .where("playerId", "in", ids)
    .where("mode", "=", mode)
    .where("season", "<=", season)
    .orderBy("season")
    .execute();
  const newest = new Map(rows.map((row) => [row.playerId, row]));
  return ids.map((id) => {
    const row = newest.get(id);
    if (!row) return { skill: NEWCOMER, games: 0, bucket: undefined };
    const { mu, sigma, games, points, listed } = row;
    if (row.season === season)
      return { skill: { mu, sigma }, games, bucket: listed ? bucketOf(points) : undefined };
    return { skill: softReset({ mu, sigma }, row.season, season), games: 0, bucket: undefined };
  });
}

/** Keeps the count of listed players in each bucket of points. */
async function moveBuckets(
  db: Db,
  { mode, endedAt }: MatchResult,
  moves: readonly { from: number | undefined; to: number | undefined }[],
): Promise<void> {
  const changes = new Map<number, number>();
  const count = (bucket: number | undefined, by: number) => {
    if (bucket !== undefined) changes.set(bucket, (changes.get(bucket) ?? 0) + by);
  };
  for (const { from, to } of moves) {
    count(from, -1);
    count(to, 1);
  }
  const rows = [...changes]
    .filter(([, players]) => players !== 0)
    .sort(([one], [other]) => one - other)
    .map(([bucket, players]) => ({ mode, season: seasonOf(endedAt), bucket, players }));
  await upsert(db, "ratingBucket", { mode: "key", season: "key", bucket: "key", players: "add" }, rows);
}
