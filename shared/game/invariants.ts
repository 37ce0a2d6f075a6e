/** Conditions that hold after every step, whatever the commands. Rooms, tests and the fuzzer check the same list. */
import type { Drone, Projectile } from "#shared/schema/state.ts";
import { lineUp } from "#shared/sim/lineup.ts";
import { isAlive, type World } from "#shared/sim/world.ts";
import { DRONE } from "#shared/tuning.ts";

/** Far above what weapons can have in the air at once. */
const PROJECTILES_PER_DRONE_MAX = 64;

/** Each returns what is wrong, or undefined. */
const INVARIANTS: readonly ((world: World) => string | undefined)[] = [
  function time({ state }) {
    const { tick, phaseEndsTick, scoreA, scoreB } = state;
    return firstNotFinite({ tick, phaseEndsTick, scoreA, scoreB }, "the match");
  },
  function drones(world) {
    for (const { id, drone } of lineUp(world).byId) {
      const wrong = wrongWith(world, id, drone);
      if (wrong !== undefined) return wrong;
    }
    return undefined;
  },
  function projectiles({ state }) {
    for (const [id, projectile] of state.projectiles.entries()) {
      const wrong = firstNotFinite(flightFields(projectile), `shot ${id}`);
      if (wrong !== undefined) return wrong;
    }
    const max = PROJECTILES_PER_DRONE_MAX * (state.drones.size + 1);
    return atMost(max, state.projectiles.size, "shots");
  },
  ({ state, arena }) => atMost(arena.pickups.length, state.pickups.size, "pickups"),
  ({ state, arena }) => atMost(arena.flags.length, state.flags.size, "flags"),
  function carriers({ state }) {
    if (state.phase !== "live") return undefined;
    for (const { carrier, team } of state.flags.values()) {
      const drone = state.drones.get(carrier);
      if (carrier !== "" && !(drone && isAlive(drone)))
        return `the flag of team ${team} has no living carrier`;
    }
    return undefined;
  },
];

/** The first invariant that the world breaks, in words. */
export function brokenInvariant(world: World): string | undefined {
  for (const check of INVARIANTS) {
    const wrong = check(world);
    if (wrong !== undefined) return wrong;
  }
  return undefined;
}

function wrongWith({ arena }: World, id: string, drone: Drone): string | undefined {
  const { x, y, vx, vy, aim, hp, shield, score } = drone;
  const notFinite = firstNotFinite({ x, y, vx, vy, aim, hp, shield, score }, `drone ${id}`);
  if (notFinite !== undefined) return notFinite;
  if (x < 0 || y < 0 || x > arena.widthPx || y > arena.heightPx)
    return `drone ${id} is outside the arena, at ${x}, ${y}`;
  if (hp < 0 || hp > DRONE.hp) return `drone ${id} has ${hp} hp`;
  if (shield < 0 || shield > DRONE.maxShield) return `drone ${id} has a shield of ${shield}`;
  return undefined;
}

const flightFields = ({ x, y, aim, bornTick, weapon }: Projectile) => ({ x, y, aim, bornTick, weapon });

function firstNotFinite(fields: Readonly<Record<string, number>>, of: string): string | undefined {
  for (const name in fields) {
    if (!Number.isFinite(fields[name])) return `${of}: ${name} is ${fields[name]}`;
  }
  return undefined;
}

const atMost = (max: number, count: number, what: string): string | undefined =>
  count > max ? `there are ${count} ${what}, and ${max} at most` : undefined;
