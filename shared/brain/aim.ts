/** Where the barrel points: with lead for what flies, and with a hand that errs, settles and takes time to turn. */
import type { Random } from "#shared/sim/random.ts";
import type { Place } from "#shared/sim/sight.ts";
import { MUZZLE_PX } from "#shared/tuning.ts";
import { distanceTo, wobble, wrapAngle } from "./geometry.ts";
import type { Skill } from "./skill.ts";

/** A hand is twice as far off at first, and settles in about so many ticks. */
const SETTLE_TICKS = 20;
/** How fast an error follows the next one. */
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

  /** With new orders. */
  slip(): void {
    this.#nextError = wobble(this.#random) * this.#skill.aimErrorRad;
  }

  /** Turns towards the direction wanted; returns by how far the barrel is off from where the hand wants it. */
  turnTo(wanted: number, trackedTicks: number): number {
    this.#error += (this.#nextError - this.#error) * DRIFT_SHARE;
    const erring = wanted + this.#error * (1 + Math.exp(-trackedTicks / SETTLE_TICKS));
    const turn = wrapAngle(erring - this.aim);
    const { turnRadPerTick } = this.#skill;
    this.aim = wrapAngle(this.aim + Math.max(-turnRadPerTick, Math.min(turn, turnRadPerTick)));
    return Math.max(0, Math.abs(turn) - turnRadPerTick);
  }
}

/** Where a shot of that speed meets who moves on as now; `share` of the way there. */
export function leadPlace(
  from: Place,
  target: Place & { vx: number; vy: number },
  speedPxPerSec: number,
  share: number,
): Place {
  let place: Place = target;
  // Two rounds are enough: drones are much slower than shots.
  for (let round = 0; round < 2; round++) {
    const sec = Math.max(0, distanceTo(from, place) - MUZZLE_PX) / speedPxPerSec;
    place = { x: target.x + target.vx * sec * share, y: target.y + target.vy * sec * share };
  }
  return place;
}
