/** Measures the ratings for `npm run balance -- --ratings`, and judges them by their goals. */
import type { Verdict } from "#loadtest/balance/targets.ts";
import { mean } from "#shared/figures/stats.ts";
import { pointsOf, type Skill } from "#shared/rating/skill.ts";
import { ALL_COUNT, PROVEN } from "#shared/rating/worth.ts";
import { MODE_NAMES } from "#shared/schema/names.ts";
import { FARM_KINDS, type FarmKind, farm } from "./farms.ts";
import { type Ladders, measureLadders, measureSeasons, type SeasonEnd } from "./figures.ts";
import { LATE_GAMES } from "./people.ts";

export interface Findings {
  readonly matches: number;
  readonly ladders: Ladders;
  /** Without the rule on what an opponent proves. */
  readonly unruled: Ladders;
  readonly seasons: readonly SeasonEnd[];
  readonly farms: readonly Farm[];
}

export interface Farm {
  readonly kind: FarmKind;
  readonly isTeamed: boolean;
  readonly account: AccountKind;
  /** Points at first, and how many the farm adds. */
  readonly from: number;
  readonly gain: number;
  /** Without the rule. */
  readonly unruledGain: number;
}

/** An account that farms: a new one, and those of an average and a weak player who were rated honestly. */
export type AccountKind = "new" | "average" | "weak";

const accountsOf = (isTeamed: boolean): Record<AccountKind, Skill> => {
  const sigma = isTeamed ? 2.9 : 1;
  return { new: { mu: 25, sigma: 25 / 3 }, average: { mu: 25, sigma }, weak: { mu: 15, sigma } };
};

export function measure(matches: number, seed: number): Findings {
  return {
    matches,
    ladders: measureLadders(matches, seed, PROVEN),
    unruled: measureLadders(matches, seed, ALL_COUNT),
    seasons: measureSeasons(matches, seed, PROVEN),
    farms: [false, true].flatMap(farmsOf),
  };
}

const farmsOf = (isTeamed: boolean): Farm[] =>
  (Object.entries(accountsOf(isTeamed)) as [AccountKind, Skill][]).flatMap(([account, skill]) =>
    FARM_KINDS.map((kind) => ({
      ...{ kind, isTeamed, account, from: pointsOf(skill) },
      gain: farm(kind, isTeamed, skill, PROVEN),
      unruledGain: farm(kind, isTeamed, skill, ALL_COUNT),
    })),
  );

const CORRELATION_MIN = 0.9;
/** Half of the 95 % interval of a rank correlation of 300 pairs at 0.9 (Bonett and Wright, 2000). */
const CHANCE = 0.026;
/** Points of one season; mu of nine. */
const DRIFT_MAX = { points: 15, mu: 1 } as const;
const UNHURT = 0.02;
const SMURF_MATCHES_MAX = 50;
/** Points that farming may add to an account that was rated honestly, in 500 matches. */
const FARMED_MAX = 100;

export function judgeRatings({ ladders, unruled, seasons, farms }: Findings): Verdict[] {
  const all = (of: Ladders) => mean(Object.values(of.correlation));
  const drift = driftOf(seasons);
  const muDrift = (seasons.at(-1)?.mu ?? Number.NaN) - (seasons[0]?.mu ?? Number.NaN);
  return [
    atLeast(`rank correlation after ${LATE_GAMES} matches, mean`, CORRELATION_MIN, all(ladders), 0),
    ...MODE_NAMES.map((mode) => atLeast(`… ${mode}`, CORRELATION_MIN, ladders.correlation[mode], CHANCE)),
    atMost("points gained a season, last five", DRIFT_MAX.points, Math.abs(drift), drift),
    atMost("mu gained in ten seasons", DRIFT_MAX.mu, Math.abs(muDrift), muDrift),
    farmVerdict(farms),
    newAccountVerdict(farms, ladders),
    atMost("correlation that the rule costs", UNHURT, all(unruled) - all(ladders)),
    atMost("points by which leaving when behind pays", 0, ladders.quittersGain),
    atMost("matches until a smurf passes 90 %", SMURF_MATCHES_MAX, ladders.smurfMatches),
  ];
}

/** Points a season, over the last five: before, points still rise with certainty. */
function driftOf(seasons: readonly SeasonEnd[]): number {
  const last = seasons.slice(-5);
  return ((last.at(-1)?.points ?? Number.NaN) - (last[0]?.points ?? Number.NaN)) / (last.length - 1);
}

function farmVerdict(farms: readonly Farm[]): Verdict {
  const rated = farms.filter(({ account }) => account !== "new");
  const most = Math.max(...rated.map(({ gain }) => gain));
  const unruled = Math.max(...rated.map(({ unruledGain }) => unruledGain));
  return {
    ...atMost("points that 500 farmed matches add to an account", FARMED_MAX, most),
    found: `${most} (without the rule ${unruled})`,
  };
}

/** A farmed new account stays below what an average player's honest matches reach. */
function newAccountVerdict(farms: readonly Farm[], { median }: Ladders): Verdict {
  const excess = farms
    .filter(({ account }) => account === "new")
    .map(({ isTeamed, from, gain }) => from + gain - (isTeamed ? median.teamDeathmatch : median.deathmatch));
  return atMost("points of a farmed new account above the median", 0, Math.max(...excess));
}

const atLeast = (what: string, least: number, found: number, chance: number): Verdict => {
  const ok = found >= least - chance;
  const mark = found >= least ? "✓" : ok ? "≈" : "✗";
  return { what, wanted: `≥ ${least}`, found: found.toFixed(3), ok, mark };
};

function atMost(what: string, most: number, found: number, shown = found): Verdict {
  const ok = found <= most;
  const digits = Math.abs(most) >= 5 || most === 0 ? 0 : 2;
  return { what, wanted: `≤ ${most}`, found: shown.toFixed(digits), ok, mark: ok ? "✓" : "✗" };
}
