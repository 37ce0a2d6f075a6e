/** One comparison of two sides. Source: Weng and Lin, "A Bayesian Approximation Method for Online Ranking" (2011), by openskill. */
import { bradleyTerryFull } from "openskill/models";
import { NEWCOMER, type Skill } from "./skill.ts";

/** Luck of one person in one match, on the scale of `mu`: half as large as the skills of newcomers differ. */
const BETA = NEWCOMER.sigma / 2;
/** The skills of one side after a comparison with another; `ahead` is above 0 if this side won, 0 for a tie. */
export function compare(side: readonly Skill[], other: readonly Skill[], ahead: number): Skill[] {
  const luck = { beta: BETA * Math.sqrt(Math.max(side.length, other.length)), gamma: () => 1 };
  // openskill's models expect the winner first.
  if (ahead < 0) return bradleyTerryFull([[...other], [...side]], { ...luck, rank: [0, 1] })[1] ?? [];
  return bradleyTerryFull([[...side], [...other]], { ...luck, rank: [0, ahead === 0 ? 0 : 1] })[0] ?? [];
}
