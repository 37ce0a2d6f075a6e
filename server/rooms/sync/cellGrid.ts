/**
 * Points sorted by the cells of a uniform grid (counting sort): adjacent cells of a row are one range of the sorted
 * order. `fill` sorts from scratch, and allocates only when there are more points than ever before.
 */
export class CellGrid {
  readonly #cellPx: number;
  readonly #columns: number;
  readonly #rows: number;
  /** Index in `order` at which each cell begins, and one more entry at the end. */
  readonly #starts: Int32Array;
  #cells = new Int32Array(0);
  /** The points' numbers, cell by cell, row by row. */
  order = new Int32Array(0);

  /** For points in 0…widthPx, 0…heightPx. A point outside belongs to the nearest cell. */
  constructor(widthPx: number, heightPx: number, cellPx: number) {
    this.#cellPx = cellPx;
    this.#columns = Math.max(1, Math.ceil(widthPx / cellPx));
    this.#rows = Math.max(1, Math.ceil(heightPx / cellPx));
    this.#starts = new Int32Array(this.#columns * this.#rows + 1);
  }

  /** Sorts the first `count` of `numbers`; the point with number n is at xs[n], ys[n], px. */
  fill(numbers: ArrayLike<number>, count: number, xs: ArrayLike<number>, ys: ArrayLike<number>): void {
    this.#reserve(count);
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
    // Backwards: each cell's entry moves from its end to its start.
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

  /** The points in columns firstColumn…lastColumn of a row are order[start…end − 1]. */
  start(row: number, firstColumn: number): number {
    return this.#starts[row * this.#columns + firstColumn] as number;
  }

  end(row: number, lastColumn: number): number {
    return this.#starts[row * this.#columns + lastColumn + 1] as number;
  }

  #reserve(count: number): void {
    if (this.order.length >= count) return;
    this.order = new Int32Array(2 * count);
    this.#cells = new Int32Array(2 * count);
  }
}
