/** Plays one match of bots from a seed to its end, and records it. */
import type { Arena } from "#shared/arena/arena.ts";
import type { SkillName } from "#shared/brain/skill.ts";
import type { ArenaWorld } from "#shared/game/createWorld.ts";
import { highestScores } from "#shared/modes/score.ts";
import type { Rules } from "#shared/sim/rules.ts";
import { isTeamed } from "#shared/sim/teams.ts";
import { BotMatch, type BotTick } from "./botMatch.ts";
import { Witness, type Witnessed } from "./witness.ts";

export interface MatchPlan {
  readonly arena: Arena;
  readonly rules: Rules;
  readonly seed: number;
  /** One for each bot. In team modes the bots join the two sides alternately. */
  readonly skills: readonly SkillName[];
  /** The side that the first bot joins; 0 by default. */
  readonly firstTeam?: 0 | 1;
}

export type Ending = "score" | "time" | "overtime" | "draw";

export interface MatchRecord extends Witnessed {
  readonly seed: number;
  readonly ending: Ending;
  /** Undefined without teams and after a draw. */
  readonly winningTeam: number | undefined;
  /** The index of the bot with the highest score; undefined when several share it. */
  readonly bestBot: number | undefined;
  readonly ticks: number;
  readonly bots: number;
}

/** `watch` is called after each tick, for figures that the record lacks. */
export function playMatch(
  { arena, rules, seed, skills, firstTeam = 0 }: MatchPlan,
  watch?: (world: ArenaWorld, tick: BotTick) => void,
): MatchRecord {
  const match = new BotMatch(arena, seed, skills, rules, firstTeam);
  const { world } = match;
  const witness = new Witness(skills.length);
  while (world.state.phase === "live") {
    const tick = match.step();
    witness.note(world, tick.commands, tick.events);
    watch?.(world, tick);
  }
  return {
    ...witness.result(),
    seed,
    ending: endingOf(world),
    bots: skills.length,
    ticks: world.state.tick,
    winningTeam: isTeamed(world.rules) ? best([world.state.scoreA, world.state.scoreB]) : undefined,
    bestBot: best(Array.from(world.state.drones.values(), ({ score }) => score)),
  };
}

function endingOf(world: ArenaWorld): Ending {
  const { best: first, second } = highestScores(world);
  if (first >= world.rules.scoreLimit) return "score";
  if (first === second) return "draw";
  return world.state.tick > world.rules.timeLimitTicks + 1 ? "overtime" : "time";
}

/** The index of the highest score; undefined when several share it. */
function best(scores: readonly number[]): number | undefined {
  const most = Math.max(...scores);
  return scores.filter((score) => score === most).length === 1 ? scores.indexOf(most) : undefined;
}
