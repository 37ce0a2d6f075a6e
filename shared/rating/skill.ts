/** A person's skill in a mode, and the points that show it. */
import { seasonsBetween } from "./season.ts";

/** A normal distribution: its mean, and how uncertain it is (its standard deviation). */
export interface Skill {
  mu: number;
  sigma: number;
}

export const NEWCOMER: Skill = { mu: 25, sigma: 25 / 3 };

/**
 * The points that are shown and ranked: a whole number ≥ 0 that grows with mu − 3 sigma, a skill that is almost certainly
 * reached. A newcomer has 1000.
 */
export const pointsOf = ({ mu, sigma }: Skill): number =>
  Math.max(0, Math.round(1000 + 40 * (mu - 3 * sigma)));

/** Width of the buckets by which ranks are counted (server/store/results/ladder.ts). */
export const POINTS_PER_BUCKET = 16;
export const bucketOf = (points: number): number => Math.floor(points / POINTS_PER_BUCKET);

/** Rated games in a season after which a player shows on the leaderboard. */
export const LISTED_AFTER_GAMES = 5;

/** Share of the distance to a newcomer's mean by which a new season moves each player. */
const RESET_SHARE = 0.25;
const RESET_SIGMA_MIN = 4;

/** The skill with which a player of an earlier season begins this one. */
export function softReset(skill: Skill, lastSeason: number, season: number): Skill {
  let { mu, sigma } = skill;
  for (let passed = seasonsBetween(lastSeason, season); passed > 0; passed--) {
    mu += (NEWCOMER.mu - mu) * RESET_SHARE;
    sigma = Math.max(sigma, RESET_SIGMA_MIN);
  }
  return { mu, sigma };
}
