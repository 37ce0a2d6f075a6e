/** The burst of a shell: splash damage and knock-back around the place where it lands, through walls. */
import type { Drone, Projectile } from "#shared/schema/state.ts";
import { snapVelocity } from "#shared/schema/wire.ts";
import { DRONE, type LobTuning } from "#shared/tuning.ts";
import { strike } from "./damage.ts";
import { distancePx } from "./distance.ts";
import type { SimEvent } from "./event.ts";
import { projectileName, weaponOf } from "./projectile.ts";
import type { Place } from "./sight.ts";
import { canHurt } from "./teams.ts";
import { isAlive, type World } from "./world.ts";

/** Cap after a knock-back: within the wire's ±1024 px/s, and too slow to cross a wall in one sub-step. */
const MAX_SPEED_PX_PER_SEC = 1000;

/** Bursts a shell at `place`: knocks back every drone in reach, its own shooter included, and damages enemies. */
export function burst(world: World, shell: Projectile, place: Place, events: SimEvent[]): void {
  const weapon = projectileName(shell);
  const { lob, damage } = weaponOf(shell);
  if (!lob) return;
  events.push({ type: "burst", shooter: shell.owner, weapon, x: place.x, y: place.y });
  for (const [victim, drone] of world.state.drones.entries()) {
    const share = isAlive(drone) ? nearness(drone, place, lob) : 0;
    if (share === 0) continue;
    knockBack(drone, place, lob.knockBackPxPerSec * share);
    if (victim === shell.owner || !canHurt(world, shell.team, drone.team)) continue;
    const blow = { victim, shooter: shell.owner, weapon, damage: Math.round(damage * share) };
    strike(world, { ...blow, x: drone.x, y: drone.y }, events);
  }
}

/** Share of the damage: 1 in the centre, `edgeShare` at the edge of the splash, 0 beyond. Measured to the hull. */
function nearness(drone: Place, place: Place, { splashPx, edgeShare }: LobTuning): number {
  const px = Math.max(0, distancePx(drone, place) - DRONE.radiusPx);
  return px >= splashPx ? 0 : 1 - (1 - edgeShare) * (px / splashPx);
}

/** Adds `speed` px/s away from the place. A drone exactly on the place has no direction and keeps its velocity. */
function knockBack(drone: Drone, place: Place, speed: number): void {
  const dx = drone.x - place.x;
  const dy = drone.y - place.y;
  const distance = Math.sqrt(dx * dx + dy * dy);
  if (distance === 0) return;
  const vx = drone.vx + (dx / distance) * speed;
  const vy = drone.vy + (dy / distance) * speed;
  const share = Math.min(1, MAX_SPEED_PX_PER_SEC / Math.max(Math.sqrt(vx * vx + vy * vy), 1));
  drone.vx = snapVelocity(vx * share);
  drone.vy = snapVelocity(vy * share);
}
