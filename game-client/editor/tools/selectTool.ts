/** Selects objects and rectangles of cells, moves and resizes them. */
import { sizeOf } from "#shared/editor/draft.ts";
import { type Cell, isOnMap, type Span, spanOf } from "./cells.ts";
import { objectsIn } from "./clip.ts";
import { cellUnder, type Desk, type Gesture, type Press, type Tool } from "./desk.ts";
import { dragCells, dragHandle, dragObjects } from "./drags.ts";
import { handleAt, hillAround, isHill, isWithin, objectAt, type Point } from "./objects.ts";

export const select: Tool = (desk, press) => {
  const { draft, selection, tilePx } = desk;
  for (const id of selection.ids) {
    const fields = draft.objects.get(id);
    const handle = fields && isHill(fields) ? handleAt(fields, press, press.reachPx) : undefined;
    if (handle) return dragHandle(desk, press, id, handle);
  }
  const inSpan = selection.cells && isInSpan(cellUnder(press, tilePx), selection.cells);
  const hit = objectAt(draft, press, press.reachPx) ?? selectedHillAt(desk, press);
  if (selection.cells && !press.shift && (inSpan || (hit !== undefined && selection.ids.includes(hit))))
    return dragCells(desk, press, selection, selection.cells);
  if (hit === undefined) return lasso(desk, press);
  if (press.shift) {
    desk.select({ cells: undefined, ids: toggled(selection.ids, hit) });
    return undefined;
  }
  return dragObjects(
    desk,
    press,
    selection.ids.includes(hit) ? [hit, ...selection.ids.filter((id) => id !== hit)] : [hit],
  );
};

const toggled = (ids: readonly string[], id: string): string[] =>
  ids.includes(id) ? ids.filter((each) => each !== id) : [...ids, id];

const isInSpan = (cell: Cell, span: Span): boolean =>
  isOnMap({ column: cell.column - span.column, row: cell.row - span.row }, span);

const selectedHillAt = ({ draft, selection }: Desk, at: Point): string | undefined =>
  selection.ids.find((id) => {
    const fields = draft.objects.get(id);
    return fields && isHill(fields) && isWithin(fields, at);
  });

/** A rectangle of cells with the objects in it; a press without a way selects the hill around it, or nothing. */
function lasso(desk: Desk, press: Press): Gesture {
  const { draft, tilePx } = desk;
  const from = cellUnder(press, tilePx);
  let isDrawn = false;
  return {
    move(at) {
      const to = cellUnder(at, tilePx);
      isDrawn ||= Math.hypot(at.x - press.x, at.y - press.y) > press.reachPx / 2;
      if (!isDrawn) return;
      const cells = withinMap(spanOf(from, to), sizeOf(draft));
      if (cells) desk.select({ cells, ids: objectsIn(draft, cells, tilePx) });
    },
    end() {
      if (isDrawn) return;
      const hill = hillAround(draft, press);
      desk.select({ cells: undefined, ids: hill === undefined ? [] : [hill] });
    },
  };
}

function withinMap(span: Span, { columns, rows }: { columns: number; rows: number }): Span | undefined {
  const column = Math.max(0, span.column);
  const row = Math.max(0, span.row);
  const right = Math.min(columns, span.column + span.columns);
  const bottom = Math.min(rows, span.row + span.rows);
  return right > column && bottom > row
    ? { column, row, columns: right - column, rows: bottom - row }
    : undefined;
}
