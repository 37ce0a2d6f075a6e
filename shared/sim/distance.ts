/** Distance by Math.sqrt, which is exact in every engine; the precision of Math.hypot is not specified. */
import type { Place } from "./sight.ts";

export function distancePx(a: Place, b: Place): number {
  const dx = a.x - b.x;
  const dy = a.y - b.y;
  return Math.sqrt(dx * dx + dy * dy);
}
