/** Derives the whole path of a shot from one moment of its flight. */
import type { ShownShot } from "#client/render/shown.ts";
import { TICK_MS } from "#shared/config.ts";
import { flownPx } from "#shared/sim/projectile.ts";
import { PROJECTILE_NAMES, PROJECTILES } from "#shared/tuning.ts";

/** A path that is shorter than the weapon's range by more than this ends at a wall. */
const SLACK_PX = 2;

const indexOf = (shot: ShownShot) => ({ weapon: PROJECTILE_NAMES.indexOf(shot.weapon) });

/** Length of the path, px. Valid only while the shot has not ended. */
export const reachPxOf = (shot: ShownShot): number =>
  flownPx(indexOf(shot), shot.ageMs / TICK_MS) / Math.max(0.01, shot.share);

/** Whether the shot ends at its range, without hitting a wall. */
export const fizzles = (shot: ShownShot, reachPx: number): boolean =>
  reachPx >= PROJECTILES[shot.weapon].rangePx - SLACK_PX;

/** The end of the path, world px. */
export function endOf(shot: ShownShot, reachPx: number): { x: number; y: number } {
  const leftPx = reachPx * (1 - shot.share);
  return { x: shot.x + Math.cos(shot.aim) * leftPx, y: shot.y + Math.sin(shot.aim) * leftPx };
}
