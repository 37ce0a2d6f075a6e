/** Chance that depends on a place only, so that the pieces of an arena fit together in whatever order they are painted. */
import type { Bounds } from "#client/render/themes/theme.ts";

/** 0 to 1, the same for the same whole numbers. A 32-bit integer hash after Wellons' "lowbias32". */
export function chance(column: number, row: number, salt = 0): number {
  let hash = (Math.imul(column, 0x27d4eb2d) ^ Math.imul(row, 0x165667b1) ^ Math.imul(salt, 0x9e3779b1)) >>> 0;
  hash = Math.imul(hash ^ (hash >>> 16), 0x7feb352d);
  hash = Math.imul(hash ^ (hash >>> 15), 0x846ca68b);
  return ((hash ^ (hash >>> 16)) >>> 0) / 2 ** 32;
}

/** One of the list, by chance. */
export function pick<Item>(list: readonly [Item, ...Item[]], column: number, row: number, salt = 0): Item {
  return list[Math.floor(chance(column, row, salt) * list.length)] ?? list[0];
}

/** Visits the cells of a grid of `stepPx` that touch the bounds, `reachPx` farther on each side. */
export function eachCell(
  bounds: Bounds,
  stepPx: number,
  visit: (x: number, y: number, column: number, row: number) => void,
  reachPx = 0,
): void {
  const last = { column: (bounds.right + reachPx) / stepPx, row: (bounds.bottom + reachPx) / stepPx };
  const firstColumn = Math.floor((bounds.left - reachPx) / stepPx);
  for (let row = Math.floor((bounds.top - reachPx) / stepPx); row < last.row; row++) {
    for (let column = firstColumn; column < last.column; column++) {
      visit(column * stepPx, row * stepPx, column, row);
    }
  }
}
