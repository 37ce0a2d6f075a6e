/** Which matches to play, each described by plain data that a worker thread can be sent. */
import type { SkillName } from "#shared/brain/skill.ts";
import { rulesOf } from "#shared/modes/rules.ts";
import { playMatch } from "#shared/trial/playMatch.ts";
import type { Played } from "./figures.ts";
import { arenaOf, defaultPlayers, type Offer } from "./offers.ts";
import type { Options } from "./options.ts";

export interface Job {
  readonly offer: Offer;
  readonly seed: number;
  readonly players: number;
  readonly skill: SkillName;
}

/** Round by round, each with one match of every offer: a run that is stopped early still is a fair sample. */
export function jobsOf({ matches, offers, seed, players, skill }: Options): Job[] {
  return Array.from({ length: matches }, (_, round) =>
    offers.map((offer) => ({
      offer,
      skill,
      seed: seed + round,
      players: players ?? defaultPlayers(offer.map),
    })),
  ).flat();
}

export function play({ offer, seed, players, skill }: Job): Played {
  const skills = Array.from({ length: players }, () => skill);
  const record = playMatch({ arena: arenaOf(offer.map), rules: rulesOf(offer.mode), seed, skills });
  return { offer, record };
}
