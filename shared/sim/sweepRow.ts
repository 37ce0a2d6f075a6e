/** Drones sorted by x, so that a query for the drones near a place need not visit all (sweep and prune). */
import type { Drone } from "#shared/schema/state.ts";
import type { Place } from "./sight.ts";

/** A drone with its position and hp at the time when the row was built. */
export interface Standing {
  readonly id: string;
  readonly drone: Drone;
  readonly x: number;
  readonly y: number;
  readonly hp: number;
}

export class SweepRow {
  /** By x, then by id, so that the iteration order of a map decides nothing. */
  readonly #row: readonly Standing[];

  constructor(drones: Iterable<readonly [string, Drone]>) {
    this.#row = Array.from(drones, ([id, drone]) => {
      const { x, y, hp } = drone;
      return { id, drone, x, y, hp };
    }).sort((a, b) => a.x - b.x || (a.id < b.id ? -1 : 1));
  }

  /** Drones with `leftPx` ≤ x ≤ `rightPx`. */
  between(leftPx: number, rightPx: number): readonly Standing[] {
    const from = this.#firstFrom(leftPx);
    let to = from;
    while (to < this.#row.length && (this.#row[to] as Standing).x <= rightPx) to++;
    return this.#row.slice(from, to);
  }

  /** Drones in the square with sides of 2 × `withinPx` around a place, without the one with the id `except`. */
  around({ x, y }: Place, withinPx: number, except?: string): readonly Standing[] {
    const near: Standing[] = [];
    for (let at = this.#firstFrom(x - withinPx); at < this.#row.length; at++) {
      const other = this.#row[at] as Standing;
      if (other.x > x + withinPx) break;
      if (Math.abs(other.y - y) <= withinPx && other.id !== except) near.push(other);
    }
    return near;
  }

  /** Index of the first drone with x ≥ `leftPx`, by bisection. */
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
