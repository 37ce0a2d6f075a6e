/** Edits that mend common faults of a draft, for the buttons beside them. */

import type { Fault } from "#shared/arena/fault.ts";
import { cellAt, type Draft, sizeOf } from "#shared/editor/draft.ts";
import type { Edit } from "#shared/editor/edit.ts";
import { type Cell, keyOf, paintCells, paintRuns, rectangleOf, runsOf } from "./cells.ts";

/** Walls all around the map. */
export function closeBorder(draft: Draft): Edit[] {
  const { columns, rows } = sizeOf(draft);
  const corner = { column: columns - 1, row: rows - 1 };
  return paintCells(draft, rectangleOf({ column: 0, row: 0 }, corner, false), "wall");
}

/** The walls stay. */
export function clearBushesInWalls(draft: Draft): Edit[] {
  const { columns, rows } = sizeOf(draft);
  const cells = rectangleOf({ column: 0, row: 0 }, { column: columns - 1, row: rows - 1 }, true);
  const isBoth = ({ column, row }: Cell) =>
    cellAt(draft.walls, column, row) === 1 && cellAt(draft.bushes, column, row) === 1;
  return paintRuns("bushes", 0, runsOf(new Set(cells.filter(isBoth).map(keyOf))));
}

/** Objects that lie beside the map go. */
export function removeOutside(draft: Draft, tilePx: number): Edit[] {
  const { columns, rows } = sizeOf(draft);
  return [...draft.objects].flatMap(([id, { x, y, width, height }]): Edit[] => {
    const isInside = x >= 0 && y >= 0 && x + width <= columns * tilePx && y + height <= rows * tilePx;
    return isInside ? [] : [{ do: "remove", id }];
  });
}

type Fix = (draft: Draft, tilePx: number) => Edit[];

/** The fix of each kind of fault that has one, by the fault's code. */
export const FIXES = {
  openBorder: closeBorder,
  bushInWall: clearBushesInWalls,
  outside: removeOutside,
} satisfies Partial<Record<Fault["code"], Fix>>;
