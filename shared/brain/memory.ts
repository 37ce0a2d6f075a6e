/** What a bot remembers: pickups that it found gone, and the last noise that it cannot explain. */
import type { Arena, PickupSpot } from "#shared/arena/arena.ts";
import { TICKS_PER_SEC } from "#shared/config.ts";
import type { SimEvent } from "#shared/sim/event.ts";
import type { Random } from "#shared/sim/random.ts";
import type { Place } from "#shared/sim/sight.ts";
import { PICKUPS } from "#shared/tuning.ts";
import { isInView, type Perception } from "./perception.ts";

const HEARING = {
  /** A view and a half: fights are heard before they are seen. */
  reachPx: 1200,
  /** The ear tells no place better than this. */
  roughPx: 200,
  /** From where a blow comes the hull tells only the direction; it looks this far. */
  attackerPx: 500,
  forgottenTicks: 6 * TICKS_PER_SEC,
} as const;

export interface Noise extends Place {
  readonly tick: number;
}

export class Memory {
  readonly #arena: Arena;
  /**
   * Each pickup spot of the arena with its place in the list, first to last or last to first: of two that are as good
   * the first is chosen, and if it were the same for all, left and right would not be.
   */
  readonly spots: readonly (readonly [spot: number, pickup: PickupSpot])[];
  /** By the arena's pickup spots: the tick from which there should be another; 0 when it was never seen gone. */
  readonly #dueTicks: number[];
  noise: Noise | undefined;

  constructor(arena: Arena, random: Random) {
    this.#arena = arena;
    const spots = [...arena.pickups.entries()];
    this.spots = random.next() < 0.5 ? spots : spots.reverse();
    this.#dueTicks = arena.pickups.map(() => 0);
  }

  /** Every tick: a noise is gone with its tick. */
  listen(perception: Perception): void {
    const { tick } = perception;
    for (const event of perception.events) {
      const place = this.#placeOf(event, perception);
      if (place) this.noise = { ...place, tick };
    }
    if (this.noise && tick - this.noise.tick > HEARING.forgottenTicks) this.noise = undefined;
  }

  /** With each look around: what lies in view, or does not. */
  notePickups({ self, lies, tick }: Perception): void {
    const eye = { x: self.x, y: self.y };
    for (const [spot, pickup] of this.#arena.pickups.entries()) {
      if (!isInView(eye, pickup)) continue;
      if (lies[spot]) this.#dueTicks[spot] = 0;
      else if (!((this.#dueTicks[spot] ?? 0) > tick)) {
        this.#dueTicks[spot] = tick + PICKUPS[pickup.kind].returnTicks;
      }
    }
  }

  /** Whether it believes that something lies there. */
  expects(spot: number, tick: number): boolean {
    return tick >= (this.#dueTicks[spot] ?? 0);
  }

  forgetAll(): void {
    this.noise = undefined;
    this.#dueTicks.fill(0);
  }

  #placeOf(event: SimEvent, { id, self }: Perception): Place | undefined {
    if (event.type === "hit") {
      return event.victim === id ? this.#attackerAt(self, event) : undefined;
    }
    if (event.type !== "beam" && event.type !== "burst" && event.type !== "explode") return undefined;
    if (event.type !== "explode" && event.shooter === id) return undefined;
    const dx = event.x - self.x;
    const dy = event.y - self.y;
    if (dx * dx + dy * dy > HEARING.reachPx ** 2) return undefined;
    return {
      x: this.#roughly(event.x, this.#arena.widthPx),
      y: this.#roughly(event.y, this.#arena.heightPx),
    };
  }

  /** Where the blow met the hull says from which side it came. */
  #attackerAt(self: Place, at: Place): Place {
    const dx = at.x - self.x;
    const dy = at.y - self.y;
    const px = Math.max(1, Math.hypot(dx, dy));
    return {
      x: this.#inside(self.x + (dx / px) * HEARING.attackerPx, this.#arena.widthPx),
      y: this.#inside(self.y + (dy / px) * HEARING.attackerPx, this.#arena.heightPx),
    };
  }

  /** Counted from the middle of the map: from a corner both sides would not hear alike. */
  #roughly(px: number, sizePx: number): number {
    const steps = Math.floor((px - sizePx / 2) / HEARING.roughPx) + 0.5;
    return this.#inside(sizePx / 2 + steps * HEARING.roughPx, sizePx);
  }

  #inside = (px: number, sizePx: number) =>
    Math.max(this.#arena.tilePx, Math.min(px, sizePx - this.#arena.tilePx));
}
