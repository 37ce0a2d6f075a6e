/**
 * The grids to which the wire rounds positions and velocities. Every step ends on them, so that a client that
 * re-simulates from a patch starts from exactly what the server holds (Quake and Teeworlds round in the same place).
 *
 * The spans are powers of two and the mode is "wrap" because only then is decoding exact: in "clamp" mode Colyseus
 * spreads 65,535 steps over the span, and a decoded value is off the grid by a rounding error. No value wraps in
 * practice: walls keep positions inside, and speeds stay far below the span.
 */
import { t } from "@colyseus/schema";

/** Largest arena side, px. */
export const POSITION_SPAN_PX = 4096;
/** 65,536 codes over 4,096 px. */
const POSITION_STEPS_PER_PX = 16;
/** Velocities are in [−1024, 1024) px/s. */
const VELOCITY_SPAN_PX_PER_SEC = 1024;
/** 65,536 codes over 2,048 px/s. */
const VELOCITY_STEPS_PER_PX_PER_SEC = 32;

export const position = () => t.quantized({ min: 0, max: POSITION_SPAN_PX, bits: 16, mode: "wrap" });
export const velocity = () =>
  t.quantized({ min: -VELOCITY_SPAN_PX_PER_SEC, max: VELOCITY_SPAN_PX_PER_SEC, bits: 16, mode: "wrap" });

/** The nearest position on the wire's grid: a multiple of 1/16 px. */
export const snapPosition = (px: number) =>
  Math.floor(px * POSITION_STEPS_PER_PX + 0.5) / POSITION_STEPS_PER_PX;

/** The nearest velocity on the wire's grid: a multiple of 1/32 px/s. */
export const snapVelocity = (pxPerSec: number) =>
  Math.floor(pxPerSec * VELOCITY_STEPS_PER_PX_PER_SEC + 0.5) / VELOCITY_STEPS_PER_PX_PER_SEC;

/** 65,536 codes over the circle, as `t.angle()` has them. */
const AIM_STEPS = 65_536;
const CIRCLE_RAD = 2 * Math.PI;

/** The code of a direction, 0…65535. */
export const aimCode = (rad: number) => Math.floor((rad / CIRCLE_RAD) * AIM_STEPS + 0.5) & (AIM_STEPS - 1);

/** The direction of a code, to the bit as the wire decodes it. */
export const aimOfCode = (code: number) => (code / AIM_STEPS) * CIRCLE_RAD;
