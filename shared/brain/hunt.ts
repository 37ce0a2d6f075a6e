/** Where to look for enemies when none is in sight and the mode asks for nothing. */
import type { Arena } from "#shared/arena/arena.ts";
import { pickIndex, type Random } from "#shared/sim/random.ts";
import type { Place } from "#shared/sim/sight.ts";
import { distanceTo } from "./geometry.ts";
import type { Goal, Situation } from "./goal.ts";

/** After whom it has just lost; else to a noise; undefined when it knows of neither. */
export function huntGoal({ target, memory, perception: { tick } }: Situation): Goal | undefined {
  if (target && !target.inSight) {
    // Whoever went behind a wall went on: it looks where they must be by now, if that was not long ago.
    const sec = Math.min(0.5, (tick - target.seenTick) / 30);
    return { place: { x: target.x + target.vx * sec, y: target.y + target.vy * sec }, manner: "fight" };
  }
  return memory.noise && { place: memory.noise, manner: "fight" };
}

/**
 * A place to roam to: of three of the map's own places the one nearest to its middle, if that is not where it is.
 * Everybody comes by the middle now and then, so that nobody looks for others for long.
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
