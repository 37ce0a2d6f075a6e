/** Builds a new world. */
import type { Arena } from "#shared/arena/arena.ts";
import { beginMatch, setUpMatch } from "#shared/modes/match.ts";
import { ArenaState, Hill } from "#shared/schema/state.ts";
import { seededRandom } from "#shared/sim/random.ts";
import type { Rules } from "#shared/sim/rules.ts";
import type { World } from "#shared/sim/world.ts";

export type ArenaWorld = World & { readonly state: ArenaState };

/** A world without drones, in a live match by these rules: the first player need not wait for others. */
export function createWorld(arena: Arena, seed: number, rules: Rules): ArenaWorld {
  const world: ArenaWorld = {
    state: createState(arena, rules),
    arena,
    rules,
    random: seededRandom(seed),
    lastProjectileId: 0,
    pickupDueTicks: [],
    carriedAt: new Map(),
    hillIndex: 0,
    hillStep: 1,
    hillTicks: 0,
    stats: new Map(),
  };
  setUpMatch(world, arena, rules);
  beginMatch(world);
  return world;
}

const createState = ({ name }: Arena, { mode }: Rules): ArenaState =>
  new ArenaState({
    tick: 0,
    map: name,
    mode,
    phase: "waiting",
    phaseEndsTick: 0,
    scoreA: 0,
    scoreB: 0,
    hill: new Hill(),
    settings: "",
    hosted: false,
    held: false,
    paused: false,
    locked: false,
    password: false,
  });
