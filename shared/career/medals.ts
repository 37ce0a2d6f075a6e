/** The 30 medals: those of a match, which can be earned again in each, and those of a lifetime, which have tiers. */
import type { AwardName } from "#shared/schema/names.ts";
import { killsBy, type PlayedMatch, shotsOf } from "./playedMatch.ts";

/** Sums over all public matches. */
export interface Lifetime {
  matches: number;
  wins: number;
  kills: number;
  assists: number;
  flags: number;
  playedSec: number;
  /** How many different arenas. */
  arenas: number;
}

interface MatchMedal {
  kind: "match";
  earned(match: PlayedMatch): boolean;
}
interface LifetimeMedal {
  kind: "lifetime";
  measure(lifetime: Lifetime): number;
  /** The sum that each tier takes, ascending. */
  tiers: readonly number[];
}

const inMatch = (earned: MatchMedal["earned"]): MatchMedal => ({ kind: "match", earned });
const inLifetime = (measure: LifetimeMedal["measure"], ...tiers: number[]): LifetimeMedal => ({
  ...{ kind: "lifetime", measure, tiers },
});
/** The room gives these at the end of a match, one player each (modes/awards.ts). */
const award = (name: AwardName): MatchMedal => inMatch(({ awards }) => awards.includes(name));

const MARKSMAN = { shots: 30, share: 0.5 } as const;

/** A name is what the store keeps: it never changes. Their order is that of the page. */
export const MEDALS = {
  kills: award("kills"),
  streak: award("streak"),
  accuracy: award("accuracy"),
  carries: award("carries"),

  victory: inMatch(({ isWin }) => isWin),
  decided: inMatch(({ isWin, how }) => isWin && how === "scoreLimit"),
  crowded: inMatch(({ isWin, players }) => isWin && players >= 8),
  spotless: inMatch(({ kills, deaths }) => kills >= 5 && deaths === 0),
  unstoppable: inMatch(({ longestStreak }) => longestStreak >= 8),
  onslaught: inMatch(({ kills }) => kills >= 15),
  heavyHitter: inMatch(({ damage }) => damage >= 2000),
  marksman: inMatch((match) => {
    const { shots, hits } = shotsOf(match);
    return shots >= MARKSMAN.shots && hits >= MARKSMAN.share * shots;
  }),
  double: inMatch(({ feats }) => (feats.multiKill ?? 0) >= 1),
  avenger: inMatch(({ feats }) => (feats.revenge ?? 0) >= 3),
  bountyHunter: inMatch(({ feats }) => (feats.bounty ?? 0) >= 1),
  wingman: inMatch(({ assists }) => assists >= 5),
  railman: inMatch((match) => killsBy(match, "rail") >= 4),
  bombardier: inMatch((match) => killsBy(match, "mortar") >= 4),
  closeUp: inMatch((match) => killsBy(match, "scatter") >= 4),
  blasterOnly: inMatch((match) => killsBy(match, "blaster") >= 8),
  courier: inMatch(({ flags }) => flags >= 2),
  flagGuard: inMatch(({ feats }) => (feats.flagSave ?? 0) >= 3),
  holder: inMatch(({ hillSec }) => hillSec >= 60),
  hillGuard: inMatch(({ feats }) => (feats.hillSave ?? 0) >= 3),

  veteran: inLifetime(({ matches }) => matches, 10, 100, 500),
  victor: inLifetime(({ wins }) => wins, 5, 50, 250),
  hunter: inLifetime(({ kills }) => kills, 100, 1000, 10_000),
  helper: inLifetime(({ assists }) => assists, 25, 250, 2500),
  bearer: inLifetime(({ flags }) => flags, 5, 50, 250),
  traveller: inLifetime(({ arenas }) => arenas, 2, 3, 5),
} as const satisfies Record<string, MatchMedal | LifetimeMedal>;

export type MedalName = keyof typeof MEDALS;
export const MEDAL_NAMES = Object.keys(MEDALS) as MedalName[];

export const isMedalName = (name: string): name is MedalName => Object.hasOwn(MEDALS, name);

export const kindOf = (name: MedalName): "match" | "lifetime" => MEDALS[name].kind;

/** The sums that the tiers of a lifetime medal take; empty for a medal of a match. */
export const tiersOf = (name: MedalName): readonly number[] => {
  const medal: MatchMedal | LifetimeMedal = MEDALS[name];
  return medal.kind === "lifetime" ? medal.tiers : [];
};

/** The medals of matches that this one brings, in the table's order. */
export const medalsIn = (match: PlayedMatch): MedalName[] =>
  MEDAL_NAMES.filter((name) => {
    const medal: MatchMedal | LifetimeMedal = MEDALS[name];
    return medal.kind === "match" && medal.earned(match);
  });

/** How far a lifetime medal is, and which tier is reached: 0 is none. Zeros for a medal of a match. */
export function standingOf(name: MedalName, lifetime: Lifetime): { value: number; tier: number } {
  const medal: MatchMedal | LifetimeMedal = MEDALS[name];
  if (medal.kind === "match") return { value: 0, tier: 0 };
  const value = medal.measure(lifetime);
  return { value, tier: medal.tiers.filter((needed) => value >= needed).length };
}
