/** Finds what is in a rectangle without looking at everything: a uniform grid, filled anew for each patch. */

/** What a cell holds is chained through the items themselves, so that filling it allocates nothing. */
export interface Chained<Item> {
  readonly x: number;
  readonly y: number;
  /** The hash's own. */
  nextInCell: Item | undefined;
}

export class SpatialHash<Item extends Chained<Item>> {
  readonly #cellPx: number;
  readonly #columns: number;
  readonly #rows: number;
  readonly #cells: (Item | undefined)[];

  /** What lies outside 0…widthPx, 0…heightPx is kept in the nearest cell, and found there. */
  constructor(widthPx: number, heightPx: number, cellPx: number) {
    this.#cellPx = cellPx;
    this.#columns = Math.max(1, Math.ceil(widthPx / cellPx));
    this.#rows = Math.max(1, Math.ceil(heightPx / cellPx));
    this.#cells = new Array(this.#columns * this.#rows).fill(undefined);
  }

  clear(): void {
    this.#cells.fill(undefined);
  }

  /** Its place may not change before the next clear, nor may it be added twice. */
  add(item: Item): void {
    const cell = this.#row(item.y) * this.#columns + this.#column(item.x);
    item.nextInCell = this.#cells[cell];
    this.#cells[cell] = item;
  }

  /** Visits all in the rectangle of half sizes around x, y, and some that are just outside it. */
  forEachAround(
    x: number,
    y: number,
    halfWidthPx: number,
    halfHeightPx: number,
    visit: (item: Item) => void,
  ): void {
    const lastColumn = this.#column(x + halfWidthPx);
    const lastRow = this.#row(y + halfHeightPx);
    for (let row = this.#row(y - halfHeightPx); row <= lastRow; row++) {
      for (let column = this.#column(x - halfWidthPx); column <= lastColumn; column++) {
        let item = this.#cells[row * this.#columns + column];
        for (; item; item = item.nextInCell) visit(item);
      }
    }
  }

  #column(x: number): number {
    return Math.min(Math.max(Math.floor(x / this.#cellPx), 0), this.#columns - 1);
  }

  #row(y: number): number {
    return Math.min(Math.max(Math.floor(y / this.#cellPx), 0), this.#rows - 1);
  }
}
