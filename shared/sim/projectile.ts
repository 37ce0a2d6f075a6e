/** Where a shot is. Its whole flight follows from how it was fired, so it is synced once and never patched. */
import type { Arena } from "#shared/arena/arena.ts";
import { TICKS_PER_SEC } from "#shared/config.ts";
import {
  MUZZLE_PX,
  PROJECTILE_NAMES,
  PROJECTILES,
  type ProjectileName,
  type ProjectileTuning,
} from "#shared/tuning.ts";
import { cos, sin } from "./angle.ts";
import { castRay } from "./collision.ts";
import type { Shot } from "./world.ts";

/** What a drone's first trigger fires, as projectiles name it on the wire. */
export const BLASTER = PROJECTILE_NAMES.indexOf("blaster");

export const projectileName = (shot: Pick<Shot, "weapon">): ProjectileName =>
  PROJECTILE_NAMES[shot.weapon] ?? "blaster";

export const weaponOf = (shot: Pick<Shot, "weapon">): ProjectileTuning => PROJECTILES[projectileName(shot)];

/** px from where it was fired, `ageTicks` (any fraction) after. A new shot is at the muzzle. */
export function flownPx(shot: Pick<Shot, "weapon">, ageTicks: number): number {
  return MUZZLE_PX + (weaponOf(shot).speedPxPerSec / TICKS_PER_SEC) * ageTicks;
}

/** The place that far along its way. */
export function placeAlong(shot: Pick<Shot, "x" | "y" | "aim">, gonePx: number): { x: number; y: number } {
  return { x: shot.x + cos(shot.aim) * gonePx, y: shot.y + sin(shot.aim) * gonePx };
}

/** px from where it was fired to where a wall, or its range, ends it. */
export function reachPx(shot: Shot, arena: Arena): number {
  return castRay(arena, shot.x, shot.y, cos(shot.aim), sin(shot.aim), weaponOf(shot).rangePx);
}
