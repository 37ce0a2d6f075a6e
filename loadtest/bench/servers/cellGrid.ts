/**
 * Points sorted by the cell of a uniform grid (a counting sort): a row of neighbouring cells is one run of the sorted
 * order. Filled anew when the points have moved; allocates nothing then.
 */
export class CellGrid {
  readonly #cellPx: number;
  readonly #columns: number;
  /** Where each cell begins in `order`; one more at the end. */
  readonly #starts: Int32Array;
  readonly #cellOf: Int32Array;
  /** Indices of the points, cell by cell, row by row; within a cell they rise. */
  readonly order: Int32Array;

  /** For at most `capacity` points in 0…sidePx; who is outside is kept in the nearest cell. */
  constructor(sidePx: number, cellPx: number, capacity: number) {
    this.#cellPx = cellPx;
    this.#columns = Math.max(1, Math.ceil(sidePx / cellPx));
    this.#starts = new Int32Array(this.#columns ** 2 + 1);
    this.#cellOf = new Int32Array(capacity);
    this.order = new Int32Array(capacity);
  }

  fill(points: readonly { readonly x: number; readonly y: number }[]): void {
    const starts = this.#starts.fill(0);
    for (const [index, { x, y }] of points.entries()) {
      const cell = this.line(y) * this.#columns + this.line(x);
      this.#cellOf[index] = cell;
      starts[cell] = (starts[cell] ?? 0) + 1;
    }
    let end = 0;
    for (let cell = 0; cell < starts.length; cell++) {
      end += starts[cell] ?? 0;
      starts[cell] = end;
    }
    // From the last to the first, so that each cell's start has moved to its true place at the end.
    for (let index = points.length - 1; index >= 0; index--) {
      const cell = this.#cellOf[index] ?? 0;
      const at = (starts[cell] ?? 0) - 1;
      starts[cell] = at;
      this.order[at] = index;
    }
  }

  /** Column of an x, or row of a y. */
  line(px: number): number {
    return Math.min(Math.max(Math.floor(px / this.#cellPx), 0), this.#columns - 1);
  }

  /** Of these cells of a row: their points are order[start…end − 1]. */
  start(row: number, firstColumn: number): number {
    return this.#starts[row * this.#columns + firstColumn] ?? 0;
  }

  end(row: number, lastColumn: number): number {
    return this.#starts[row * this.#columns + lastColumn + 1] ?? 0;
  }
}
