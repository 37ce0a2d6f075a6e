/**
 * The wire's number grids. A step ends on them, so that a client that replays from a patch starts from
 * exactly what the server holds (Quake and Teeworlds round in the same place).
 *
 * The spans are powers of two and the mode is "wrap" because only then is decoding exact: in "clamp" mode
 * Colyseus spreads 65,535 steps over the span, and a decoded value is off the grid by a rounding error.
 * Nothing wraps in practice: walls keep positions inside, and speeds are far below the span.
 */
import { t } from "@colyseus/schema";

/** Largest arena side, px. */
export const POSITION_SPAN_PX = 4096;
/** Steps a pixel: 65,536 codes over 4,096 px. */
const POSITION_STEPS_PER_PX = 16;
/** Velocities are in [−1024, 1024) px/s. */
const VELOCITY_SPAN = 1024;
const VELOCITY_STEPS = 32;

export const position = () => t.quantized({ min: 0, max: POSITION_SPAN_PX, bits: 16, mode: "wrap" });
export const velocity = () =>
  t.quantized({ min: -VELOCITY_SPAN, max: VELOCITY_SPAN, bits: 16, mode: "wrap" });

/** px → the nearest position that the wire can carry (multiples of 1/16 px). */
export const snapPosition = (px: number) =>
  Math.floor(px * POSITION_STEPS_PER_PX + 0.5) / POSITION_STEPS_PER_PX;

/** px/s → the nearest velocity that the wire can carry (multiples of 1/32 px/s). */
export const snapVelocity = (pxPerSec: number) =>
  Math.floor(pxPerSec * VELOCITY_STEPS + 0.5) / VELOCITY_STEPS;
