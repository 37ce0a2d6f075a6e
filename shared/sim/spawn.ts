/** Spawns and respawns of drones. */
import type { SpawnPoint } from "#shared/arena/arena.ts";
import { Drone } from "#shared/schema/state.ts";
import { DRONE } from "#shared/tuning.ts";
import type { SimEvent } from "./event.ts";
import { lineUp, type Member } from "./lineup.ts";
import { pickIndex } from "./random.ts";
import type { Place } from "./sight.ts";
import { isTeamed } from "./teams.ts";
import { isAlive, type World } from "./world.ts";

/** Long before the first tick; finite, because ticks are subtracted from it. */
const NEVER = -1_000_000;

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

/** A spawn point this far from every enemy counts the same as one farther away. */
const FAR_ENOUGH_PX = 900;

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

/** A random one of the points whose nearest living enemy is farthest away. Throws when the arena has no spawn point. */
function chooseSpawnPoint(world: World, id: string): SpawnPoint {
  let bestPx = -1;
  let best: SpawnPoint[] = [];
  const enemies = enemiesOf(world, id);
  for (const point of spawnsOf(world, id)) {
    const distancePx = Math.min(nearestPx(enemies, point), FAR_ENOUGH_PX);
    if (distancePx > bestPx) {
      bestPx = distancePx;
      best = [point];
    } else if (distancePx === bestPx) best.push(point);
  }
  const chosen = best[pickIndex(world.random, best.length)];
  if (!chosen) throw new Error(`arena "${world.arena.name}" has no spawn point`);
  return chosen;
}

/** The spawn points of the drone's team in a team mode, where the map has such; otherwise all. */
function spawnsOf(world: World, id: string): readonly SpawnPoint[] {
  const team = world.state.drones.get(id)?.team;
  const own = isTeamed(world.rules) ? world.arena.spawns.filter((point) => point.team === team) : [];
  return own.length > 0 ? own : world.arena.spawns;
}

function enemiesOf(world: World, id: string): Place[] {
  const team = world.state.drones.get(id)?.team;
  const enemies: Place[] = [];
  for (const { id: enemyId, drone } of lineUp(world).byId) {
    if (enemyId === id || !isAlive(drone) || drone.team === team) continue;
    enemies.push({ x: drone.x, y: drone.y });
  }
  return enemies;
}

function nearestPx(places: readonly Place[], { x, y }: Place): number {
  let nearest2 = Infinity;
  for (const place of places) {
    const dx = place.x - x;
    const dy = place.y - y;
    nearest2 = Math.min(nearest2, dx * dx + dy * dy);
  }
  return Math.sqrt(nearest2);
}
