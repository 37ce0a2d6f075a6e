/** Which matches are to be played, and how one is: a row of numbers and names that a thread can be handed. */
import type { SkillName } from "#shared/brain/skill.ts";
import { rulesOf } from "#shared/modes/rules.ts";
import type { Played } from "./figures.ts";
import { arenaOf, type Offer, playersOf } from "./offers.ts";
import type { Options } from "./options.ts";
import { playMatch } from "./playMatch.ts";

export interface Job {
  readonly offer: Offer;
  readonly seed: number;
  readonly players: number;
  readonly skill: SkillName;
}

/** In rounds of all offers, so that what is done so far is always a fair sample. */
export function jobsOf({ matches, offers, seed, players, skill }: Options): Job[] {
  return Array.from({ length: matches }, (_, round) =>
    offers.map((offer) => ({
      ...{ offer, skill, seed: seed + round },
      players: players ?? playersOf(offer.map),
    })),
  ).flat();
}

export function play({ offer, seed, players, skill }: Job): Played {
  const skills = Array.from({ length: players }, () => skill);
  const record = playMatch({ arena: arenaOf(offer.map), rules: rulesOf(offer.mode), seed, skills });
  return { offer, record };
}
