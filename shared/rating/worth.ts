/** Weighs opponents and scores by what a win over them proves, so that a farm of throw-away guests gains nothing. */
import { pointsOf, type Skill } from "./skill.ts";

interface Person {
  skill: Skill;
  /** Equal for people of one network within the match. */
  network: number | null;
}

/** An opponent this many points below counts in full, and one that far below not at all. */
const GAP = { full: 100, none: 400 } as const;
/** A match with people of this many other networks counts in full. */
const NETWORKS = 3;

export interface Worth {
  /** 0 to 1, for wins and losses alike. */
  ofOpponent(person: Person, opponent: Person): number;
  /** 0 to 1, by the networks of all people in the match. */
  ofNetworks(person: Person, people: readonly Person[]): number;
}

/** 0 for an opponent of the same network or far below; less than 1 for one whose skill is less certain than the player's. */
function opponentWorth(person: Person, opponent: Person): number {
  if (opponent.network === person.network) return 0;
  const gap = pointsOf(person.skill) - pointsOf(opponent.skill);
  const near = Math.min(1, Math.max(0, (GAP.none - gap) / (GAP.none - GAP.full)));
  return near * Math.min(1, person.skill.sigma / opponent.skill.sigma);
}

/** Small for a match against one other network, behind which may be one person. */
function networksWorth(person: Person, people: readonly Person[]): number {
  const others = new Set(people.map(({ network }) => network));
  others.delete(person.network);
  return Math.min(1, others.size / NETWORKS) ** 3;
}

/**
 * How much of a score in a match proves something, 0 to 1: the mean worth of the opponents, by the networks of all people in the
 * match. 0 without opponents.
 */
export function scoreWorth<Player extends Person & { team: number }>(
  person: Player,
  people: readonly Player[],
  { ofOpponent, ofNetworks }: Worth = PROVEN,
): number {
  const worths = people
    .filter(({ team }) => team !== person.team)
    .map((opponent) => ofOpponent(person, opponent));
  if (worths.length === 0) return 0;
  return (worths.reduce((sum, worth) => sum + worth) / worths.length) * ofNetworks(person, people);
}

export const PROVEN: Worth = { ofOpponent: opponentWorth, ofNetworks: networksWorth };
/** Switches the rule off: the simulation compares with it. */
export const ALL_COUNT: Worth = { ofOpponent: () => 1, ofNetworks: () => 1 };
