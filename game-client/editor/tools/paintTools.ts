/** Tools that paint cells, and the one that picks what is there. */
import { sizeOf } from "#shared/editor/draft.ts";
import type { Edit } from "#shared/editor/edit.ts";
import {
  type Cell,
  floodOf,
  type Ground,
  groundAt,
  lineOf,
  paintCells,
  rectangleOf,
  strokeOf,
} from "./cells.ts";
import { cornerOf, pasteClip } from "./clip.ts";
import {
  cellUnder,
  type Desk,
  inCells,
  layerOf,
  type Modifiers,
  type Press,
  paintOf,
  type Tool,
} from "./desk.ts";
import { type Board, objectAt, type Point } from "./objects.ts";
import { withImages } from "./symmetry.ts";

function painted({ draft, symmetry }: Board, cells: readonly Cell[], ground: Ground): Edit[] {
  return paintCells(draft, withImages(cells, symmetry, sizeOf(draft)), ground);
}

const groundOf = ({ paint }: Desk, { isErasing }: Press): Ground =>
  isErasing || layerOf(paint) ? "floor" : (paint as Ground);

export const brush: Tool = (desk, press) => {
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

export const line = spanned((from, to, { shift }, { brushSize }) => {
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

export const rectangle = spanned((from, to, { shift }) => rectangleOf(from, to, !shift));

export const fill: Tool = (desk, press) => {
  const start = cellUnder(press, desk.tilePx);
  desk.edit(painted(desk, floodOf(desk.draft, start), groundOf(desk, press)));
  return undefined;
};

export const pick: Tool = (desk, press) => {
  const fields = desk.draft.objects.get(objectAt(desk.draft, press, press.reachPx) ?? "");
  if (fields) desk.take(paintOf(fields.layer), fields.type);
  else desk.take(groundAt(desk.draft, cellUnder(press, desk.tilePx)));
  return undefined;
};

export const stamp: Tool = (desk, press) => {
  if (press.isErasing) return brush(desk, press);
  if (!desk.clip) return undefined;
  const edits = pasteClip(desk, desk.clip, cornerOf(desk.clip, press, desk.tilePx));
  desk.edit(edits);
  return undefined;
};
