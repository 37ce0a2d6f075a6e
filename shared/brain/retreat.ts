/** Retreat of a weak bot from a fight that it would lose: when, and where to. */
import type { Place } from "#shared/sim/sight.ts";
import { distanceTo } from "./geometry.ts";
import type { Goal, Situation } from "./goal.ts";
import { wayPx } from "./ways.ts";

/** Thresholds of strength, which is hp plus shield. */
const WEAK = { alone: 30, outnumbered: 55 } as const;
/** It runs to health or shield within this distance, otherwise away from the enemy. */
const HEALTH_WITHIN_PX = 1400;

/** Undefined unless the bot is weak and an enemy in sight is likely to win. */
export function retreatGoal(situation: Situation): Goal | undefined {
  const { perception, sights, target } = situation;
  const { self } = perception;
  if (!target?.inSight) return undefined;
  const strength = self.hp + self.shield;
  const isOutnumbered = sights.enemies.length > sights.friends.length + 1;
  if (strength >= (isOutnumbered ? WEAK.outnumbered : WEAK.alone)) return undefined;
  // In a duel the stronger one stays to finish it.
  const foe = perception.droneById.get(target.id);
  if (!isOutnumbered && foe && foe.hp + foe.shield <= strength) return undefined;
  const place = nearestHealth(situation, target) ?? awayFrom(situation, target);
  return place && { place, manner: "press on" };
}

/** The nearest health or shield that is nearer to the bot than to the enemy. */
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

/** The spawn point that is far from the enemy and near to the bot. */
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
