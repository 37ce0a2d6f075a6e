/** The state that a bot keeps from tick to tick. */
import type { Arena } from "#shared/arena/arena.ts";
import { pickIndex, type Random } from "#shared/sim/random.ts";
import type { Place } from "#shared/sim/sight.ts";
import { Hand } from "./aim.ts";
import type { Threat } from "./dodge.ts";
import type { Goal } from "./goal.ts";
import { Memory } from "./memory.ts";
import { Navigator } from "./navigate.ts";
import type { Sights } from "./perception.ts";
import type { Skill } from "./skill.ts";
import type { Target } from "./target.ts";

/** The result of the last decision, valid until the next one. */
export interface Orders {
  goal: Goal | undefined;
  fires: boolean;
  dodges: boolean;
  mayDash: boolean;
  /** −1 or 1: the direction in which it circles its target. */
  circle: number;
}

export interface Mind {
  readonly arena: Arena;
  readonly random: Random;
  readonly skill: Skill;
  readonly hand: Hand;
  readonly memory: Memory;
  readonly navigator: Navigator;
  readonly sights: Sights;
  readonly orders: Orders;
  target: Target | undefined;
  threat: Threat | undefined;
  /** Destination while it has no goal. */
  roam: Place | undefined;
  roamUntilTick: number;
  whim: number;
  errand: number;
  /** Whether its last command moved the stick. */
  wantsToMove: boolean;
  /** Ticks until the next decision. It starts at random, so that the bots of a room decide in different ticks. */
  thinkInTicks: number;
}

/** Draws from `random`, so that equal streams give equal bots. */
export function createMind(arena: Arena, random: Random, skill: Skill): Mind {
  return {
    arena,
    random,
    skill,
    hand: new Hand(skill, random),
    memory: new Memory(arena, random),
    navigator: new Navigator(arena, random),
    sights: { enemies: [], friends: [] },
    orders: {
      goal: undefined,
      fires: false,
      dodges: false,
      mayDash: false,
      circle: random.next() < 0.5 ? -1 : 1,
    },
    target: undefined,
    threat: undefined,
    roam: undefined,
    roamUntilTick: 0,
    wantsToMove: false,
    whim: random.next(),
    errand: 0,
    thinkInTicks: pickIndex(random, skill.thinkEveryTicks),
  };
}

/** Forgets everything that belongs to one life; called while the drone is destroyed. */
export function resetMind(mind: Mind): void {
  if (!mind.target && !mind.orders.goal && !mind.roam) return;
  Object.assign(mind, { target: undefined, threat: undefined, roam: undefined, thinkInTicks: 0 });
  mind.orders.goal = undefined;
  mind.memory.noise = mind.memory.call = undefined;
  mind.whim = mind.random.next();
}
