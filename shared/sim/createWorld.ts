/** A world in which nothing has happened yet. */
import type { Arena } from "#shared/arena/arena.ts";
import { TIME_LIMIT_TICKS } from "#shared/config.ts";
import { setUpMatch } from "#shared/modes/match.ts";
import type { Rules } from "#shared/modes/rules.ts";
import { ArenaState, Hill } from "#shared/schema/state.ts";
import { DEATHMATCH } from "#shared/tuning.ts";
import { seededRandom } from "./random.ts";
import type { World } from "./world.ts";

export type ArenaWorld = World & { readonly state: ArenaState };

/** What a public match is played by. */
export const DEFAULT_RULES: Rules = {
  mode: "deathmatch",
  scoreLimit: DEATHMATCH.scoreLimit,
  timeLimitTicks: TIME_LIMIT_TICKS,
  friendlyFire: false,
};

export function createWorld(arena: Arena, seed: number, rules: Rules = DEFAULT_RULES): ArenaWorld {
  const scores = { scoreA: 0, scoreB: 0 };
  const world: ArenaWorld = {
    state: new ArenaState({
      ...{ tick: 0, map: arena.name, mode: rules.mode, phase: "waiting", phaseEndsTick: 0 },
      ...{ ...scores, hill: new Hill() },
    }),
    arena,
    rules,
    random: seededRandom(seed),
    lastProjectileId: 0,
    pickupDueTicks: [],
    carriedAt: new Map(),
    hillIndex: 0,
    hillTicks: 0,
    stats: new Map(),
  };
  setUpMatch(world, rules);
  return world;
}
