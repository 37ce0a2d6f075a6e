/** Aiming: lead for projectiles, and a hand with an error that settles and a limited turning speed. */
import type { Random } from "#shared/sim/random.ts";
import type { Place } from "#shared/sim/sight.ts";
import { MUZZLE_PX } from "#shared/tuning.ts";
import { distanceTo, triangular, wrapAngle } from "./geometry.ts";
import type { Skill } from "./skill.ts";

/** A new target doubles the error at first; the extra decays with this time constant. */
const SETTLE_TICKS = 20;
/** Share of the gap to the next error that the current one closes per tick. */
const DRIFT_SHARE = 0.15;

export class Hand {
  readonly #skill: Skill;
  readonly #random: Random;
  aim = 0;
  #error = 0;
  #nextError = 0;

  constructor(skill: Skill, random: Random) {
    this.#skill = skill;
    this.#random = random;
  }

  /** Draws the error that the hand drifts to; called with each decision. */
  drawError(): void {
    this.#nextError = triangular(this.#random) * this.#skill.aimErrorRad;
  }

  /**
   * Turns the barrel towards `wanted`, radians, plus the hand's error. Returns the angle still missing, radians.
   * `trackedTicks` is how long the target has been in sight.
   */
  turnTo(wanted: number, trackedTicks: number): number {
    this.#error += (this.#nextError - this.#error) * DRIFT_SHARE;
    const erring = wanted + this.#error * (1 + Math.exp(-trackedTicks / SETTLE_TICKS));
    const turn = wrapAngle(erring - this.aim);
    const { turnRadPerTick } = this.#skill;
    this.aim = wrapAngle(this.aim + Math.max(-turnRadPerTick, Math.min(turn, turnRadPerTick)));
    return Math.max(0, Math.abs(turn) - turnRadPerTick);
  }
}

/** Where a shot of this speed meets a target of constant velocity; `share` scales the lead from 0 (none) to 1 (full). */
export function leadPlace(
  from: Place,
  target: Place & { vx: number; vy: number },
  speedPxPerSec: number,
  share: number,
): Place {
  let place: Place = target;
  // Two rounds of the fixed-point iteration are enough: drones are much slower than shots.
  for (let round = 0; round < 2; round++) {
    const sec = Math.max(0, distanceTo(from, place) - MUZZLE_PX) / speedPxPerSec;
    place = { x: target.x + target.vx * sec * share, y: target.y + target.vy * sec * share };
  }
  return place;
}
