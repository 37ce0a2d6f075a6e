/** A person's skill in a mode, and the points that show it. */

/** A normal distribution: its mean, and how uncertain it is (its standard deviation). */
export interface Skill {
  mu: number;
  sigma: number;
}

export const NEWCOMER: Skill = { mu: 25, sigma: 25 / 3 };

/** What is shown and ranked: a skill that is almost certainly reached, as a whole number from 0; a newcomer has 1000. */
export const pointsOf = ({ mu, sigma }: Skill): number =>
  Math.max(0, Math.round(1000 + 40 * (mu - 3 * sigma)));

/** Ranks are counted by buckets of so many points. */
export const POINTS_PER_BUCKET = 16;
export const bucketOf = (points: number): number => Math.floor(points / POINTS_PER_BUCKET);

/** Rated games in a season after which a player shows on the leaderboard. */
export const LISTED_AFTER_GAMES = 5;
