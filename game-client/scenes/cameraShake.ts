/** Says how strongly an event shakes the player's camera. */
import type { SimEvent } from "#shared/sim/event.ts";
import type { Place } from "#shared/sim/sight.ts";

/** Camera shake as a share of the strongest, for what happens to the own drone or within `burstReachPx` of it. */
const SHAKE = { hit: 0.35, destroyed: 1, burst: 0.6, burstReachPx: 420 } as const;

/** Strength of the camera shake for an event, 0 to 1; a shell shakes the more, the nearer to `self` it lands. */
export function shakeOf(event: SimEvent, me: string, self: Place): number {
  switch (event.type) {
    case "hit":
      return event.victim === me ? SHAKE.hit : 0;
    case "explode":
      return event.drone === me ? SHAKE.destroyed : 0;
    case "burst": {
      const distancePx = Math.hypot(self.x - event.x, self.y - event.y);
      return SHAKE.burst * (1 - distancePx / SHAKE.burstReachPx);
    }
    default:
      return 0;
  }
}
