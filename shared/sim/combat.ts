/** Projectiles: firing, flight, hits. */
import { Projectile } from "#shared/schema/state.ts";
import { DRONE } from "#shared/tuning.ts";
import { cos, sin } from "./angle.ts";
import { burst } from "./burst.ts";
import { rayEntersCircle } from "./collision.ts";
import { strike } from "./damage.ts";
import type { SimEvent } from "./event.ts";
import { lineUp } from "./lineup.ts";
import {
  type Flight,
  flightOf,
  flownPx,
  type Pellet,
  placeAlong,
  projectileName,
  weaponOf,
} from "./projectile.ts";
import type { SweepRow } from "./sweepRow.ts";
import { canHurt } from "./teams.ts";
import type { Shot, World } from "./world.ts";

/** Team of a shot whose shooter is not in the world: every drone is its enemy. */
const NO_TEAM = -1;

/** Adds a projectile that starts at the shot's place in this tick. */
export function fireShot(world: World, owner: string, shot: Shot): void {
  world.lastProjectileId++;
  const { x, y, aim, weapon, reach } = shot;
  const team = world.state.drones.get(owner)?.team ?? NO_TEAM;
  const projectile = new Projectile({ x, y, aim, weapon, owner, team, bornTick: world.state.tick });
  // Shells only: an unset field costs no byte on the wire.
  if (weaponOf(shot).lob) projectile.reach = reach ?? 0;
  world.state.projectiles.set(String(world.lastProjectileId), projectile);
}

interface Hit {
  projectileId: string;
  pellet: number;
  victimId: string;
  /** Distance from the place of firing. */
  alongPx: number;
  /** Distance flown in this tick before the hit; orders the hits of a tick. */
  intoTickPx: number;
}

/**
 * Advances every projectile by one tick. All hits are found before any is applied, and shells burst after them, so
 * that the iteration order of maps decides nothing.
 */
export function flyProjectiles(world: World, events: SimEvent[]): void {
  if (world.state.projectiles.size === 0) return;
  const hits: Hit[] = [];
  const landed: [string, Projectile][] = [];
  const targets = lineUp(world).standNow();
  world.state.projectiles.forEach((projectile, id) => {
    const flight = flightOf(projectile, world.arena);
    if (!weaponOf(projectile).lob) flyPellets(world, targets, id, projectile, flight, hits);
    else if (hasLanded(world, projectile, flight)) landed.push([id, projectile]);
  });
  hits.sort(
    (a, b) =>
      a.intoTickPx - b.intoTickPx || Number(a.projectileId) - Number(b.projectileId) || a.pellet - b.pellet,
  );
  for (const hit of hits) applyHit(world, hit, events);
  for (const [id, shell] of landed) land(world, id, shell, events);
}

/** A shell flies over walls and drones to the place that it was aimed at. */
const hasLanded = ({ state }: World, shell: Projectile, flight: Flight) =>
  flownPx(shell, state.tick - shell.bornTick) >= reachOf(flight);

function land(world: World, id: string, shell: Projectile, events: SimEvent[]): void {
  world.state.projectiles.delete(id);
  burst(world, shell, placeAlong(shell, reachOf(flightOf(shell, world.arena))), events);
}

const reachOf = ({ pellets: [shell] }: Flight) => shell?.reachPx ?? 0;

function flyPellets(
  world: World,
  targets: SweepRow,
  id: string,
  projectile: Projectile,
  flight: Flight,
  hits: Hit[],
): void {
  const ageTicks = world.state.tick - projectile.bornTick;
  const gonePx = flownPx(projectile, ageTicks);
  for (let index = 0; index < flight.pellets.length; index++) {
    const pellet = flight.pellets[index] as Pellet;
    if (isGone(projectile, flight, index)) continue;
    const hit = findHit(world, targets, projectile, pellet);
    if (hit) hits.push({ ...hit, projectileId: id, pellet: index });
    else if (gonePx >= pellet.reachPx) flight.ended |= 1 << index;
  }
  removeWhenGone(world, id, projectile, flight);
}

const isGone = (projectile: Projectile, { ended }: Flight, pellet: number) =>
  (((projectile.spent ?? 0) | ended) & (1 << pellet)) !== 0;

function removeWhenGone(world: World, id: string, projectile: Projectile, { pellets, ended }: Flight): void {
  const all = (1 << pellets.length) - 1;
  if (((projectile.spent ?? 0) | ended) === all) world.state.projectiles.delete(id);
}

/** The first target on the stretch that the pellet crosses in this tick; of two at the same distance, the lower id. */
function findHit(
  world: World,
  targets: SweepRow,
  projectile: Projectile,
  { aim, reachPx }: Pellet,
): Pick<Hit, "victimId" | "alongPx" | "intoTickPx"> | undefined {
  const ageTicks = world.state.tick - projectile.bornTick;
  const ray = {
    x: projectile.x,
    y: projectile.y,
    dirX: cos(aim),
    dirY: sin(aim),
    fromPx: ageTicks === 0 ? 0 : Math.min(flownPx(projectile, ageTicks - 1), reachPx),
    toPx: Math.min(flownPx(projectile, ageTicks), reachPx),
  };
  const radiusPx = DRONE.radiusPx + weaponOf(projectile).shotRadiusPx;

  let first: { victimId: string; alongPx: number } | undefined;
  const fromX = ray.x + ray.dirX * ray.fromPx;
  const toX = ray.x + ray.dirX * ray.toPx;
  const rightPx = Math.max(fromX, toX) + radiusPx;
  for (let at = targets.firstFrom(Math.min(fromX, toX) - radiusPx); ; at++) {
    const target = targets.at(at);
    if (!target || target.x > rightPx) break;
    const { id: victimId, drone, x, y, hp } = target;
    if (hp <= 0 || victimId === projectile.owner || !canHurt(world, projectile.team, drone.team)) continue;
    const alongPx = rayEntersCircle(ray, x, y, radiusPx);
    if (alongPx === undefined) continue;
    const isFirst =
      !first || alongPx < first.alongPx || (alongPx === first.alongPx && victimId < first.victimId);
    if (isFirst) first = { victimId, alongPx };
  }
  return first && { ...first, intoTickPx: first.alongPx - ray.fromPx };
}

function applyHit(world: World, { projectileId, pellet, victimId, alongPx }: Hit, events: SimEvent[]): void {
  const projectile = world.state.projectiles.get(projectileId);
  if (!projectile) return;
  const flight = flightOf(projectile, world.arena);
  const { aim } = flight.pellets[pellet] ?? projectile;
  const { x, y } = placeAlong({ x: projectile.x, y: projectile.y, aim }, alongPx);
  const blow = {
    victim: victimId,
    shooter: projectile.owner,
    weapon: projectileName(projectile),
    damage: weaponOf(projectile).damage,
    x,
    y,
  };
  // When an earlier hit of this tick has destroyed the victim, the shot flies on.
  if (!strike(world, blow, events)) return;
  if (flight.pellets.length === 1) world.state.projectiles.delete(projectileId);
  else {
    projectile.spent = (projectile.spent ?? 0) | (1 << pellet);
    removeWhenGone(world, projectileId, projectile, flight);
  }
}
