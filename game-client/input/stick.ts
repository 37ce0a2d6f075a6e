/** The arithmetic of sticks, of plastic or glass: dead zones, circles, and what a direction means for the barrel. */
import { MOVE_MAX, REACH_STEP_PX } from "#shared/schema/input.ts";
import { PROJECTILES } from "#shared/tuning.ts";
import type { Aim } from "./device.ts";

/** Right and down are positive; 1 is the rim. */
export interface Vector {
  readonly x: number;
  readonly y: number;
}

export const CENTRE: Vector = { x: 0, y: 0 };

/** A stick pushed to the rim points as far as the farthest lob goes. */
const STICK_REACH_PX = PROJECTILES.mortar.rangePx;
const REACH_MAX = 255;
/** Who does not aim for this long looks where the drone goes. */
const LOOK_AHEAD_MS = 1000;

export const lengthOf = ({ x, y }: Vector): number => Math.hypot(x, y);

/**
 * Radial: the same in all directions, so that a diagonal does not snap to an axis. 0 inside `inner`, then rising from
 * 0 to 1 at `outer`; a worn stick does not reach its rim.
 */
export function withDeadZone(stick: Vector, inner: number, outer: number): Vector {
  const length = lengthOf(stick);
  if (!(length > inner)) return CENTRE;
  const share = Math.min(1, (length - inner) / (outer - inner)) / length;
  return { x: stick.x * share, y: stick.y * share };
}

/** Into its circle, and to what a command carries. */
export function toMove(stick: Vector): { x: number; y: number } {
  const scale = MOVE_MAX / Math.max(1, lengthOf(stick));
  return { x: toInt(stick.x * scale), y: toInt(stick.y * scale) };
}

/** Math.round gives −0, which a test for equality would tell from 0. */
const toInt = (value: number): number => Math.round(value) + 0;

export const reachOf = (px: number): number => Math.min(REACH_MAX, Math.round(px / REACH_STEP_PX));

/** Where a stick points, also after it was let go. */
export interface StickAim {
  /** Both without their dead zones; `nowMs` on any clock that goes forward. */
  follow(aiming: Vector, moving: Vector, nowMs: number): Aim;
}

export function createStickAim(): StickAim {
  let aim = 0;
  let reach = reachOf(STICK_REACH_PX / 2);
  let aimedAtMs = Number.NEGATIVE_INFINITY;
  return {
    follow(aiming, moving, nowMs) {
      const push = Math.min(1, lengthOf(aiming));
      if (push > 0) {
        aim = Math.atan2(aiming.y, aiming.x);
        reach = reachOf(push * STICK_REACH_PX);
        aimedAtMs = nowMs;
      } else if (nowMs - aimedAtMs > LOOK_AHEAD_MS && lengthOf(moving) > 0) {
        aim = Math.atan2(moving.y, moving.x);
      }
      return { aim, reach };
    },
  };
}
