/** One match of bots against bots, from a seed to its end, and what was seen of it. */
import type { Arena } from "#shared/arena/arena.ts";
import { type Brain, createBrain } from "#shared/brain/brain.ts";
import { Scene } from "#shared/brain/scene.ts";
import type { SkillName } from "#shared/brain/skill.ts";
import { OVERTIME_TICKS, TICKS_PER_SEC } from "#shared/config.ts";
import type { Rules } from "#shared/modes/rules.ts";
import { ranking } from "#shared/modes/score.ts";
import type { Command } from "#shared/schema/input.ts";
import { type ArenaWorld, createWorld } from "#shared/sim/createWorld.ts";
import type { SimEvent } from "#shared/sim/event.ts";
import { seededRandom } from "#shared/sim/random.ts";
import { seenNow } from "#shared/sim/sight.ts";
import { createDrone } from "#shared/sim/spawn.ts";
import { stepWorld } from "#shared/sim/step.ts";
import { isTeamed } from "#shared/sim/teams.ts";
import { Witness, type Witnessed } from "./witness.ts";

export interface MatchPlan {
  readonly arena: Arena;
  readonly rules: Rules;
  readonly seed: number;
  /** One for each bot; in team modes the sides take turns. */
  readonly skills: readonly SkillName[];
}

export type Ending = "score" | "time" | "overtime" | "draw";

export interface MatchRecord extends Witnessed {
  readonly seed: number;
  readonly ending: Ending;
  /** Of a team mode; undefined is a draw. */
  readonly winningTeam: number | undefined;
  /** Index of the bot with most points; undefined when two have as many. */
  readonly bestBot: number | undefined;
  readonly ticks: number;
  readonly bots: number;
  /** Of this thread, for the brains alone and for all of it. */
  readonly thinkMs: number;
  readonly totalMs: number;
}

export function playMatch(plan: MatchPlan): MatchRecord {
  const startedMs = performance.now();
  const { world, brains, scene } = setUp(plan);
  const witness = new Witness(world.state.drones.size);
  let events: readonly SimEvent[] = [];
  let thinkMs = 0;
  while (world.state.phase === "live") {
    const beforeMs = performance.now();
    const commands = commandsOf(scene, brains, world, events);
    thinkMs += performance.now() - beforeMs;
    events = stepWorld(world, commands, seenNow);
    witness.note(world, commands, events);
  }
  return {
    ...witness.tell(),
    ...{ seed: plan.seed, ending: endingOf(world), bots: plan.skills.length, ticks: world.state.tick },
    winningTeam: isTeamed(world.rules) ? best([world.state.scoreA, world.state.scoreB]) : undefined,
    bestBot: best(Array.from(world.state.drones.values(), ({ score }) => score)),
    ...{ thinkMs, totalMs: performance.now() - startedMs },
  };
}

function setUp({ arena, rules, seed, skills }: MatchPlan) {
  const world = createWorld(arena, seed, rules);
  const brains = new Map<string, Brain>();
  const seeds = seededRandom(seed ^ 0x5bd1e995);
  for (const [index, skill] of skills.entries()) {
    const id = `bot-${index}`;
    world.state.drones.set(id, createDrone(id, isTeamed(rules) ? index % 2 : index));
    brains.set(id, createBrain(arena, seededRandom(Math.floor(seeds.next() * 2 ** 32)), skill));
  }
  return { world, brains, scene: new Scene(arena) };
}

function commandsOf(
  scene: Scene,
  brains: ReadonlyMap<string, Brain>,
  { state }: ArenaWorld,
  events: readonly SimEvent[],
): Map<string, readonly Command[]> {
  const commands = new Map<string, readonly Command[]>();
  scene.read(state, events);
  for (const [id, brain] of brains) {
    const perception = scene.perceptionOf(id);
    if (perception) commands.set(id, [brain.think(perception)]);
  }
  return commands;
}

function endingOf(world: ArenaWorld): Ending {
  const [first = 0, second = Number.NEGATIVE_INFINITY] = ranking(world);
  if (first >= world.rules.scoreLimit) return "score";
  if (first === second) return "draw";
  return world.state.tick > world.rules.timeLimitTicks + 1 ? "overtime" : "time";
}

/** Index of the greatest, when there is one. */
function best(scores: readonly number[]): number | undefined {
  const most = Math.max(...scores);
  return scores.filter((score) => score === most).length === 1 ? scores.indexOf(most) : undefined;
}

/** No match is longer. */
export const ticksAtMost = ({ timeLimitTicks }: Rules): number =>
  timeLimitTicks + OVERTIME_TICKS + TICKS_PER_SEC;
