/** Compares the simulated ladders with the hidden skills. */
import { mean, median } from "#shared/figures/stats.ts";
import { LISTED_AFTER_GAMES, pointsOf, type Skill } from "#shared/rating/skill.ts";
import type { Worth } from "#shared/rating/worth.ts";
import { MODE_NAMES, type ModeName } from "#shared/schema/names.ts";
import type { Person } from "./people.ts";
import { World } from "./world.ts";

/** By mode. */
export type ByMode = Readonly<Record<ModeName, number>>;

export interface Ladders {
  /** Spearman's rank correlation of hidden skill with the points after LATE_GAMES matches. */
  readonly correlation: ByMode;
  /** Of the points, at the end. */
  readonly median: ByMode;
  /** Points of quitters beyond those of steady players of the same hidden skill. */
  readonly quittersGain: number;
  /** Matches after which a strong player on a new account passes nine in ten of the others. */
  readonly smurfMatches: number;
}

const SMURFS = 15;
const SMURF_HIDDEN = 1.6;

/** One season. */
export function measureLadders(matches: number, seed: number, worth: Worth): Ladders {
  const world = new World(seed, worth);
  world.playUntil(matches / 2);
  for (let added = 0; added < SMURFS; added++) world.addSmurf(SMURF_HIDDEN);
  const smurfMatches = playUntilKnown(world, matches);
  world.playUntil(matches);
  const { regulars } = world;
  const perMode = (read: (mode: ModeName) => number) =>
    Object.fromEntries(MODE_NAMES.map((mode) => [mode, read(mode)])) as Record<ModeName, number>;
  return {
    smurfMatches,
    correlation: perMode((mode) => lateCorrelation(regulars, mode)),
    median: perMode((mode) => median(regulars.map((person) => pointsOf(person.ladders[mode].skill)))),
    quittersGain: mean(MODE_NAMES.map((mode) => gainOfQuitters(regulars, mode))),
  };
}

/** Plays on; returns the matches, in deathmatch, that the smurfs needed on average. */
function playUntilKnown(world: World, matchesMax: number): number {
  const needed = new Map<Person, number>();
  while (needed.size < world.smurfs.length && world.matches < matchesMax) {
    world.playUntil(world.matches + SMURFS);
    const all = sorted(world.regulars.map(({ ladders }) => pointsOf(ladders.deathmatch.skill)));
    const high = all[Math.floor(all.length * 0.9)] ?? Number.NaN;
    for (const smurf of world.smurfs) {
      const { skill, gamesEver } = smurf.ladders.deathmatch;
      if (!needed.has(smurf) && pointsOf(skill) > high) needed.set(smurf, gamesEver);
    }
  }
  return needed.size < world.smurfs.length ? Number.POSITIVE_INFINITY : mean([...needed.values()]);
}

function lateCorrelation(people: readonly Person[], mode: ModeName): number {
  const late = people.filter((person) => person.ladders[mode].pointsThen !== undefined);
  if (late.length < people.length) return Number.NaN;
  return rankCorrelation(
    late.map(({ hidden }) => hidden),
    late.map((person) => person.ladders[mode].pointsThen ?? 0),
  );
}

/** Points of each quitter against a straight line through those of steady players. */
function gainOfQuitters(people: readonly Person[], mode: ModeName): number {
  const points = (person: Person) => pointsOf(person.ladders[mode].skill);
  const steady = people.filter(({ kind }) => kind === "steady");
  const hidden = mean(steady.map((each) => each.hidden));
  const level = mean(steady.map(points));
  const slope =
    mean(steady.map((each) => (each.hidden - hidden) * (points(each) - level))) /
    mean(steady.map((each) => (each.hidden - hidden) ** 2));
  const quitters = people.filter(({ kind }) => kind === "quitter");
  return mean(quitters.map((each) => points(each) - level - slope * (each.hidden - hidden)));
}

/** Share of the regulars whom others replace in each season. */
const TURNOVER = 0.1;

/** Means over the active players of all ladders at a season's end. */
export interface SeasonEnd {
  readonly points: number;
  /** The estimate of the skill alone: points also rise as it becomes more certain. */
  readonly mu: number;
}

/** Ten seasons. */
export function measureSeasons(matches: number, seed: number, worth: Worth): SeasonEnd[] {
  const world = new World(seed, worth);
  return SEASONS.map((season, at) => {
    world.beginSeason(season);
    if (at > 0) world.replaceRegulars(TURNOVER);
    world.playUntil((matches * (at + 1)) / SEASONS.length);
    const skills = activeSkills(world, season);
    return { points: mean(skills.map(pointsOf)), mu: mean(skills.map(({ mu }) => mu)) };
  });
}

const SEASONS = [20261, 20262, 20263, 20264, 20271, 20272, 20273, 20274, 20281, 20282];

const activeSkills = ({ regulars }: World, season: number): Skill[] =>
  regulars.flatMap(({ ladders }) =>
    Object.values(ladders)
      .filter((standing) => standing.season === season && standing.games >= LISTED_AFTER_GAMES)
      .map(({ skill }) => skill),
  );

/** Spearman's; equal values share the mean of their ranks. */
export function rankCorrelation(ones: readonly number[], others: readonly number[]): number {
  const [a, b] = [ranksOf(ones), ranksOf(others)];
  const middle = (ones.length - 1) / 2;
  const covariance = (left: readonly number[], right: readonly number[]) =>
    mean(left.map((rank, at) => (rank - middle) * ((right[at] ?? middle) - middle)));
  return covariance(a, b) / Math.sqrt(covariance(a, a) * covariance(b, b));
}

function ranksOf(values: readonly number[]): number[] {
  const order = sorted(values);
  return values.map((value) => (order.indexOf(value) + order.lastIndexOf(value)) / 2);
}

const sorted = (values: readonly number[]): number[] => [...values].sort((a, b) => a - b);
