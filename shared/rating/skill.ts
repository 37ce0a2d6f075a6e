/** A person's skill in a mode, the points that show it, and what one comparison tells of it. */

import { bradleyTerryFull } from "openskill/models";

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

/** Luck of one person in one match, on the scale of `mu`: half as large as the skills of newcomers differ. */
const BETA = NEWCOMER.sigma / 2;
/** Beyond every real skill: keeps openskill's exponentials finite. */
const MU_MAX = 1000;

/** The skills of one side after a comparison with another; `ahead` is above 0 if this side won, 0 for a tie. */
export function compare(side: readonly Skill[], other: readonly Skill[], ahead: number): Skill[] {
  const luck = { beta: BETA * Math.sqrt(Math.max(side.length, other.length)), gamma: () => 1 };
  const [ours, theirs] = [side.map(bounded), other.map(bounded)];
  // openskill's models expect the winner first.
  if (ahead < 0) return bradleyTerryFull([theirs, ours], { ...luck, rank: [0, 1] })[1] ?? [];
  return bradleyTerryFull([ours, theirs], { ...luck, rank: [0, ahead === 0 ? 0 : 1] })[0] ?? [];
}

const bounded = ({ mu, sigma }: Skill): Skill => ({ mu: Math.min(MU_MAX, Math.max(-MU_MAX, mu)), sigma });
