/** Sets of cells that the tools draw: brush, line, rectangle and fill, and the edits that paint them. */
import { cellAt, type DraftContent, isInside, SIDE_MAX, sizeOf } from "#shared/editor/draft.ts";
import type { Edit, Run } from "#shared/editor/edit.ts";

export interface Cell {
  readonly column: number;
  readonly row: number;
}

/** Cells by `keyOf`. */
export type Cells = ReadonlySet<number>;

/** The kinds of cells. A wall has a bush in it only if an imported file has one there. */
export const GROUNDS = ["floor", "wall", "bush"] as const;
export type Ground = (typeof GROUNDS)[number];

/** Most runs of an edit. */
const RUNS_MAX = 1_000;

export const keyOf = ({ column, row }: Cell): number => row * SIDE_MAX + column;
export const cellOf = (key: number): Cell => ({ column: key % SIDE_MAX, row: Math.floor(key / SIDE_MAX) });

export interface Size {
  readonly columns: number;
  readonly rows: number;
}

export const isOnMap = ({ column, row }: Cell, { columns, rows }: Size): boolean =>
  column >= 0 && row >= 0 && column < columns && row < rows;

export const groundAt = ({ walls, bushes }: DraftContent, { column, row }: Cell): Ground => {
  if (cellAt(walls, column, row)) return "wall";
  return cellAt(bushes, column, row) ? "bush" : "floor";
};

/** The square of a brush about a place, given in cells; it may reach out of the map. */
export function brushAt(x: number, y: number, size: number): Cell[] {
  const left = Math.round(x - size / 2);
  const top = Math.round(y - size / 2);
  return Array.from({ length: size * size }, (_, at) => ({
    ...{ column: left + (at % size), row: top + Math.floor(at / size) },
  }));
}

/** The cells between two, by Bresenham's algorithm, with both ends. */
export function lineOf(from: Cell, to: Cell): Cell[] {
  const across = Math.abs(to.column - from.column);
  const down = Math.abs(to.row - from.row);
  const stepX = Math.sign(to.column - from.column);
  const stepY = Math.sign(to.row - from.row);
  const cells: Cell[] = [];
  let { column, row } = from;
  let error = across - down;
  for (let step = 0; step <= Math.max(across, down); step++) {
    cells.push({ column, row });
    const doubled = 2 * error;
    if (doubled > -down) {
      error -= down;
      column += stepX;
    }
    if (doubled < across) {
      error += across;
      row += stepY;
    }
  }
  return cells;
}

/** The cells that a brush of this size paints on its straight way between two cells: without gaps, however fast it moves. */
export function strokeOf(from: { x: number; y: number }, to: { x: number; y: number }, size: number): Cell[] {
  const cornerOf = ({ x, y }: { x: number; y: number }): Cell => ({
    ...{ column: Math.round(x - size / 2), row: Math.round(y - size / 2) },
  });
  return lineOf(cornerOf(from), cornerOf(to)).flatMap(({ column, row }) =>
    brushAt(column + size / 2, row + size / 2, size),
  );
}

/** The rectangle with these two corners, or its outline. */
export function rectangleOf(one: Cell, other: Cell, isFilled: boolean): Cell[] {
  const { column: left, row: top, columns, rows } = spanOf(one, other);
  const cells: Cell[] = [];
  for (let row = top; row < top + rows; row++) {
    for (let column = left; column < left + columns; column++) {
      const isEdge =
        row === top || row === top + rows - 1 || column === left || column === left + columns - 1;
      if (isFilled || isEdge) cells.push({ column, row });
    }
  }
  return cells;
}

export interface Span extends Cell, Size {}

export const spanOf = (one: Cell, other: Cell): Span => ({
  column: Math.min(one.column, other.column),
  row: Math.min(one.row, other.row),
  columns: Math.abs(one.column - other.column) + 1,
  rows: Math.abs(one.row - other.row) + 1,
});

/** The cells of the same kind that a walk over sides, within the map, leads to. */
export function floodOf(draft: DraftContent, start: Cell): Cell[] {
  const size = sizeOf(draft);
  if (!isOnMap(start, size)) return [];
  const ground = groundAt(draft, start);
  const seen = new Set([keyOf(start)]);
  const found = [start];
  // The list grows while it is walked.
  for (const { column, row } of found) {
    for (const next of [
      { column: column - 1, row },
      { column: column + 1, row },
      { column, row: row - 1 },
      { column, row: row + 1 },
    ]) {
      if (!isOnMap(next, size) || seen.has(keyOf(next)) || groundAt(draft, next) !== ground) continue;
      seen.add(keyOf(next));
      found.push(next);
    }
  }
  return found;
}

/** Turns cells into runs of columns in rows, sorted. */
export function runsOf(cells: Cells): Run[] {
  const runs: Run[] = [];
  for (const key of [...cells].sort((one, other) => one - other)) {
    const { column, row } = cellOf(key);
    const last = runs.at(-1);
    if (last && last[0] === row && last[1] + last[2] === column) last[2]++;
    else runs.push([row, column, 1]);
  }
  return runs;
}

/** The layers that a kind of ground sets and clears. */
const LAYERS = {
  floor: { walls: 0, bushes: 0 },
  wall: { walls: 1, bushes: 0 },
  bush: { walls: 0, bushes: 1 },
} as const;

/** Only what changes something, and only within the map. */
export function paintCells(draft: DraftContent, cells: Iterable<Cell>, ground: Ground): Edit[] {
  const size = sizeOf(draft);
  const inside = [...cells].filter((cell) => isOnMap(cell, size) && isInside(cell.column, cell.row));
  return (["walls", "bushes"] as const).flatMap((layer) => {
    const value = LAYERS[ground][layer];
    const changed = inside.filter(({ column, row }) => cellAt(draft[layer], column, row) !== value);
    return paintRuns(layer, value, runsOf(new Set(changed.map(keyOf))));
  });
}

/** Splits the runs into as many edits as the bound of runs needs. */
export function paintRuns(layer: "walls" | "bushes", value: 0 | 1, runs: readonly Run[]): Edit[] {
  const edits: Edit[] = [];
  for (let from = 0; from < runs.length; from += RUNS_MAX)
    edits.push({ do: "paint", layer, value, runs: runs.slice(from, from + RUNS_MAX) });
  return edits;
}
