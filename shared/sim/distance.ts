/** How far apart two places are. Math.hypot is left to the engine, as the sine is; a square root is exact. */
import type { Place } from "./sight.ts";

export function distancePx(a: Place, b: Place): number {
  const dx = a.x - b.x;
  const dy = a.y - b.y;
  return Math.sqrt(dx * dx + dy * dy);
}
