/** Who is hidden by a bush, and from whom. Views, events and bots all ask here. */
import { type Arena, isBushAt } from "#shared/arena/arena.ts";
import { BUSH } from "#shared/tuning.ts";
import type { Place } from "./sight.ts";
import { isAlive } from "./world.ts";

/** The part of a drone that decides whether it can be hidden. */
export interface Hideable extends Place {
  readonly hp: number;
  /** Clients do not know it: whom their view holds is seen. */
  readonly lastFiredTick?: number;
}

/**
 * Whether a bush hides the drone from an eye at this tick: it is alive, its centre is over a bush tile, the eye is
 * farther off than BUSH.seenWithinPx, and its last shot is at least BUSH.firedShowsTicks ago. Walls hide nobody.
 */
export function isHidden(arena: Arena, drone: Hideable, eye: Place, tick: number): boolean {
  if (!isAlive(drone) || !isBushAt(arena, drone.x, drone.y)) return false;
  if (drone.lastFiredTick === undefined || tick - drone.lastFiredTick < BUSH.firedShowsTicks) return false;
  const dx = drone.x - eye.x;
  const dy = drone.y - eye.y;
  return dx * dx + dy * dy > BUSH.seenWithinPx * BUSH.seenWithinPx;
}
