/** Spawns and respawns of drones. */
import type { Arena, SpawnPoint } from "#shared/arena/arena.ts";
import { Drone } from "#shared/schema/state.ts";
import { DRONE } from "#shared/tuning.ts";
import { isLineClear } from "./collision.ts";
import type { SimEvent } from "./event.ts";
import { lineUp, type Member } from "./lineup.ts";
import { pickIndex } from "./random.ts";
import type { Place } from "./sight.ts";
import { isTeamed } from "./teams.ts";
import { isAlive, NEVER, type World } from "./world.ts";

/** The fields of a drone at the start of each life. */
const AS_NEW = {
  hp: DRONE.hp,
  shield: 0,
  status: 0,
  cooldownTicks: 0,
  special: 0,
  ammo: 0,
  specialCooldownTicks: 0,
  dashTicks: 0,
  dashCooldownTicks: 0,
  hasteTicks: 0,
  overchargeTicks: 0,
  lastFiredTick: NEVER,
  protectedTicks: DRONE.protectedTicks,
} as const;

/** A destroyed drone that is due to respawn in the next tick. */
export function createDrone(name: string, team: number): Drone {
  return new Drone({
    x: 0,
    y: 0,
    aim: 0,
    vx: 0,
    vy: 0,
    ...AS_NEW,
    hp: 0,
    protectedTicks: 0,
    respawnTick: 0,
    name,
    team,
    score: 0,
    killer: "",
  });
}

/** A point is not safe with a living enemy nearer than `nearPx`, or with a clear line to one nearer than `sightPx`. */
const UNSAFE = { nearPx: 600, sightPx: 900 } as const;
/** The choice is between the safe point nearest to an enemy, and those at most this much farther from one. */
const ABOUT_AS_NEAR_PX = 250;
/** A point with a living drone this near is taken. */
const TAKEN_PX = 100;

/** Gives the drone a new life at a spawn point and appends the event. */
export function spawnDrone(world: World, id: string, drone: Drone, events: SimEvent[]): void {
  const point = chooseSpawnPoint(world, id);
  drone.x = point.x;
  drone.y = point.y;
  drone.vx = 0;
  drone.vy = 0;
  Object.assign(drone, AS_NEW);
  events.push({ type: "spawn", drone: id, x: point.x, y: point.y });
}

/** Spawns these drones in random order: an earlier one has the choice of spawn points. */
export function spawnDrones(world: World, drones: readonly Member[], events: SimEvent[]): void {
  const waiting = [...drones];
  while (waiting.length > 0) {
    const index = waiting.length === 1 ? 0 : pickIndex(world.random, waiting.length);
    for (const { id, drone } of waiting.splice(index, 1)) spawnDrone(world, id, drone, events);
  }
}

/**
 * A random one of the safe points that are near to the fight. Without a safe point: of those that are free, the one whose
 * nearest living enemy is farthest away. Throws when the arena has no spawn point.
 */
function chooseSpawnPoint(world: World, id: string): SpawnPoint {
  const { mates, enemies } = othersOf(world, id);
  const spawns = spawnsOf(world, id);
  const free = spawns.filter((point) => nearestPx(mates, point) >= TAKEN_PX);
  const points = (free.length > 0 ? free : spawns).map((point) => ({
    point,
    enemyPx: nearestPx(enemies, point),
  }));
  const safe = points.filter(({ point, enemyPx }) => isSafe(world.arena, point, enemyPx, enemies));
  const nearestSafePx = Math.min(...safe.map(({ enemyPx }) => enemyPx));
  const farthestPx = Math.max(...points.map(({ enemyPx }) => enemyPx));
  const best =
    safe.length > 0
      ? safe.filter(({ enemyPx }) => enemyPx === nearestSafePx || enemyPx - nearestSafePx <= ABOUT_AS_NEAR_PX)
      : points.filter(({ enemyPx }) => enemyPx === farthestPx);
  const chosen = best[pickIndex(world.random, best.length)];
  if (!chosen) throw new Error(`arena "${world.arena.name}" has no spawn point`);
  return chosen.point;
}

function isSafe(arena: Arena, point: Place, enemyPx: number, enemies: readonly Place[]): boolean {
  if (enemyPx < UNSAFE.nearPx) return false;
  if (enemyPx >= UNSAFE.sightPx) return true;
  return !enemies.some(
    (enemy) =>
      distance2(enemy, point) < UNSAFE.sightPx * UNSAFE.sightPx &&
      isLineClear(arena, point.x, point.y, enemy.x, enemy.y),
  );
}

/** The spawn points of the drone's team in a team mode, where the map has such; otherwise all. */
function spawnsOf(world: World, id: string): readonly SpawnPoint[] {
  const team = world.state.drones.get(id)?.team;
  const own = isTeamed(world.rules) ? world.arena.spawns.filter((point) => point.team === team) : [];
  return own.length > 0 ? own : world.arena.spawns;
}

/** The places of the other living drones. */
function othersOf(world: World, id: string): { mates: Place[]; enemies: Place[] } {
  const team = world.state.drones.get(id)?.team;
  const mates: Place[] = [];
  const enemies: Place[] = [];
  for (const { id: otherId, drone } of lineUp(world).byId) {
    if (otherId === id || !isAlive(drone)) continue;
    (drone.team === team ? mates : enemies).push({ x: drone.x, y: drone.y });
  }
  return { mates, enemies };
}

/** Infinity without places. */
function nearestPx(places: readonly Place[], place: Place): number {
  let nearest2 = Infinity;
  for (const each of places) nearest2 = Math.min(nearest2, distance2(each, place));
  return Math.sqrt(nearest2);
}

/** The square of the distance. */
function distance2(one: Place, other: Place): number {
  const dx = one.x - other.x;
  const dy = one.y - other.y;
  return dx * dx + dy * dy;
}
