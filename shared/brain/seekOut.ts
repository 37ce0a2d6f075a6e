/**
 * Sends bots to people who meet nobody. A bot alone knows only what a player in its place would know, and might miss a lone
 * newcomer for a minute: the room tells the nearest two where to look.
 */
import type { Arena } from "#shared/arena/arena.ts";
import { TICKS_PER_SEC } from "#shared/config.ts";
import type { Drone } from "#shared/schema/state.ts";
import type { Place } from "#shared/sim/sight.ts";
import { isAlive } from "#shared/sim/world.ts";
import type { Brain } from "./brain.ts";
import { distanceTo } from "./geometry.ts";
import { isSeen } from "./perception.ts";

/** Interval between two looks for such people. */
const EVERY_TICKS = TICKS_PER_SEC / 2;
/** Number of bots that seek the same person. */
const SEEKERS = 2;

interface Scene {
  readonly arena: Arena;
  readonly state: {
    readonly tick: number;
    readonly drones: { entries(): Iterable<[string, Drone]> };
  };
}

type Placed = Pick<Drone, "x" | "y" | "hp" | "team" | "shield" | "status" | "lastFiredTick"> & {
  readonly id: string;
};

/** Call once a tick. `brains`: the bots by id; every other drone is a person's. */
export function seekOut({ arena, state }: Scene, brains: ReadonlyMap<string, Brain>): void {
  const { tick } = state;
  if (tick % EVERY_TICKS !== 0) return;
  const living = livingOf(state.drones);
  for (const person of living) {
    if (brains.has(person.id)) continue;
    const enemies = living.filter(({ team }) => team !== person.team);
    if (enemies.some((enemy) => isSeen(arena, person, enemy, tick))) continue;
    for (const { id } of nearestBots(enemies, person, brains)) brains.get(id)?.send(person, tick);
  }
}

/** Copied: reading a schema field is slow. */
function livingOf(drones: Scene["state"]["drones"]): Placed[] {
  const living: Placed[] = [];
  for (const [id, drone] of drones.entries()) {
    if (!isAlive(drone)) continue;
    const { x, y, hp, team, shield, status, lastFiredTick } = drone;
    living.push({ id, x, y, hp, team, shield, status, lastFiredTick });
  }
  return living;
}

const nearestBots = (enemies: readonly Placed[], person: Place, brains: ReadonlyMap<string, Brain>) =>
  enemies
    .filter(({ id }) => brains.has(id))
    .sort((a, b) => distanceTo(a, person) - distanceTo(b, person))
    .slice(0, SEEKERS);
