/** A match between bots without a server: for trials of an arena, the balance tool and tests. */
import type { Arena } from "#shared/arena/arena.ts";
import { type Brain, createBrain } from "#shared/brain/brain.ts";
import { seekOut } from "#shared/brain/seekOut.ts";
import type { SkillName } from "#shared/brain/skill.ts";
import { WorldSnapshot } from "#shared/brain/worldSnapshot.ts";
import { type ArenaWorld, createWorld } from "#shared/game/createWorld.ts";
import { stepWorld } from "#shared/game/step.ts";
import { endlessRules } from "#shared/modes/rules.ts";
import type { Command } from "#shared/schema/input.ts";
import type { SimEvent } from "#shared/sim/event.ts";
import { seededRandom } from "#shared/sim/random.ts";
import type { Rules } from "#shared/sim/rules.ts";
import { seenNow } from "#shared/sim/sight.ts";
import { createDrone } from "#shared/sim/spawn.ts";
import { isTeamed } from "#shared/sim/teams.ts";

/** One tick of the match: the bots' commands, and what came of them. */
export interface BotTick {
  readonly commands: ReadonlyMap<string, readonly Command[]>;
  readonly events: readonly SimEvent[];
}

export class BotMatch {
  readonly world: ArenaWorld;
  readonly #snapshot: WorldSnapshot;
  readonly #brains = new Map<string, Brain>();
  #events: readonly SimEvent[] = [];

  /** One bot per entry of `skills`; in team modes they join the two teams in turn, the first bot `firstTeam`. */
  constructor(
    arena: Arena,
    seed: number,
    skills: readonly SkillName[],
    rules: Partial<Rules> = {},
    firstTeam: 0 | 1 = 0,
  ) {
    this.world = createWorld(arena, seed, { ...endlessRules(rules.mode ?? "deathmatch"), ...rules });
    this.#snapshot = new WorldSnapshot(arena);
    for (const [index, skill] of skills.entries()) {
      const team = isTeamed(this.world.rules) ? (index + firstTeam) % 2 : index;
      this.world.state.drones.set(`bot-${index}`, createDrone("", team));
      this.#brains.set(`bot-${index}`, createBrain(arena, seededRandom(seed * 1000 + index), skill));
    }
  }

  /** `others`: the commands of people's drones, whom bots then seek out, as in a public room. */
  step(others?: ReadonlyMap<string, readonly Command[]>): BotTick {
    const commands = new Map<string, readonly Command[]>(others);
    this.#snapshot.read(this.world.state, this.#events);
    if (others) seekOut(this.world, this.#brains);
    for (const [id, brain] of this.#brains) {
      const perception = this.#snapshot.perceptionOf(id);
      if (perception) commands.set(id, [brain.think(perception)]);
    }
    this.#events = stepWorld(this.world, commands, seenNow);
    return { commands, events: this.#events };
  }
}
