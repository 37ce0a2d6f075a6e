/** The simulated people: hidden skill, behaviour and ratings. */
import { NEWCOMER, pointsOf, type Skill, softReset } from "#shared/rating/skill.ts";
import { MODE_NAMES, type ModeName } from "#shared/schema/names.ts";
import type { Random } from "#shared/sim/random.ts";

/** "quitter": leaves at half time when behind; "smurf": a strong player on a new account; "guest": plays one match. */
export type Kind = "steady" | "quitter" | "smurf" | "guest";

export interface Person {
  /** In standard deviations of all people. */
  readonly hidden: number;
  readonly kind: Kind;
  readonly network: number;
  readonly ladders: Record<ModeName, Standing>;
}

export interface Standing {
  skill: Skill;
  season: number;
  /** In this season, and in all. */
  games: number;
  gamesEver: number;
  /** After LATE_GAMES of them; undefined before. */
  pointsThen: number | undefined;
}

/** The rank correlation is wanted after so many matches. */
export const LATE_GAMES = 60;

/** A standard normal number (Box and Muller, 1958). */
export const normal = (random: Random): number =>
  Math.sqrt(-2 * Math.log(1 - random.next())) * Math.cos(2 * Math.PI * random.next());

export function personOf(kind: Kind, hidden: number, network: number, season: number): Person {
  const standing = () => ({ skill: NEWCOMER, season, games: 0, gamesEver: 0, pointsThen: undefined });
  return {
    ...{ kind, hidden, network },
    ladders: Object.fromEntries(MODE_NAMES.map((mode) => [mode, standing()])) as Person["ladders"],
  };
}

/** The standing in a season, reset softly if the last match was in an earlier one. */
export function standingOf({ ladders }: Person, mode: ModeName, season: number): Standing {
  const standing = ladders[mode];
  if (standing.season === season) return standing;
  const skill = softReset(standing.skill, standing.season, season);
  ladders[mode] = { ...standing, skill, season, games: 0 };
  return ladders[mode];
}

export const pointsIn = (person: Person, mode: ModeName, season: number): number =>
  pointsOf(standingOf(person, mode, season).skill);

/** Counts a match in place. */
export function count(standing: Standing, skill: Skill): void {
  standing.skill = skill;
  standing.games++;
  standing.gamesEver++;
  if (standing.gamesEver === LATE_GAMES) standing.pointsThen = pointsOf(skill);
}
