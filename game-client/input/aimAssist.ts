/**
 * Aim assist for thumbs: pulls the direction of a stick gently towards the enemy nearest to it. The page knows no more
 * than the player's screen shows, and the server judges the shots as any others.
 */
import { angleTo, distanceTo, wrapAngle } from "#shared/brain/geometry.ts";
import type { Place } from "#shared/sim/sight.ts";

/** An enemy on the player's screen; world px. */
export interface SeenEnemy extends Place {
  /** Where a shot of the blaster would meet it. */
  readonly lead: Place;
  /** No wall on the line to it. */
  readonly isClear: boolean;
  /** Just arrived: it takes no damage yet. */
  readonly isProtected: boolean;
}

/** Half the angle in which an enemy attracts the aim, radians. */
export const CONE_RAD = 0.3;

/**
 * The aim after the pull towards the enemy nearest to it, radians. `strength` 0 pulls not at all, 1 as far as the enemy
 * for an aim close to it. The pull falls to 0 at the rim of the cone, so that the aim never jumps as the stick turns.
 */
export function assistedAim(
  aim: number,
  self: Place,
  enemies: readonly SeenEnemy[],
  strength: number,
  rangePx: number,
): number {
  const offRad = nearestOff(aim, self, enemies, rangePx);
  if (strength === 0 || offRad === undefined) return aim;
  return wrapAngle(aim + offRad * strength * (1 - (offRad / CONE_RAD) ** 2));
}

/** The signed angle from the aim to the nearest enemy in the cone, radians. */
function nearestOff(
  aim: number,
  self: Place,
  enemies: readonly SeenEnemy[],
  rangePx: number,
): number | undefined {
  let nearest: number | undefined;
  for (const enemy of enemies) {
    if (!enemy.isClear || enemy.isProtected || distanceTo(self, enemy) > rangePx) continue;
    const offRad = wrapAngle(angleTo(self, enemy.lead) - aim);
    if (Math.abs(offRad) < Math.abs(nearest ?? CONE_RAD)) nearest = offRad;
  }
  return nearest;
}
