/** Everybody from left to right: who is near a place is found without asking all. */
import type { Drone } from "#shared/schema/state.ts";
import type { Place } from "./sight.ts";

/** A drone, where it was when the row was made. */
export interface Standing {
  readonly id: string;
  readonly drone: Drone;
  readonly x: number;
  readonly y: number;
  readonly hp: number;
}

export class SweepRow {
  /** By x; of those with the same, by id: no order of maps decides anything. */
  readonly #row: readonly Standing[];

  constructor(drones: Iterable<readonly [string, Drone]>) {
    this.#row = Array.from(drones, ([id, drone]) => {
      const { x, y, hp } = drone;
      return { id, drone, x, y, hp };
    }).sort((a, b) => a.x - b.x || (a.id < b.id ? -1 : 1));
  }

  /** With an x from `leftPx` to `rightPx`. */
  between(leftPx: number, rightPx: number): readonly Standing[] {
    const from = this.#firstFrom(leftPx);
    let to = from;
    while (to < this.#row.length && (this.#row[to] as Standing).x <= rightPx) to++;
    return this.#row.slice(from, to);
  }

  /** In the square around a place whose sides are twice `withinPx`; without the one with this id. */
  around({ x, y }: Place, withinPx: number, except?: string): readonly Standing[] {
    const near: Standing[] = [];
    for (let at = this.#firstFrom(x - withinPx); at < this.#row.length; at++) {
      const other = this.#row[at] as Standing;
      if (other.x > x + withinPx) break;
      if (Math.abs(other.y - y) <= withinPx && other.id !== except) near.push(other);
    }
    return near;
  }

  /** Bisection: how many are farther left. */
  #firstFrom(leftPx: number): number {
    let low = 0;
    let high = this.#row.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.#row[middle] as Standing).x < leftPx) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
