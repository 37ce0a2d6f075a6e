/** What a shown shot tells about its whole way. */

import type { ShownShot } from "#client/render/shown.ts";
import { TICK_MS } from "#shared/config.ts";
import { flownPx } from "#shared/sim/projectile.ts";
import { PROJECTILE_NAMES, PROJECTILES } from "#shared/tuning.ts";

/** A shot that flies this much less far than its range has met a wall. */
const SLACK_PX = 2;

const indexOf = (shot: ShownShot) => ({ weapon: PROJECTILE_NAMES.indexOf(shot.weapon) });

/** px from where it was fired to where it ends; of use only while it has not. */
export const reachPxOf = (shot: ShownShot): number =>
  flownPx(indexOf(shot), shot.ageMs / TICK_MS) / Math.max(0.01, shot.share);

/** Whether it goes out by itself, with no wall in its way. */
export const fizzles = (shot: ShownShot, reachPx: number): boolean =>
  reachPx >= PROJECTILES[shot.weapon].rangePx - SLACK_PX;

/** Where it ends, from where it is. */
export function endOf(shot: ShownShot, reachPx: number): { x: number; y: number } {
  const leftPx = reachPx * (1 - shot.share);
  return { x: shot.x + Math.cos(shot.aim) * leftPx, y: shot.y + Math.sin(shot.aim) * leftPx };
}
