/** Pieces of a map that are copied, cut, pasted and stamped: cells, and the objects on them. */
import { copyOf, type Draft, type ObjectFields, sizeOf } from "#shared/editor/draft.ts";
import { applyEdits, type Edit } from "#shared/editor/edit.ts";
import { type Cell, cellOf, GROUNDS, type Ground, groundAt, keyOf, paintCells, type Span } from "./cells.ts";
import {
  type Board,
  middleOf,
  moveObjects,
  newObjectId,
  onMap,
  type Point,
  putObject,
  removeObjects,
  stepOnMap,
} from "./objects.ts";
import { spotOf, withImages } from "./symmetry.ts";

/** Places are relative to its left top corner. */
export interface Clip {
  readonly columns: number;
  readonly rows: number;
  /** Row by row; undefined leaves what is there. */
  readonly cells: readonly (Ground | undefined)[];
  readonly objects: readonly ObjectFields[];
}

export interface Selection {
  /** A rectangle of cells, with all objects in it. */
  readonly cells: Span | undefined;
  readonly ids: readonly string[];
}

export const cellsIn = ({ column, row, columns, rows }: Span): Cell[] =>
  Array.from({ length: columns * rows }, (_, at) => ({
    ...{ column: column + (at % columns), row: row + Math.floor(at / columns) },
  }));

/** Numbers of the objects whose middle lies in the cells. */
export function objectsIn(draft: Draft, span: Span, tilePx: number): string[] {
  const right = (span.column + span.columns) * tilePx;
  const bottom = (span.row + span.rows) * tilePx;
  return [...draft.objects].flatMap(([id, fields]) => {
    const { x, y } = middleOf(fields);
    const isIn = x >= span.column * tilePx && y >= span.row * tilePx && x <= right && y <= bottom;
    return isIn ? [id] : [];
  });
}

/** Undefined if nothing is selected. Objects without cells are copied from the cell of the first of them. */
export function copyClip({ draft, tilePx }: Board, { cells, ids }: Selection): Clip | undefined {
  const objects = ids.flatMap((id) => draft.objects.get(id) ?? []);
  if (!cells && objects.length === 0) return undefined;
  const span = cells ?? spanAround(objects, tilePx);
  const moved = objects.map((fields) => ({
    ...fields,
    ...{ x: fields.x - span.column * tilePx, y: fields.y - span.row * tilePx },
  }));
  const grounds = cellsIn(span).map((cell) => (cells ? groundAt(draft, cell) : undefined));
  return { columns: span.columns, rows: span.rows, cells: grounds, objects: moved };
}

function spanAround(objects: readonly ObjectFields[], tilePx: number): Span {
  const left = Math.floor(Math.min(...objects.map(({ x }) => x)) / tilePx);
  const top = Math.floor(Math.min(...objects.map(({ y }) => y)) / tilePx);
  const right = Math.ceil(Math.max(...objects.map(({ x, width }) => x + width)) / tilePx);
  const bottom = Math.ceil(Math.max(...objects.map(({ y, height }) => y + height)) / tilePx);
  return { column: left, row: top, columns: Math.max(1, right - left), rows: Math.max(1, bottom - top) };
}

/** The cell for the left top corner of a clip with its middle at a place. */
export function cornerOf({ columns, rows }: Clip, at: Point, tilePx: number): Cell {
  return { column: Math.round(at.x / tilePx - columns / 2), row: Math.round(at.y / tilePx - rows / 2) };
}

/** Lays a clip with its left top corner on a cell, and its images where they belong. */
export function pasteClip(board: Board, clip: Clip, at: Cell, newId = newObjectId): Edit[] {
  const { tilePx } = board;
  const scratch = copyOf(board.draft);
  const edits = paintClip(board, clip, at);
  applyEdits(scratch, edits);
  for (const fields of clip.objects) {
    const place = { x: fields.x + at.column * tilePx, y: fields.y + at.row * tilePx };
    const moved = { ...fields, ...place };
    // Objects that hang over the edge of the map are left out, as cells are.
    if (!isSameSpot(onMap(board, moved), moved)) continue;
    const put = putObject({ ...board, draft: scratch }, moved, newId);
    applyEdits(scratch, put);
    edits.push(...put);
  }
  return edits;
}

const isSameSpot = (one: ObjectFields, other: ObjectFields): boolean => spotOf(one) === spotOf(other);

function paintClip({ draft, symmetry }: Board, clip: Clip, at: Cell): Edit[] {
  const size = sizeOf(draft);
  // A cell and its images are always written together, so that the result is symmetric where the clip meets its own image.
  const grounds = new Map<number, Ground>();
  for (const [index, ground] of clip.cells.entries()) {
    if (!ground) continue;
    const column = at.column + (index % clip.columns);
    const row = at.row + Math.floor(index / clip.columns);
    for (const cell of withImages([{ column, row }], symmetry, size)) grounds.set(keyOf(cell), ground);
  }
  return GROUNDS.flatMap((ground) => {
    const keys = [...grounds].filter(([, each]) => each === ground);
    return paintCells(
      draft,
      keys.map(([key]) => cellOf(key)),
      ground,
    );
  });
}

/** Takes cells and objects away. */
export function eraseSelection(board: Board, { cells, ids }: Selection): Edit[] {
  const { draft, symmetry } = board;
  const painted = cells
    ? paintCells(draft, withImages(cellsIn(cells), symmetry, sizeOf(draft)), "floor")
    : [];
  return [...painted, ...removeObjects(board, ids)];
}

/** The part of a step that leaves the selection on the map. */
export function selectionStep(
  board: Board,
  { cells, ids }: Selection,
  step: { readonly x: number; readonly y: number },
): Point {
  if (!cells) return stepOnMap(board, ids, step);
  const { columns, rows } = sizeOf(board.draft);
  const { tilePx } = board;
  const clamped = (value: number, from: number, span: number, side: number) =>
    Math.max(-from * tilePx, Math.min((side - span - from) * tilePx, value));
  return {
    x: clamped(step.x, cells.column, cells.columns, columns),
    y: clamped(step.y, cells.row, cells.rows, rows),
  };
}

/** Moves cells by whole tiles together with the objects, or objects alone by px. */
export function moveSelection(
  board: Board,
  { cells, ids }: Selection,
  step: { readonly x: number; readonly y: number },
): Edit[] {
  const moved = moveObjects(board, ids, step);
  const clip = cells && copyClip(board, { cells, ids: [] });
  if (!clip || !cells) return moved;
  const erased = eraseSelection(board, { cells, ids: [] });
  const scratch = copyOf(board.draft);
  applyEdits(scratch, erased);
  const to = {
    column: cells.column + Math.round(step.x / board.tilePx),
    row: cells.row + Math.round(step.y / board.tilePx),
  };
  return [...erased, ...pasteClip({ ...board, draft: scratch }, clip, to), ...moved];
}

/** The numbers of the objects that a paste has put, without those of its images. */
export function pastedIds(edits: readonly Edit[], clip: Clip, at: Cell, tilePx: number): string[] {
  const spots = clip.objects.map((fields) =>
    spotOf({ ...fields, x: fields.x + at.column * tilePx, y: fields.y + at.row * tilePx }),
  );
  return edits.flatMap((edit) => (edit.do === "put" && spots.includes(spotOf(edit.fields)) ? [edit.id] : []));
}

/** The numbers of the objects that edits put. */
export const putIds = (edits: readonly Edit[]): string[] =>
  edits.flatMap((edit) => (edit.do === "put" ? [edit.id] : []));
