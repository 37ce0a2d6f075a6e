/** Shots that fly, hit and kill. */
import { Projectile } from "#shared/schema/state.ts";
import { DRONE } from "#shared/tuning.ts";
import { cos, sin } from "./angle.ts";
import { rayEntersCircle } from "./collision.ts";
import { strike } from "./damage.ts";
import type { SimEvent } from "./event.ts";
import { flownPx, placeAlong, projectileName, reachPx, weaponOf } from "./projectile.ts";
import { isAlive, type Shot, type World } from "./world.ts";

export function fireShot(world: World, owner: string, shot: Shot): void {
  world.lastProjectileId++;
  const reach = reachPx(shot, world.arena);
  const projectile = new Projectile({ ...shot, owner, bornTick: world.state.tick, reachPx: reach });
  world.state.projectiles.set(String(world.lastProjectileId), projectile);
}

interface Hit {
  projectileId: string;
  victimId: string;
  /** From where the shot was fired. */
  alongPx: number;
  /** From where the shot was when the tick began: who hits first is decided by this. */
  intoTickPx: number;
}

/** Advances every shot by one tick. All hits are found before any is applied, so no order of maps decides one. */
export function flyProjectiles(world: World, events: SimEvent[]): void {
  const hits: Hit[] = [];
  for (const [id, projectile] of world.state.projectiles.entries()) {
    const hit = findHit(world, id, projectile);
    if (hit) hits.push(hit);
    else if (flownPx(projectile, world.state.tick - projectile.bornTick) >= projectile.reachPx) {
      world.state.projectiles.delete(id);
    }
  }
  hits.sort((a, b) => a.intoTickPx - b.intoTickPx || Number(a.projectileId) - Number(b.projectileId));
  for (const hit of hits) applyHit(world, hit, events);
}

/** The first living drone on the stretch that the shot crosses in this tick. */
function findHit(world: World, projectileId: string, projectile: Projectile): Hit | undefined {
  const { drones, tick } = world.state;
  const ageTicks = tick - projectile.bornTick;
  const ray = {
    x: projectile.x,
    y: projectile.y,
    dirX: cos(projectile.aim),
    dirY: sin(projectile.aim),
    fromPx: ageTicks === 0 ? 0 : Math.min(flownPx(projectile, ageTicks - 1), projectile.reachPx),
    toPx: Math.min(flownPx(projectile, ageTicks), projectile.reachPx),
  };
  const radiusPx = DRONE.radiusPx + weaponOf(projectile).shotRadiusPx;

  let first: Hit | undefined;
  for (const [victimId, drone] of drones.entries()) {
    if (victimId === projectile.owner || !isAlive(drone)) continue;
    const alongPx = rayEntersCircle(ray, drone.x, drone.y, radiusPx);
    if (alongPx === undefined) continue;
    const isFirst =
      !first || alongPx < first.alongPx || (alongPx === first.alongPx && victimId < first.victimId);
    if (isFirst) first = { projectileId, victimId, alongPx, intoTickPx: alongPx - ray.fromPx };
  }
  return first;
}

function applyHit(world: World, { projectileId, victimId, alongPx }: Hit, events: SimEvent[]): void {
  const { projectiles } = world.state;
  const projectile = projectiles.get(projectileId);
  if (!projectile) return;
  const blow = {
    ...{ victim: victimId, shooter: projectile.owner, weapon: projectileName(projectile) },
    ...{ damage: weaponOf(projectile).damage, ...placeAlong(projectile, alongPx) },
  };
  // An earlier hit of this tick may have destroyed the victim: then the shot flies on.
  if (strike(world, blow, events)) projectiles.delete(projectileId);
}
