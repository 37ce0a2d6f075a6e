/** Where and how a drone comes (back) into the arena. */
import type { SpawnPoint } from "#shared/arena/arena.ts";
import { Drone } from "#shared/schema/state.ts";
import { DRONE } from "#shared/tuning.ts";
import type { SimEvent } from "./event.ts";
import { pickIndex } from "./random.ts";
import { isAlive, type World } from "./world.ts";

/** Long before the first tick; finite, for it is compared by subtraction. */
const NEVER = -1_000_000;

/** A drone that waits to be spawned. */
export function createDrone(name: string, team: number): Drone {
  return new Drone({
    ...{ x: 0, y: 0, aim: 0, vx: 0, vy: 0, hp: 0, cooldownTicks: 0, railCooldownTicks: 0, respawnTick: 0 },
    ...{ name, team, score: 0, lastFiredTick: NEVER },
  });
}

/** A spawn point this far from every enemy is as good as one farther away. */
const FAR_ENOUGH_PX = 900;

export function spawnDrone(world: World, id: string, drone: Drone, events: SimEvent[]): void {
  const point = chooseSpawnPoint(world, id);
  drone.x = point.x;
  drone.y = point.y;
  drone.vx = 0;
  drone.vy = 0;
  drone.cooldownTicks = 0;
  drone.railCooldownTicks = 0;
  drone.lastFiredTick = NEVER;
  drone.hp = DRONE.hp;
  events.push({ type: "spawn", drone: id, x: point.x, y: point.y });
}

/** One of the points whose nearest living enemy is farthest; chance decides among equals. */
function chooseSpawnPoint(world: World, id: string): SpawnPoint {
  let bestPx = -1;
  let best: SpawnPoint[] = [];
  for (const point of world.arena.spawns) {
    const distancePx = Math.min(nearestEnemyPx(world, id, point), FAR_ENOUGH_PX);
    if (distancePx > bestPx) {
      bestPx = distancePx;
      best = [point];
    } else if (distancePx === bestPx) best.push(point);
  }
  const chosen = best[pickIndex(world.random, best.length)];
  if (!chosen) throw new Error(`arena "${world.arena.name}" has no spawn point`);
  return chosen;
}

function nearestEnemyPx(world: World, id: string, point: SpawnPoint): number {
  let nearest2 = Infinity;
  for (const [enemyId, enemy] of world.state.drones.entries()) {
    if (enemyId === id || !isAlive(enemy)) continue;
    const dx = enemy.x - point.x;
    const dy = enemy.y - point.y;
    nearest2 = Math.min(nearest2, dx * dx + dy * dy);
  }
  return Math.sqrt(nearest2);
}
