/** A person's skill in a mode, and the points that show it. */

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
