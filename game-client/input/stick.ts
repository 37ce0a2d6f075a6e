/** Arithmetic of sticks on pads and touch screens: dead zones, direction buttons, movement and aim. */
import type { Action } from "#client/settings/bindings.ts";
import { MOVE_MAX, REACH_STEP_PX } from "#shared/schema/input.ts";
import { PROJECTILES } from "#shared/tuning.ts";
import type { Aim } from "./device.ts";

/** A stick's position: right and down are positive, length 1 is the rim. */
export interface Vector {
  readonly x: number;
  readonly y: number;
}

export const CENTRE: Vector = { x: 0, y: 0 };

/** At the rim the aim reaches as far as the longest lob. */
const STICK_REACH_PX = PROJECTILES.mortar.rangePx;
const REACH_MAX = 255;
/** After this long without aiming, the barrel turns into the direction of movement. */
const LOOK_AHEAD_MS = 1000;

export const lengthOf = ({ x, y }: Vector): number => Math.hypot(x, y);

/**
 * Radial dead zone, the same in all directions, so that a diagonal does not snap to an axis. 0 inside `inner`, then
 * rising to 1 at `outer`, which is below 1 because a worn stick does not reach its rim.
 */
export function withDeadZone(stick: Vector, inner: number, outer: number): Vector {
  const length = lengthOf(stick);
  if (!(length > inner)) return CENTRE;
  const share = Math.min(1, (length - inner) / (outer - inner)) / length;
  return { x: stick.x * share, y: stick.y * share };
}

/** Clamps a stick to its circle and scales it to a command's −127 to 127 an axis. */
export function toMove(stick: Vector): { x: number; y: number } {
  const scale = MOVE_MAX / Math.max(1, lengthOf(stick));
  return { x: toInt(stick.x * scale), y: toInt(stick.y * scale) };
}

/** Adding 0 turns the −0 of Math.round into 0: Object.is and test equality tell them apart. */
const toInt = (value: number): number => Math.round(value) + 0;

/** Distance in px → the command's reach, in steps of REACH_STEP_PX. */
export const reachOf = (px: number): number => Math.min(REACH_MAX, Math.round(px / REACH_STEP_PX));

/** The direction in which a stick points; it is kept after the stick is released. */
export interface StickAim {
  /** Both sticks with their dead zones removed; `nowMs` on any monotonic clock. */
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

const DIRECTIONS: Readonly<Partial<Record<Action, Vector>>> = {
  moveUp: { x: 0, y: -1 },
  moveLeft: { x: -1, y: 0 },
  moveDown: { x: 0, y: 1 },
  moveRight: { x: 1, y: 0 },
};

export const isDirection = (action: Action): boolean => action in DIRECTIONS;

/** Adds up direction buttons to a stick. A diagonal has length 1; opposite buttons cancel out. */
export function directionOf(actions: Iterable<Action>): Vector {
  let x = 0;
  let y = 0;
  for (const action of actions) {
    x += DIRECTIONS[action]?.x ?? 0;
    y += DIRECTIONS[action]?.y ?? 0;
  }
  x = Math.sign(x);
  y = Math.sign(y);
  const reach = x !== 0 && y !== 0 ? Math.SQRT1_2 : 1;
  return { x: x * reach, y: y * reach };
}
