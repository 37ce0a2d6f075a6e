/** Drones sorted by x, so that a query for the drones near a place need not visit all (sweep and prune). */
import type { Drone } from "#shared/schema/state.ts";
import type { Place } from "./sight.ts";

/** A drone with its position and hp at the time when the row was refreshed. */
export interface Standing {
  readonly id: string;
  readonly drone: Drone;
  readonly x: number;
  readonly y: number;
  readonly hp: number;
}

type Mutable<Fields> = { -readonly [Key in keyof Fields]: Fields[Key] };

export class SweepRow {
  /** By x, then by id, so that the iteration order of a map decides nothing. */
  readonly #row: Mutable<Standing>[];

  /** What a query has found so far; the entries beyond are old. */
  readonly #found: Standing[] = [];
  /** By length: the array that queries return, so that they allocate none. */
  readonly #results: Standing[][] = [];

  constructor(drones: Iterable<Pick<Standing, "id" | "drone">>) {
    this.#row = Array.from(drones, ({ id, drone }) => {
      const { x, y, hp } = drone;
      return { id, drone, x, y, hp };
    }).sort((a, b) => (isBefore(a, b) ? -1 : 1));
  }

  /** Reads the same drones anew. Sorts by insertion: hardly any changes its place in the row from one tick to the next. */
  refresh(): void {
    const row = this.#row;
    for (let at = 0; at < row.length; at++) {
      const moved = row[at] as Mutable<Standing>;
      const { drone } = moved;
      moved.x = drone.x;
      moved.y = drone.y;
      moved.hp = drone.hp;
      let to = at;
      while (to > 0 && isBefore(moved, row[to - 1] as Standing)) {
        row[to] = row[to - 1] as Mutable<Standing>;
        to--;
      }
      row[to] = moved;
    }
  }

  /** The drone at this place of the row, or undefined past its end. */
  at(index: number): Standing | undefined {
    return this.#row[index];
  }

  /** Place in the row of the first drone with x ≥ `leftPx`, by bisection. */
  firstFrom(leftPx: number): number {
    let low = 0;
    let high = this.#row.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.#row[middle] as Standing).x < leftPx) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  /**
   * Drones in the square with sides of 2 × `withinPx` around a place, without the one with the id `except`. The array is
   * valid until the next query.
   */
  around({ x, y }: Place, withinPx: number, except?: string): readonly Standing[] {
    let count = 0;
    for (let at = this.firstFrom(x - withinPx); at < this.#row.length; at++) {
      const other = this.#row[at] as Standing;
      if (other.x > x + withinPx) break;
      if (Math.abs(other.y - y) > withinPx || other.id === except) continue;
      this.#found[count++] = other;
    }
    const found = this.#foundOf(count);
    for (let place = 0; place < count; place++) found[place] = this.#found[place] as Standing;
    return found;
  }

  #foundOf(count: number): Standing[] {
    let result = this.#results[count];
    if (!result) {
      result = new Array<Standing>(count);
      this.#results[count] = result;
    }
    return result;
  }
}

const isBefore = (a: Standing, b: Standing): boolean => a.x < b.x || (a.x === b.x && a.id < b.id);
