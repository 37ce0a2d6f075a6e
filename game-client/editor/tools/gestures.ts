/** The tools: each turns a press and the moves after it into edits. */
import type { Paint, ToolName } from "#client/editor/toolNames.ts";
import { type ObjectLayer, sizeOf } from "#shared/editor/draft.ts";
import type { Edit } from "#shared/editor/edit.ts";
import {
  type Cell,
  floodOf,
  type Ground,
  groundAt,
  isOnMap,
  lineOf,
  paintCells,
  rectangleOf,
  type Span,
  spanOf,
  strokeOf,
} from "./cells.ts";
import { type Clip, moveSelection, objectsIn, pasteClip, putIds, type Selection } from "./clip.ts";
import {
  type Board,
  changeObjects,
  type Handle,
  handleAt,
  hillAround,
  hillBetween,
  isHill,
  isWithin,
  moveObjects,
  objectAt,
  type Point,
  putObject,
  removeObjects,
  resized,
  snapped,
} from "./objects.ts";
import { withImages } from "./symmetry.ts";

export interface Modifiers {
  /** A line keeps to eight directions, a rectangle is an outline, a selection grows. */
  readonly shift: boolean;
  /** Objects snap to no grid. */
  readonly alt: boolean;
}

export interface Press extends Point, Modifiers {
  /** The right button leaves floor behind. */
  readonly isErasing: boolean;
  /** How near a pointer has to come to a thing, px of the map. */
  readonly reachPx: number;
}

/** From a press to its release. */
export interface Gesture {
  move(at: Point & Modifiers): void;
  end(): void;
}

/** What the tools work on, and what they do with it. */
export interface Desk extends Board {
  readonly paint: Paint;
  readonly brushSize: number;
  readonly objectType: string;
  readonly selection: Selection;
  readonly clip: Clip | undefined;
  /** Edits that stay. */
  edit(edits: readonly Edit[]): void;
  /** Edits that show until the next ones do, or until the gesture has ended. */
  preview(edits: readonly Edit[]): void;
  select(selection: Selection): void;
  /** Takes a paint into the hand; `type`: of the next object. */
  take(paint: Paint, type?: string): void;
}

type Tool = (desk: Desk, press: Press) => Gesture | undefined;

const OBJECT_PAINTS: Readonly<Partial<Record<Paint, ObjectLayer>>> = {
  spawn: "spawns",
  pickup: "pickups",
  flag: "flags",
  hill: "hills",
};
export const layerOf = (paint: Paint): ObjectLayer | undefined => OBJECT_PAINTS[paint];
const paintOf = (layer: ObjectLayer): Paint =>
  (Object.keys(OBJECT_PAINTS) as Paint[]).find((paint) => OBJECT_PAINTS[paint] === layer) ?? "spawn";

const inCells = ({ x, y }: Point, { tilePx }: Board): Point => ({ x: x / tilePx, y: y / tilePx });
export const cellUnder = ({ x, y }: Point, tilePx: number): Cell => ({
  ...{ column: Math.floor(x / tilePx), row: Math.floor(y / tilePx) },
});

function painted({ draft, symmetry }: Board, cells: readonly Cell[], ground: Ground): Edit[] {
  return paintCells(draft, withImages(cells, symmetry, sizeOf(draft)), ground);
}

const groundOf = ({ paint }: Desk, { isErasing }: Press): Ground =>
  isErasing || layerOf(paint) ? "floor" : (paint as Ground);

const brush: Tool = (desk, press) => {
  const ground = groundOf(desk, press);
  let last = inCells(press, desk);
  const draw = (to: Point) => {
    desk.edit(painted(desk, strokeOf(last, to, desk.brushSize), ground));
    last = to;
  };
  draw(last);
  return { move: (at) => draw(inCells(at, desk)), end() {} };
};

/** Shows cells while the pointer moves, and draws them at its release. */
const spanned =
  (cellsOf: (from: Cell, to: Cell, at: Modifiers, desk: Desk) => Cell[]): Tool =>
  (desk, press) => {
    const ground = groundOf(desk, press);
    const from = cellUnder(press, desk.tilePx);
    let edits: Edit[] = [];
    const move = (at: Point & Modifiers) => {
      edits = painted(desk, cellsOf(from, cellUnder(at, desk.tilePx), at, desk), ground);
      desk.preview(edits);
    };
    move(press);
    return { move, end: () => desk.edit(edits) };
  };

const line = spanned((from, to, { shift }, { brushSize }) => {
  const end = shift ? straight(from, to) : to;
  const middle = ({ column, row }: Cell) => ({ x: column + 0.5, y: row + 0.5 });
  return brushSize === 1 ? lineOf(from, end) : strokeOf(middle(from), middle(end), brushSize);
});

/** The nearest cell in one of eight directions. */
function straight(from: Cell, to: Cell): Cell {
  const across = to.column - from.column;
  const down = to.row - from.row;
  const far = Math.max(Math.abs(across), Math.abs(down));
  const isDiagonal = Math.min(Math.abs(across), Math.abs(down)) * 2 > far;
  const isAcross = isDiagonal || Math.abs(across) >= Math.abs(down);
  const isDown = isDiagonal || !isAcross;
  return {
    column: from.column + (isAcross ? Math.sign(across) * far : 0),
    row: from.row + (isDown ? Math.sign(down) * far : 0),
  };
}

const rectangle = spanned((from, to, { shift }) => rectangleOf(from, to, !shift));

const fill: Tool = (desk, press) => {
  const start = cellUnder(press, desk.tilePx);
  desk.edit(painted(desk, floodOf(desk.draft, start), groundOf(desk, press)));
  return undefined;
};

const pick: Tool = (desk, press) => {
  const fields = desk.draft.objects.get(objectAt(desk.draft, press, press.reachPx) ?? "");
  if (fields) desk.take(paintOf(fields.layer), fields.type);
  else desk.take(groundAt(desk.draft, cellUnder(press, desk.tilePx)));
  return undefined;
};

const stamp: Tool = (desk, press) => {
  if (press.isErasing) return brush(desk, press);
  if (!desk.clip) return undefined;
  const edits = pasteClip(desk, desk.clip, cornerOf(desk.clip, press, desk.tilePx));
  desk.edit(edits);
  return undefined;
};

/** The cell for the left top corner of a clip with its middle at a place. */
export function cornerOf({ columns, rows }: Clip, at: Point, tilePx: number): Cell {
  return { column: Math.round(at.x / tilePx - columns / 2), row: Math.round(at.y / tilePx - rows / 2) };
}

/** Puts an object, which follows the pointer until it is released. A press on one of its kind moves that one. */
const put: Tool = (desk, press) => {
  const there = objectAt(desk.draft, press, press.reachPx);
  if (press.isErasing) {
    if (there !== undefined) desk.edit(removeObjects(desk, [there]));
    return undefined;
  }
  const layer = layerOf(desk.paint) ?? "spawns";
  if (there !== undefined && desk.draft.objects.get(there)?.layer === layer)
    return dragObjects(desk, press, [there]);
  if (layer === "hills") return putHill(desk, press);
  let edits: Edit[] = [];
  const id = new Map<number, string>();
  const move = (at: Point & Modifiers) => {
    const place = snapped(at, desk.tilePx, at.alt);
    const fields = { layer, type: typeFor(desk, layer), name: "", ...place, width: 0, height: 0 };
    edits = putObject(desk, fields);
    // The object keeps its number while it is moved.
    edits = edits.map((edit, index) =>
      edit.do === "put" ? { ...edit, id: keep(id, index, edit.id) } : edit,
    );
    desk.preview(edits);
  };
  move(press);
  return {
    move,
    end() {
      desk.edit(edits);
      desk.select({ cells: undefined, ids: putIds(edits).slice(0, 1) });
    },
  };
};

function keep(ids: Map<number, string>, index: number, id: string): string {
  const kept = ids.get(index) ?? id;
  ids.set(index, kept);
  return kept;
}

/** A flag needs a team: the one that has none yet. */
function typeFor({ objectType, draft }: Desk, layer: ObjectLayer): string {
  if (layer === "hills") return "";
  if (layer === "pickups") return objectType || "health";
  if (layer === "spawns" || objectType) return objectType;
  const teams = [...draft.objects.values()].filter((object) => object.layer === "flags");
  return teams.some(({ type }) => type === "a") ? "b" : "a";
}

function putHill(desk: Desk, press: Press): Gesture {
  const from = snapped(press, desk.tilePx, press.alt);
  let edits: Edit[] = [];
  const draw = (rectangle: ReturnType<typeof hillBetween>) => {
    const ids = putIds(edits);
    edits = putObject(desk, { layer: "hills", type: "", name: "", ...rectangle });
    edits = edits.map((edit, at) => (edit.do === "put" ? { ...edit, id: ids[at] ?? edit.id } : edit));
    desk.preview(edits);
  };
  // A press alone gives a hill of a common size.
  const half = 1.5 * desk.tilePx;
  draw({ x: from.x - half, y: from.y - half, width: 2 * half, height: 2 * half });
  return {
    move(at) {
      const to = snapped(at, desk.tilePx, at.alt);
      if (to.x !== from.x || to.y !== from.y) draw(hillBetween(from, to));
    },
    end() {
      desk.edit(edits);
      desk.select({ cells: undefined, ids: putIds(edits).slice(0, 1) });
    },
  };
}

function dragObjects(desk: Desk, press: Press, ids: readonly string[]): Gesture {
  desk.select({ cells: undefined, ids });
  const first = desk.draft.objects.get(ids[0] ?? "");
  return drag(desk, press, (delta, isFree) => {
    if (!first) return [];
    const to = snapped({ x: first.x + delta.x, y: first.y + delta.y }, desk.tilePx, isFree);
    return moveObjects(desk, ids, { x: to.x - first.x, y: to.y - first.y });
  });
}

/** Shows what a way makes of the draft as it was at the press, and keeps it at the release. */
function drag(desk: Desk, press: Press, editsFor: (delta: Point, isFree: boolean) => Edit[]): Gesture {
  let edits: Edit[] = [];
  return {
    move(at) {
      edits = editsFor({ x: at.x - press.x, y: at.y - press.y }, at.alt);
      desk.preview(edits);
    },
    end: () => desk.edit(edits),
  };
}

function dragCells(desk: Desk, press: Press, selection: Selection, span: Span): Gesture {
  const { tilePx } = desk;
  let step = { x: 0, y: 0 };
  const gesture = drag(desk, press, ({ x, y }) => {
    step = { x: Math.round(x / tilePx) * tilePx, y: Math.round(y / tilePx) * tilePx };
    return step.x === 0 && step.y === 0 ? [] : moveSelection(desk, selection, step);
  });
  return {
    move: gesture.move,
    end() {
      gesture.end();
      const column = span.column + step.x / tilePx;
      desk.select({ ...selection, cells: { ...span, column, row: span.row + step.y / tilePx } });
    },
  };
}

const dragHandle = (desk: Desk, press: Press, id: string, handle: Handle): Gesture =>
  drag(desk, press, (delta, isFree) => {
    const fields = desk.draft.objects.get(id);
    if (!fields) return [];
    const to = snapped({ x: press.x + delta.x, y: press.y + delta.y }, desk.tilePx, isFree);
    return changeObjects(desk, new Map([[id, resized(fields, handle, to)]]));
  });

const select: Tool = (desk, press) => {
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

/** With an object in the hand, tools that draw put it. */
const orPut =
  (tool: Tool): Tool =>
  (desk, press) =>
    (layerOf(desk.paint) ? put : tool)(desk, press);

/** The view is moved by the pointers themselves. */
export const TOOLS: Readonly<Record<Exclude<ToolName, "pan">, Tool>> = {
  brush: orPut(brush),
  line: orPut(line),
  rectangle: orPut(rectangle),
  fill: orPut(fill),
  pick,
  select,
  stamp,
};
