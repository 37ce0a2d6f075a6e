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
export const isHidden = (arena: Arena, drone: Hideable, eye: Place, tick: number): boolean =>
  isConcealed(arena, drone, tick) && isBeyondBush(drone.x - eye.x, drone.y - eye.y);

/** …from whoever is far enough off. */
export function isConcealed(arena: Arena, drone: Hideable, tick: number): boolean {
  if (!isAlive(drone) || !isBushAt(arena, drone.x, drone.y)) return false;
  return drone.lastFiredTick !== undefined && tick - drone.lastFiredTick >= BUSH.firedShowsTicks;
}

/** Too far from the concealed to see them. */
export const isBeyondBush = (dx: number, dy: number): boolean =>
  dx * dx + dy * dy > BUSH.seenWithinPx * BUSH.seenWithinPx;
