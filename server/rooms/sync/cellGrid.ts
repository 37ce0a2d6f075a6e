/**
 * Points sorted by the cell of a uniform grid (a counting sort): a row of neighbouring cells is one run of the sorted
 * order. Filled anew when the points have moved; allocates nothing then, as long as they are no more than before.
 */
export class CellGrid {
  readonly #cellPx: number;
  readonly #columns: number;
  readonly #rows: number;
  /** Where each cell begins in `order`; one more at the end. */
  readonly #starts: Int32Array;
  #cells = new Int32Array(0);
  /** Numbers of the points, cell by cell, row by row. */
  order = new Int32Array(0);

  /** For points in 0…widthPx, 0…heightPx; who is outside is kept in the nearest cell, and found there. */
  constructor(widthPx: number, heightPx: number, cellPx: number) {
    this.#cellPx = cellPx;
    this.#columns = Math.max(1, Math.ceil(widthPx / cellPx));
    this.#rows = Math.max(1, Math.ceil(heightPx / cellPx));
    this.#starts = new Int32Array(this.#columns * this.#rows + 1);
  }

  /** With the first `count` of `numbers`; the point with number n is at xs[n], ys[n], px. */
  fill(numbers: ArrayLike<number>, count: number, xs: ArrayLike<number>, ys: ArrayLike<number>): void {
    this.#makeRoomFor(count);
    const starts = this.#starts.fill(0);
    for (let index = 0; index < count; index++) {
      const point = numbers[index] as number;
      const cell = this.row(ys[point] as number) * this.#columns + this.column(xs[point] as number);
      this.#cells[index] = cell;
      starts[cell] = (starts[cell] as number) + 1;
    }
    let end = 0;
    for (let cell = 0; cell < starts.length; cell++) {
      end += starts[cell] as number;
      starts[cell] = end;
    }
    // From the last to the first, so that each cell's start has moved to its true place at the end.
    for (let index = count - 1; index >= 0; index--) {
      const cell = this.#cells[index] as number;
      const at = (starts[cell] as number) - 1;
      starts[cell] = at;
      this.order[at] = numbers[index] as number;
    }
  }

  column(x: number): number {
    return Math.min(Math.max(Math.floor(x / this.#cellPx), 0), this.#columns - 1);
  }

  row(y: number): number {
    return Math.min(Math.max(Math.floor(y / this.#cellPx), 0), this.#rows - 1);
  }

  /** Of these cells of a row: their points are order[start…end − 1]. */
  start(row: number, firstColumn: number): number {
    return this.#starts[row * this.#columns + firstColumn] as number;
  }

  end(row: number, lastColumn: number): number {
    return this.#starts[row * this.#columns + lastColumn + 1] as number;
  }

  #makeRoomFor(count: number): void {
    if (this.order.length >= count) return;
    this.order = new Int32Array(2 * count);
    this.#cells = new Int32Array(2 * count);
  }
}
