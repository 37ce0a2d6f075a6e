/** Duels on the smallest map: how often the more skilled bot wins. */
import type { SkillName } from "#shared/brain/skill.ts";
import { rulesOf } from "#shared/modes/rules.ts";
import { playMatch } from "#shared/trial/playMatch.ts";
import { arenaOf, mapsBySize } from "./offers.ts";

export interface SkillDuels {
  readonly map: string;
  readonly matches: number;
  /** Wins of the better bot in all duels, 0…1. A draw is no win. */
  readonly share: number;
}

const SCORE_LIMIT = 7;

/** The two skills alternate as the first bot. */
export function playDuels(
  better: SkillName,
  worse: SkillName,
  { matches, seed }: { matches: number; seed: number },
): SkillDuels {
  const [map = ""] = mapsBySize();
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
