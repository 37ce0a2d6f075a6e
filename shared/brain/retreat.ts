/** When to run, and where to: who is weak and outnumbered lives on by leaving. */
import type { Place } from "#shared/sim/sight.ts";
import { distanceTo } from "./geometry.ts";
import type { Goal, Situation } from "./goal.ts";
import { wayPx } from "./ways.ts";

/** Strength is hp and shield. */
const WEAK = { alone: 30, outnumbered: 55 } as const;
/** How far it runs for health rather than from the enemy. */
const HEALTH_WITHIN_PX = 1400;

export function retreatGoal(situation: Situation): Goal | undefined {
  const { perception, sights, target } = situation;
  const { self } = perception;
  if (!target?.inSight) return undefined;
  const strength = self.hp + self.shield;
  const isOutnumbered = sights.enemies.length > sights.friends.length + 1;
  if (strength >= (isOutnumbered ? WEAK.outnumbered : WEAK.alone)) return undefined;
  // Who can finish the other first does so.
  const foe = perception.droneById.get(target.id);
  if (!isOutnumbered && foe && foe.hp + foe.shield <= strength) return undefined;
  const place = nearestHealth(situation, target) ?? awayFrom(situation, target);
  return place && { place, manner: "press on" };
}

/** Not past the enemy. */
function nearestHealth({ arena, perception: { self, tick }, memory }: Situation, enemy: Place) {
  let nearest: Place | undefined;
  let nearestPx: number = HEALTH_WITHIN_PX;
  for (const [spot, pickup] of memory.spots) {
    if (pickup.kind !== "health" && pickup.kind !== "shield") continue;
    if (!memory.expects(spot, tick) || distanceTo(enemy, pickup) < distanceTo(self, pickup)) continue;
    const px = wayPx(arena, self, pickup);
    if (px >= nearestPx) continue;
    nearest = pickup;
    nearestPx = px;
  }
  return nearest;
}

/** The spawn point that gains most on the enemy for its way. */
function awayFrom({ arena, perception: { self } }: Situation, enemy: Place): Place | undefined {
  let best: Place | undefined;
  let bestPx = Number.NEGATIVE_INFINITY;
  for (const point of arena.spawns) {
    const gainPx = distanceTo(enemy, point) - 1.2 * distanceTo(self, point);
    if (gainPx <= bestPx) continue;
    best = point;
    bestPx = gainPx;
  }
  return best;
}
