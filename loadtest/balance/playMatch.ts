/** One match of bots against bots, from a seed to its end, and what was seen of it. */
import type { Arena } from "#shared/arena/arena.ts";
import type { SkillName } from "#shared/brain/skill.ts";
import type { ArenaWorld } from "#shared/game/createWorld.ts";
import { ranking } from "#shared/modes/score.ts";
import type { Rules } from "#shared/sim/rules.ts";
import { isTeamed } from "#shared/sim/teams.ts";
import { BotMatch } from "#shared/testing/botMatch.ts";
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
}

export function playMatch({ arena, rules, seed, skills }: MatchPlan): MatchRecord {
  const match = new BotMatch(arena, seed, skills, rules);
  const { world } = match;
  const witness = new Witness(skills.length);
  while (world.state.phase === "live") {
    const { commands, events } = match.step();
    witness.note(world, commands, events);
  }
  return {
    ...witness.tell(),
    ...{ seed, ending: endingOf(world), bots: skills.length, ticks: world.state.tick },
    winningTeam: isTeamed(world.rules) ? best([world.state.scoreA, world.state.scoreB]) : undefined,
    bestBot: best(Array.from(world.state.drones.values(), ({ score }) => score)),
  };
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
