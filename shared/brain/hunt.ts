/** The search for enemies when none is in sight and the mode sets no goal. */
import type { Arena } from "#shared/arena/arena.ts";
import { pickIndex, type Random } from "#shared/sim/random.ts";
import type { Place } from "#shared/sim/sight.ts";
import { distanceTo } from "./geometry.ts";
import type { Goal, Situation } from "./goal.ts";

/** Follows the target that it has just lost sight of, else goes to a noise; undefined when it knows of neither. */
export function huntGoal({ target, memory, perception: { tick } }: Situation): Goal | undefined {
  if (target && !target.inSight) {
    // Extrapolates the target for up to 0.5 s: a drone that went behind a wall has moved on.
    const sec = Math.min(0.5, (tick - target.seenTick) / 30);
    return { place: { x: target.x + target.vx * sec, y: target.y + target.vy * sec }, manner: "fight" };
  }
  return memory.noise && { place: memory.noise, manner: "fight" };
}

/** Goes where the room has sent it, whomever it meets on the way. */
export const callGoal = ({ memory: { call } }: Situation): Goal | undefined =>
  call && { place: call, manner: "press on" };

/**
 * A destination without a goal: of three random spawns, pickups or hills, the one nearest to the middle of the map that
 * is not close to `from`. All bots pass the middle now and then, so that they meet.
 */
export function roamPlace(arena: Arena, random: Random, from: Place): Place {
  const places: readonly Place[] = [...arena.spawns, ...arena.pickups, ...arena.hills.map(centreOf)];
  const middle = { x: arena.widthPx / 2, y: arena.heightPx / 2 };
  let best: Place = middle;
  let bestPx = Infinity;
  for (let draw = 0; draw < 3; draw++) {
    const place = places[pickIndex(random, places.length)] ?? middle;
    const px = distanceTo(place, middle) + (distanceTo(place, from) < 300 ? 4000 : 0);
    if (px < bestPx) {
      best = place;
      bestPx = px;
    }
  }
  return best;
}

const centreOf = ({ x, y, width, height }: Place & { width: number; height: number }): Place => ({
  x: x + width / 2,
  y: y + height / 2,
});
