/** Challenges of a day and of a week, drawn from a seeded table: everybody has the same ones. Server and page compute them. */
import { pickIndex, seededRandom } from "#shared/sim/random.ts";
import { isPlayed, killsBy, type PlayedMatch, shotsOf } from "./playedMatch.ts";

export interface Challenge {
  goal: number;
  /** Experience for reaching the goal, once. */
  xp: number;
  /** A whole number ≥ 0 that a match adds. */
  measure(match: PlayedMatch): number;
}

const of = (goal: number, xp: number, measure: Challenge["measure"]): Challenge => ({ goal, xp, measure });
const feat = (name: keyof PlayedMatch["feats"]) => (match: PlayedMatch) => match.feats[name] ?? 0;
const one = (is: boolean): number => (is ? 1 : 0);
const TEAM_MODES: readonly string[] = ["teamDeathmatch", "captureTheFlag"];

/** A day has one of each kind. A name is what the store keeps: it never changes, and is unique over all kinds. */
export const CHALLENGES = {
  fight: {
    dayKills: of(15, 60, ({ kills }) => kills),
    dayDamage: of(1500, 60, ({ damage }) => damage),
    dayAssists: of(5, 60, ({ assists }) => assists),
    dayStreak: of(1, 80, ({ longestStreak }) => one(longestStreak >= 4)),
    dayMultiKills: of(2, 80, feat("multiKill")),
    dayRevenge: of(3, 60, feat("revenge")),
    dayBounty: of(1, 80, feat("bounty")),
  },
  weapon: {
    dayBlaster: of(8, 60, (match) => killsBy(match, "blaster")),
    dayRail: of(3, 80, (match) => killsBy(match, "rail")),
    dayScatter: of(3, 80, (match) => killsBy(match, "scatter")),
    dayMortar: of(3, 80, (match) => killsBy(match, "mortar")),
    dayHits: of(100, 60, (match) => shotsOf(match).hits),
  },
  play: {
    dayMatches: of(3, 60, (match) => one(isPlayed(match))),
    dayWin: of(1, 80, ({ isWin }) => one(isWin)),
    dayMinutes: of(15 * 60, 60, ({ playedSec }) => Math.round(playedSec)),
    dayTeams: of(2, 60, (match) => one(isPlayed(match) && TEAM_MODES.includes(match.mode))),
    dayFlag: of(1, 100, ({ flags }) => flags),
    dayHill: of(45, 100, ({ hillSec }) => Math.round(hillSec)),
  },
  week: {
    weekKills: of(100, 300, ({ kills }) => kills),
    weekWins: of(5, 300, ({ isWin }) => one(isWin)),
    weekMatches: of(15, 300, (match) => one(isPlayed(match))),
    weekDamage: of(10_000, 300, ({ damage }) => damage),
    weekAssists: of(30, 300, ({ assists }) => assists),
  },
} as const satisfies Record<string, Record<string, Challenge>>;

type Kind = keyof typeof CHALLENGES;
export type ChallengeName = { [K in Kind]: keyof (typeof CHALLENGES)[K] }[Kind];

const BY_NAME: Readonly<Record<string, Challenge>> = Object.assign({}, ...Object.values(CHALLENGES));
export const challengeOf = (name: ChallengeName): Challenge => BY_NAME[name] as Challenge;
export const CHALLENGE_NAMES = Object.keys(BY_NAME) as ChallengeName[];

export const kindOf = (name: ChallengeName): Kind =>
  (Object.keys(CHALLENGES) as Kind[]).find((kind) => name in CHALLENGES[kind]) as Kind;

/** The order in which a kind's challenges come in one round of them all. */
function orderOf(kind: Kind, round: number): string[] {
  const random = seededRandom(round * 31 + Object.keys(CHALLENGES).indexOf(kind));
  const names = Object.keys(CHALLENGES[kind]);
  for (let last = names.length - 1; last > 0; last--) {
    const other = pickIndex(random, last + 1);
    [names[last], names[other]] = [names[other] as string, names[last] as string];
  }
  return names;
}

/** The challenge of a kind in a day or week. Two in a row differ, also where rounds meet. */
function drawn(kind: Kind, period: number): ChallengeName {
  const { length } = Object.keys(CHALLENGES[kind]);
  const round = Math.floor(period / length);
  const order = orderOf(kind, round);
  // The end of a round is never swapped, so looking back one round is enough.
  if (order[0] === orderOf(kind, round - 1).at(-1))
    [order[0], order[1]] = [order[1] as string, order[0] as string];
  return order[period - round * length] as ChallengeName;
}

const DAILY = ["fight", "weapon", "play"] as const;

/** Three, each of another kind. `day`: days since 1970, UTC (rating/season.ts). */
export const challengesOf = (day: number): ChallengeName[] => DAILY.map((kind) => drawn(kind, day));

/** `week`: as rating/season.ts counts them. */
export const weeklyOf = (week: number): ChallengeName => drawn("week", week);
