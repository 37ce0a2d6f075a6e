/** Marks of hands: what the tool would draw, what is selected, and where other people are. */

import type { EditorPerson } from "#client/editor/editorModel.ts";
import type { Symmetry } from "#client/editor/toolNames.ts";
import type { Cell, Span } from "#client/editor/tools/cells.ts";
import { HANDLES, handlePlace, isHill, type Point } from "#client/editor/tools/objects.ts";
import { movesOf, withImages } from "#client/editor/tools/symmetry.ts";
import { PALETTE, teamHue } from "#client/palette.ts";
import { fade } from "#client/render/paint/colour.ts";
import { type Draft, type ObjectFields, sizeOf } from "#shared/editor/draft.ts";
import { outline, type Pen, plate, ring, strokeRect, traceRect } from "./pen.ts";

const OBJECT_PX = 34;
const HANDLE_PX = 5;

export const cellRect = ({ column, row }: Cell, tilePx: number) => ({
  ...{ x: column * tilePx, y: row * tilePx, width: tilePx, height: tilePx },
});

const spanRect = ({ column, row, columns, rows }: Span, tilePx: number) => ({
  ...{ x: column * tilePx, y: row * tilePx, width: columns * tilePx, height: rows * tilePx },
});

/** The cells under the brush are bright, their images faint. */
export function drawBrush(
  pen: Pen,
  cells: readonly Cell[],
  draft: Draft,
  tilePx: number,
  symmetry: Symmetry,
  hue: string,
): void {
  const { ctx } = pen;
  const size = sizeOf(draft);
  const own = new Set(cells.map(({ column, row }) => `${column} ${row}`));
  for (const isOwn of [false, true]) {
    const shown = withImages(cells, symmetry, size).filter(
      ({ column, row }) => own.has(`${column} ${row}`) === isOwn,
    );
    if (shown.length === 0) continue;
    ctx.beginPath();
    for (const cell of shown) traceRect(pen, cellRect(cell, tilePx), -0.5);
    ctx.fillStyle = fade(hue, isOwn ? 0.3 : 0.16);
    ctx.fill();
    ctx.strokeStyle = fade(hue, isOwn ? 0.95 : 0.5);
    ctx.lineWidth = 1.25;
    ctx.stroke();
  }
}

/** Marks the places where an object and its images would lie. */
export function drawObjectGhost(
  pen: Pen,
  fields: ObjectFields,
  draft: Draft,
  tilePx: number,
  symmetry: Symmetry,
): void {
  const { columns, rows } = sizeOf(draft);
  const sizePx = { width: columns * tilePx, height: rows * tilePx };
  const images = movesOf(fields, symmetry, sizePx).map((toImage) => toImage(fields));
  for (const [index, each] of [fields, ...images].entries()) {
    const alpha = index === 0 ? 0.9 : 0.5;
    // Teams have their hue, so that it shows which side the image is on.
    const hue = each.type === "a" ? teamHue(0) : each.type === "b" ? teamHue(1) : PALETTE.accent;
    ring(pen, each, Math.max(5, OBJECT_PX * 0.6 * pen.zoom), fade(hue, alpha), 1.5);
    ring(pen, each, 1.5, fade(hue, alpha), 1.5);
  }
}

export function drawSelection(
  pen: Pen,
  draft: Draft,
  tilePx: number,
  { cells, ids }: { cells: Span | undefined; ids: readonly string[] },
): void {
  const { ctx } = pen;
  if (cells) {
    ctx.save();
    ctx.beginPath();
    traceRect(pen, spanRect(cells, tilePx));
    ctx.fillStyle = fade(PALETTE.accent, 0.08);
    ctx.fill();
    ctx.setLineDash([6, 4]);
    outline(ctx, PALETTE.accent, 1.5);
    ctx.restore();
  }
  for (const id of ids) {
    const fields = draft.objects.get(id);
    if (!fields) continue;
    markObject(pen, fields, PALETTE.accent, 2);
    if (isHill(fields) && !cells) drawHandles(pen, fields);
  }
}

export function markObject(pen: Pen, fields: ObjectFields, colour: string, width: number): void {
  if (isHill(fields)) strokeRect(pen, fields, colour, width, 2);
  else ring(pen, fields, Math.max(7, OBJECT_PX * pen.zoom), colour, width);
}

function drawHandles(pen: Pen, hill: ObjectFields): void {
  const { ctx } = pen;
  ctx.beginPath();
  for (const handle of HANDLES) {
    const { x, y } = pen.toClient(handlePlace(hill, handle));
    ctx.rect(x - HANDLE_PX, y - HANDLE_PX, 2 * HANDLE_PX, 2 * HANDLE_PX);
  }
  ctx.fillStyle = "#0b1030";
  ctx.fill();
  outline(ctx, PALETTE.accent, 1.5);
}

/** Somebody else with the place where their pointer is drawn. */
export interface ShownPerson {
  readonly person: EditorPerson;
  readonly cursor: Point | undefined;
}

export function drawPeople(pen: Pen, people: readonly ShownPerson[], draft: Draft): void {
  for (const { person } of people) {
    for (const id of person.selected) {
      const fields = draft.objects.get(id);
      if (fields) markObject(pen, fields, fade(teamHue(person.colour), 0.85), 2);
    }
  }
  for (const { person, cursor } of people) if (cursor) drawCursor(pen, person, cursor);
}

const ARROW = "M0 0 L0 16.500 L4.300 12.800 L7.400 19.500 L10.200 18.200 L7.200 11.700 L12.600 11.200 Z";

function drawCursor(pen: Pen, { name, colour, isConnected }: EditorPerson, cursor: Point): void {
  const { ctx } = pen;
  const hue = teamHue(colour);
  const { x, y } = pen.toClient(cursor);
  ctx.save();
  ctx.globalAlpha = isConnected ? 1 : 0.4;
  ctx.translate(x, y);
  const arrow = new Path2D(ARROW);
  ctx.lineJoin = "round";
  ctx.strokeStyle = "rgba(5,5,20,.8)";
  ctx.lineWidth = 3;
  ctx.stroke(arrow);
  ctx.fillStyle = hue;
  ctx.fill(arrow);
  plate(pen, name, { x: 13, y: 23 }, { fill: hue, ink: "#0a0a1f" });
  ctx.restore();
}

/** The cell that keys or a pad draw in. */
export function drawCellCursor(pen: Pen, cell: Cell, tilePx: number): void {
  strokeRect(pen, cellRect(cell, tilePx), "#ffffff", 2, 1);
}
