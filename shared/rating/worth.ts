/** How much an opponent proves: what makes a farm of throw-away guests worthless. */

import { pointsOf, type Skill } from "./skill.ts";

interface Person {
  skill: Skill;
  /** Equal for people of one network within the match. */
  network: number | null;
}

/** An opponent this many points below counts in full, and one that far below not at all. */
const GAP = { full: 300, none: 600 } as const;
/** A match with people of this many other networks counts in full. */
const NETWORKS = 3;

/** 0 to 1, for wins and losses alike: to beat somebody far below, or of the own network, proves nothing. */
export function opponentWorth(person: Person, opponent: Person): number {
  if (opponent.network === person.network) return 0;
  const gap = pointsOf(person.skill) - pointsOf(opponent.skill);
  return Math.min(1, Math.max(0, (GAP.none - gap) / (GAP.none - GAP.full)));
}

/** 0 to 1: a match against one other network, which one person may hold alone, changes little. */
export function networksWorth(person: Person, people: readonly Person[]): number {
  const others = new Set(people.map(({ network }) => network));
  others.delete(person.network);
  return Math.min(1, others.size / NETWORKS) ** 2;
}
