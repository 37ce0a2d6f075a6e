/** Geometry for brains. Their results are commands, so Math.sin and the like, which differ by engine, are allowed. */
import type { Place } from "#shared/sim/sight.ts";

export const distanceTo = (a: Place, b: Place): number => Math.hypot(a.x - b.x, a.y - b.y);

export const isWithin = (a: Place, b: Place, px: number): boolean =>
  (a.x - b.x) ** 2 + (a.y - b.y) ** 2 < px * px;

export const angleTo = (from: Place, to: Place): number => Math.atan2(to.y - from.y, to.x - from.x);

/** The same direction in [−π, π). */
export const wrapAngle = (radians: number): number =>
  radians - 2 * Math.PI * Math.floor((radians + Math.PI) / (2 * Math.PI));

/** A random number in (−1, 1), triangularly distributed around 0. */
export const triangular = (random: { next(): number }): number => random.next() + random.next() - 1;

/** Direction of a stick, of length 0 to 1. */
export interface Stick {
  x: number;
  y: number;
}

/** The full stick towards a place; centred within `arrivedPx` of it. */
export function stickTo(from: Place, to: Place, arrivedPx = 6): Stick {
  const px = distanceTo(from, to);
  return px < arrivedPx ? { x: 0, y: 0 } : { x: (to.x - from.x) / px, y: (to.y - from.y) / px };
}
