/** Plans the matches of a trial, as plain data that a worker can be sent, and plays one of them. */
import type { Arena } from "#shared/arena/arena.ts";
import type { SkillName } from "#shared/brain/skill.ts";
import { TICKS_PER_SEC } from "#shared/config.ts";
import { isTeamMode, rulesOf } from "#shared/modes/rules.ts";
import type { ModeName } from "#shared/schema/names.ts";
import { PlaceWitness } from "./places.ts";
import { playMatch } from "./playMatch.ts";
import type { Sides, Trial } from "./trial.ts";

export const TRIAL_MATCHES = 20;
/** Long enough for several fights, goals and hills; a whole match of five minutes says little more. */
const TIME_LIMIT_TICKS = 2.5 * 60 * TICKS_PER_SEC;
/** More bots than this cost more time than they tell. */
const BOTS_MAX = 16;

export interface TrialPlan {
  readonly mode: ModeName;
  readonly skill: SkillName;
  readonly matches: number;
  /** The seed of the first match. */
  readonly seed: number;
  readonly bots: number;
}

export interface TrialMatch {
  readonly mode: ModeName;
  readonly skill: SkillName;
  readonly seed: number;
  readonly bots: number;
  readonly firstTeam: 0 | 1;
}

/** The bots in a match by default: halfway between the map's limits, rounded to two equal sides. */
export const botsIn = ({ players: { min, max } }: Pick<Arena, "players">): number =>
  Math.max(2, 2 * Math.round((min + max) / 4));

export const planTrial = (arena: Arena, mode: ModeName, skill: SkillName = "normal"): TrialPlan => ({
  ...{ mode, skill, matches: TRIAL_MATCHES, seed: 1 },
  bots: Math.min(botsIn(arena), BOTS_MAX),
});

/** Each match has a seed of its own, and the bots change sides from match to match: the order of the bots favours neither side. */
export const matchesOf = ({ mode, skill, matches, seed, bots }: TrialPlan): TrialMatch[] =>
  Array.from({ length: matches }, (_, index) => ({
    ...{ mode, skill, bots },
    seed: seed + index,
    firstTeam: index % 2 === 0 ? 0 : 1,
  }));

export function playTrialMatch(arena: Arena, { mode, skill, seed, bots, firstTeam }: TrialMatch): Trial {
  const places = new PlaceWitness(arena);
  const rules = { ...rulesOf(mode), timeLimitTicks: TIME_LIMIT_TICKS };
  const skills = Array.from({ length: bots }, () => skill);
  let points: Sides = [0, 0];
  const record = playMatch({ arena, rules, seed, skills, firstTeam }, (world, tick) => {
    places.note(world, tick);
    points = [world.state.scoreA, world.state.scoreB];
  });
  const { ticks, winningTeam, killsByWeapon, contactSec, killSec } = record;
  return {
    ...places.result(record.stuck),
    ...{ matches: 1, ticks, botTicks: ticks * bots, killsByWeapon, contactSec, killSec },
    wins: [winningTeam === 0 ? 1 : 0, winningTeam === 1 ? 1 : 0],
    draws: isTeamMode(mode) && winningTeam === undefined ? 1 : 0,
    points: [points],
    firstHitSec: [Math.min(...contactSec)],
  };
}
