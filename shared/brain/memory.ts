/** A bot's memory: pickups that it found missing, and the last noise that it did not make itself. */
import type { Arena, PickupSpot } from "#shared/arena/arena.ts";
import { TICKS_PER_SEC } from "#shared/config.ts";
import type { SimEvent } from "#shared/sim/event.ts";
import type { Random } from "#shared/sim/random.ts";
import type { Place } from "#shared/sim/sight.ts";
import { PICKUPS } from "#shared/tuning.ts";
import { isInView, type Perception } from "./perception.ts";

const HEARING = {
  /** 1.5 times half a view's width: fights are heard before they are seen. */
  reachPx: 1200,
  /** Places of noises are rounded to a grid of this size. */
  roughPx: 200,
  /** A hit reveals only the attacker's direction; the bot assumes this distance. */
  attackerPx: 500,
  forgottenTicks: 6 * TICKS_PER_SEC,
  /** A call is repeated as long as it holds. */
  callTicks: 1 * TICKS_PER_SEC,
} as const;

export interface Noise extends Place {
  readonly tick: number;
}

export class Memory {
  readonly #arena: Arena;
  /**
   * The arena's pickups with their index, in forward or reverse order at random: choices take the first of equals, and
   * the same order for all bots would favour one side of a symmetric map.
   */
  readonly spots: readonly (readonly [spot: number, pickup: PickupSpot])[];
  /** By index: the tick at which the pickup should be back; 0 when the bot has not seen it missing. */
  readonly #dueTicks: number[];
  noise: Noise | undefined;
  /** Where the room has sent it (seekOut.ts). */
  call: Noise | undefined;

  constructor(arena: Arena, random: Random) {
    this.#arena = arena;
    const spots = [...arena.pickups.entries()];
    this.spots = random.next() < 0.5 ? spots : spots.reverse();
    this.#dueTicks = arena.pickups.map(() => 0);
  }

  /** Call every tick: events are available in their own tick only. */
  listen(perception: Perception): void {
    const { tick } = perception;
    for (const event of perception.events) {
      const place = this.#placeOf(event, perception);
      if (place) this.noise = { ...place, tick };
    }
    if (this.noise && tick - this.noise.tick > HEARING.forgottenTicks) this.noise = undefined;
    if (this.call && tick - this.call.tick > HEARING.callTicks) this.call = undefined;
  }

  /** Not rounded, unlike the place of a noise: that may be in a wall, where no path leads. */
  hearOf({ x, y }: Place, tick: number): void {
    this.call = { x, y, tick };
  }

  /** Call with each decision: notes which pickups in view are there and which are missing. */
  notePickups({ self, hasPickup, tick }: Perception): void {
    const eye = { x: self.x, y: self.y };
    for (const [spot, pickup] of this.#arena.pickups.entries()) {
      if (!isInView(eye, pickup)) continue;
      if (hasPickup[spot]) this.#dueTicks[spot] = 0;
      else if (!((this.#dueTicks[spot] ?? 0) > tick)) {
        this.#dueTicks[spot] = tick + PICKUPS[pickup.kind].returnTicks;
      }
    }
  }

  /** Whether the bot believes that the pickup with this index is there. */
  expects(spot: number, tick: number): boolean {
    return tick >= (this.#dueTicks[spot] ?? 0);
  }

  forgetAll(): void {
    this.noise = this.call = undefined;
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

  /** The point of the hull that was hit gives the direction of the attacker. */
  #attackerAt(self: Place, at: Place): Place {
    const dx = at.x - self.x;
    const dy = at.y - self.y;
    const px = Math.max(1, Math.hypot(dx, dy));
    return {
      x: this.#inside(self.x + (dx / px) * HEARING.attackerPx, this.#arena.widthPx),
      y: this.#inside(self.y + (dy / px) * HEARING.attackerPx, this.#arena.heightPx),
    };
  }

  /** The grid starts in the middle of the map: from a corner it would not be symmetric for both teams. */
  #roughly(px: number, sizePx: number): number {
    const steps = Math.floor((px - sizePx / 2) / HEARING.roughPx) + 0.5;
    return this.#inside(sizePx / 2 + steps * HEARING.roughPx, sizePx);
  }

  #inside = (px: number, sizePx: number) =>
    Math.max(this.#arena.tilePx, Math.min(px, sizePx - this.#arena.tilePx));
}
