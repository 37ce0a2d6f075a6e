/** Builds a new world. */
import type { Arena } from "#shared/arena/arena.ts";
import { beginMatch, setUpMatch } from "#shared/modes/match.ts";
import { ArenaState, Hill } from "#shared/schema/state.ts";
import { seededRandom } from "#shared/sim/random.ts";
import type { Rules } from "#shared/sim/rules.ts";
import type { World } from "#shared/sim/world.ts";

export type ArenaWorld = World & { readonly state: ArenaState };

/** A world without drones, in a live match by these rules: the first player need not wait for others. */
export const createWorld = (arena: Arena, seed: number, rules: Rules): ArenaWorld =>
  worldAround(createState(arena, rules), arena, seed, rules);

/** The same around a state of the caller's own kind, such as plain objects. */
export function worldAround<State extends World["state"]>(
  state: State,
  arena: Arena,
  seed: number,
  rules: Rules,
): World & { readonly state: State } {
  const world = {
    state,
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
  } satisfies World;
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
    screening: "",
  });
