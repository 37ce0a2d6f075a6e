/** Finds the drone that gets a thing that only one drone can have. */
import type { Drone } from "#shared/schema/state.ts";
import { distancePx } from "./distance.ts";
import type { Member } from "./lineup.ts";
import { pickIndex } from "./random.ts";
import type { Place } from "./sight.ts";
import { isAlive, type World } from "./world.ts";

/**
 * The living drone nearest to a place, at most `withinPx` away, for which `isMeant` holds. A random draw decides
 * between equal distances: on a symmetric map both teams reach the middle in the same tick, and neither the iteration
 * order of a map nor an id may favour one of them.
 */
export function nearestDrone(
  { random }: World,
  drones: readonly Member[],
  place: Place,
  withinPx: number,
  isMeant: (drone: Drone) => boolean,
): Member | undefined {
  let nearest: Member[] = [];
  let nearestPx = withinPx;
  for (const member of drones) {
    const { drone } = member;
    const px = distancePx(drone, place);
    if (px > nearestPx || !isAlive(drone) || !isMeant(drone)) continue;
    if (px < nearestPx) nearest = [];
    nearest.push(member);
    nearestPx = px;
  }
  if (nearest.length < 2) return nearest[0];
  nearest.sort((a, b) => (a.id < b.id ? -1 : 1));
  return nearest[pickIndex(random, nearest.length)];
}
