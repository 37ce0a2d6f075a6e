/** One to one on the smallest map: how often does the better bot win? */

import type { SkillName } from "#shared/brain/skill.ts";
import { rulesOf } from "#shared/modes/rules.ts";
import { arenaOf, offersOf } from "./offers.ts";
import { playMatch } from "./playMatch.ts";

export interface SkillDuels {
  readonly map: string;
  readonly matches: number;
  /** Of all duels, draws too, those that the first won. */
  readonly share: number;
}

const SCORE_LIMIT = 7;

/** They take turns at who comes first. */
export function playDuels(
  better: SkillName,
  worse: SkillName,
  { matches, seed, map = smallestMap() }: { matches: number; seed: number; map?: string },
): SkillDuels {
  const rules = { ...rulesOf("deathmatch"), scoreLimit: SCORE_LIMIT };
  let wins = 0;
  for (let duel = 0; duel < matches; duel++) {
    const first = duel % 2;
    const skills = first === 0 ? [better, worse] : [worse, better];
    const { bestBot } = playMatch({ arena: arenaOf(map), rules, seed: seed + duel, skills });
    if (bestBot === first) wins++;
  }
  return { map, matches, share: wins / matches };
}

export function smallestMap(): string {
  const maps = [...new Set(offersOf().map(({ map }) => map))];
  const tiles = (map: string) => arenaOf(map).columns * arenaOf(map).rows;
  return maps.reduce((smallest, map) => (tiles(map) < tiles(smallest) ? map : smallest));
}
