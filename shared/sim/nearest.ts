/** Who of all is nearest to a thing that only one can have. */
import type { Drone } from "#shared/schema/state.ts";
import { distancePx } from "./distance.ts";
import { pickIndex } from "./random.ts";
import type { Place } from "./sight.ts";
import { isAlive, type World } from "./world.ts";

/**
 * Of two as near chance decides: both sides of a fair map run to its middle in the same time, and neither an order of
 * maps nor an id must make one of them the better.
 */
export function nearestDrone(
  { random }: World,
  drones: Iterable<readonly [string, Drone]>,
  place: Place,
  withinPx: number,
  isMeant: (drone: Drone) => boolean,
): { id: string; drone: Drone } | undefined {
  let nearest: { id: string; drone: Drone }[] = [];
  let nearestPx = withinPx;
  for (const [id, drone] of drones) {
    const px = distancePx(drone, place);
    if (px > nearestPx || !isAlive(drone) || !isMeant(drone)) continue;
    if (px < nearestPx) nearest = [];
    nearest.push({ id, drone });
    nearestPx = px;
  }
  if (nearest.length < 2) return nearest[0];
  nearest.sort((a, b) => (a.id < b.id ? -1 : 1));
  return nearest[pickIndex(random, nearest.length)];
}
