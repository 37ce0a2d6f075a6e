/** Small sums on places and angles. A brain's results are inputs, so the engine's own sines will do. */
import type { Place } from "#shared/sim/sight.ts";

export const distanceTo = (a: Place, b: Place): number => Math.hypot(a.x - b.x, a.y - b.y);

export const isWithin = (a: Place, b: Place, px: number): boolean =>
  (a.x - b.x) ** 2 + (a.y - b.y) ** 2 < px * px;

export const angleTo = (from: Place, to: Place): number => Math.atan2(to.y - from.y, to.x - from.x);

/** The same direction in [−π, π). */
export const wrapAngle = (radians: number): number =>
  radians - 2 * Math.PI * Math.floor((radians + Math.PI) / (2 * Math.PI));

/** A little more than nothing to either side, mostly near 0: in (−1, 1). */
export const wobble = (random: { next(): number }): number => random.next() + random.next() - 1;

/** Where a stick points, of length 0…1. */
export interface Stick {
  x: number;
  y: number;
}

export function stickTo(from: Place, to: Place, arrivedPx = 6): Stick {
  const px = distanceTo(from, to);
  return px < arrivedPx ? { x: 0, y: 0 } : { x: (to.x - from.x) / px, y: (to.y - from.y) / px };
}
