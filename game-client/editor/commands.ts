/** The commands of keys, pad buttons and the panels' buttons. */
import { batch, signal } from "@preact/signals";
import { sizeOf } from "#shared/editor/draft.ts";
import { Drawing, desk } from "./drawing.ts";
import type { EditorCommand } from "./editorKeys.ts";
import {
  acts,
  brushSize,
  clip,
  draft,
  isGridShown,
  paint,
  role,
  selected,
  selectedCells,
  symmetry,
  tilePx,
  tool,
} from "./editorModel.ts";
import { PAINTS, SYMMETRIES, TOOL_NAMES } from "./toolNames.ts";
import type { Cell } from "./tools/cells.ts";
import {
  copyClip,
  cornerOf,
  eraseSelection,
  moveSelection,
  objectsIn,
  pasteClip,
  pastedIds,
  selectionStep,
} from "./tools/clip.ts";
import type { Point } from "./tools/objects.ts";
import { symmetryOn } from "./tools/symmetry.ts";

export const BRUSH_MAX = 5;
const ZOOM_STEP = 1.25;

/** The view of the scene that is on screen. */
export interface EditorView {
  zoomBy(factor: number): void;
  fit(): void;
  reveal(place: Point): void;
}
export const view = signal<EditorView | undefined>(undefined);
/** The cell that keys and pads move; undefined while a pointer is in use. */
export const cellCursor = signal<Cell | undefined>(undefined);
/** The pointer's place over the map, world px. */
export const hovered = signal<Point | undefined>(undefined);

export const drawing = new Drawing();

/** The place where a press would draw, world px: the cell cursor's, or the pointer's. */
export function handPlace(): Point | undefined {
  const cell = cellCursor.value;
  if (!cell) return hovered.value;
  return { x: (cell.column + 0.5) * tilePx.value, y: (cell.row + 0.5) * tilePx.value };
}

const RUN: Readonly<Partial<Record<EditorCommand, () => void>>> = {
  erase() {
    if (!["brush", "line", "rectangle", "fill"].includes(tool.value)) tool.value = "brush";
    paint.value = "floor";
  },
  symmetry() {
    const at = SYMMETRIES.indexOf(symmetry.value);
    const next = SYMMETRIES[(at + 1) % SYMMETRIES.length] ?? "none";
    // On a map that is not square, a quarter turn is a half turn: one press less.
    symmetry.value = symmetryOn(next, sizeOf(draft.value)) === next ? next : "none";
  },
  smaller: () => resize(-1),
  larger: () => resize(1),
  grid() {
    isGridShown.value = !isGridShown.value;
  },
  undo: () => isEditor() && acts.value?.undo(),
  redo: () => isEditor() && acts.value?.redo(),
  copy: () => void copy(),
  cut() {
    if (copy()) RUN.delete?.();
  },
  paste: () => paste(pasteCell()),
  duplicate: duplicate,
  delete() {
    const { selection } = desk;
    drawing.do(eraseSelection(desk, selection), { cells: selection.cells, ids: [] });
  },
  selectAll() {
    const cells = { column: 0, row: 0, ...sizeOf(draft.value) };
    tool.value = "select";
    desk.select({ cells, ids: objectsIn(desk.draft, cells, tilePx.value) });
  },
  zoomIn: () => view.value?.zoomBy(ZOOM_STEP),
  zoomOut: () => view.value?.zoomBy(1 / ZOOM_STEP),
  fit: () => view.value?.fit(),
};

export function runCommand(command: EditorCommand): void {
  const asTool = TOOL_NAMES.find((name) => name === command);
  const asPaint = PAINTS.find((name) => name === command);
  if (drawing.isBusy) drawing.end();
  batch(() => {
    if (asTool) tool.value = asTool;
    else if (asPaint) takePaint(asPaint);
    else RUN[command]?.();
  });
}

const isEditor = () => role.value !== "viewer";

function takePaint(taken: (typeof PAINTS)[number]): void {
  paint.value = taken;
  if (!["brush", "line", "rectangle", "fill"].includes(tool.value)) tool.value = "brush";
}

function resize(by: number): void {
  brushSize.value = Math.max(1, Math.min(BRUSH_MAX, brushSize.value + by));
}

function copy(): boolean {
  const copied = copyClip(desk, desk.selection);
  if (copied) clip.value = copied;
  return copied !== undefined;
}

/** Under the pointer, at the cursor of the keys, or where it was copied. */
function pasteCell(): Cell {
  const at = hovered.value;
  if (cellCursor.value) return cellCursor.value;
  if (at && clip.value) return cornerOf(clip.value, at, tilePx.value);
  return { column: 1, row: 1 };
}

function paste(at: Cell): void {
  if (!clip.value || !isEditor()) return;
  const edits = pasteClip(desk, clip.value, at);
  const hasCells = clip.value.cells.some((cell) => cell !== undefined);
  const { columns, rows } = clip.value;
  tool.value = "select";
  drawing.do(edits, {
    cells: hasCells ? { ...at, columns, rows } : undefined,
    ids: pastedIds(edits, clip.value, at, tilePx.value),
  });
}

/** Beside the selection, by a cell. */
function duplicate(): void {
  const { cells, ids } = desk.selection;
  const before = clip.value;
  if (!copy()) return;
  const first = desk.draft.objects.get(ids[0] ?? "");
  const from = cells ?? {
    column: Math.floor((first?.x ?? 0) / tilePx.value),
    row: Math.floor((first?.y ?? 0) / tilePx.value),
  };
  paste({ column: from.column + 1, row: from.row + 1 });
  clip.value = before;
}

/** Moves what is selected; `isFine`: objects by half a tile. Returns whether anything is selected. */
export function nudge(x: number, y: number, isFine: boolean): boolean {
  const { selection } = desk;
  const { cells, ids } = selection;
  if (!cells && ids.length === 0) return false;
  const stepPx = cells || !isFine ? tilePx.value : tilePx.value / 2;
  const step = selectionStep(desk, selection, { x: x * stepPx, y: y * stepPx });
  const moved = cells && {
    ...cells,
    ...{ column: cells.column + step.x / stepPx, row: cells.row + step.y / stepPx },
  };
  drawing.do(moveSelection(desk, selection, step), { cells: moved, ids });
  return true;
}

/** Esc: gives up a stroke, a selection or the cursor. Returns whether there was any. */
export function giveUp(): boolean {
  if (drawing.isBusy) drawing.cancel();
  else if (selected.value.length > 0 || selectedCells.value) desk.select({ cells: undefined, ids: [] });
  else if (cellCursor.value) cellCursor.value = undefined;
  else return false;
  return true;
}
