/** The automatic trigger: fires while the barrel points at an enemy that the player sees, for hands that only aim. */
import { angleTo, distanceTo, wrapAngle } from "#shared/brain/geometry.ts";
import type { Place } from "#shared/sim/sight.ts";
import { DRONE } from "#shared/tuning.ts";
import type { SeenEnemy } from "./aimAssist.ts";

/** The barrel may be off by this many widths of the enemy, as a person who fires in time would have it. */
const WIDTHS = 1.4;
/** …and never by more than this, radians: an enemy at arm's length fills half the screen. */
const OFF_MAX_RAD = 0.5;

/** Whether a shot at `aim` (radians) over at most `rangePx` is worth it now. */
export const isWorthAShot = (
  aim: number,
  self: Place,
  enemies: readonly SeenEnemy[],
  rangePx: number,
): boolean =>
  enemies.some((enemy) => {
    if (!enemy.isClear || enemy.isProtected) return false;
    const px = distanceTo(self, enemy);
    if (px > rangePx) return false;
    const offRad = Math.min(off(aim, self, enemy), off(aim, self, enemy.lead));
    return offRad <= Math.min(OFF_MAX_RAD, Math.atan((WIDTHS * DRONE.radiusPx) / Math.max(px, 1)));
  });

const off = (aim: number, self: Place, at: Place): number => Math.abs(wrapAngle(angleTo(self, at) - aim));
