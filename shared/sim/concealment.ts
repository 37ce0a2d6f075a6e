/** The rule of bushes: which drone is hidden from where. Visibility, event fan-out and bots use it. */
import { type Arena, isBushAt } from "#shared/arena/arena.ts";
import { BUSH } from "#shared/tuning.ts";
import type { Place } from "./sight.ts";
import { isAlive } from "./world.ts";

/** The part of a drone that decides whether a bush can hide it. */
export interface Hideable extends Place {
  readonly hp: number;
  /** Undefined on clients, which receive only drones that they may see: those are never hidden. */
  readonly lastFiredTick?: number;
}

/**
 * Whether a bush hides the drone from an eye at this tick: it is alive, its centre is over a bush tile, the eye is
 * farther off than BUSH.seenWithinPx, and its last shot is at least BUSH.firedShowsTicks ago. Walls hide nothing.
 */
export const isHidden = (arena: Arena, drone: Hideable, eye: Place, tick: number): boolean =>
  isConcealed(arena, drone, tick) && isBeyondBush(drone.x - eye.x, drone.y - eye.y);

/** The same without the distance: whether the drone is hidden from eyes beyond BUSH.seenWithinPx. */
export function isConcealed(arena: Arena, drone: Hideable, tick: number): boolean {
  if (!isAlive(drone) || !isBushAt(arena, drone.x, drone.y)) return false;
  return drone.lastFiredTick !== undefined && tick - drone.lastFiredTick >= BUSH.firedShowsTicks;
}

/** Whether an eye at this offset is too far off to see a concealed drone. */
export const isBeyondBush = (dx: number, dy: number): boolean =>
  dx * dx + dy * dy > BUSH.seenWithinPx * BUSH.seenWithinPx;
