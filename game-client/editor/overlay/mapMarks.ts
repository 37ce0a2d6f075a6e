/** Marks of the map itself: its grid, the axes of its symmetry, and what is wrong with it. */

import type { Symmetry } from "#client/editor/toolNames.ts";
import { isHill } from "#client/editor/tools/objects.ts";
import { symmetryOn } from "#client/editor/tools/symmetry.ts";
import { dangerHue } from "#client/palette.ts";
import { fade } from "#client/render/paint/colour.ts";
import type { Fault } from "#shared/arena/fault.ts";
import { type Draft, sizeOf } from "#shared/editor/draft.ts";
import { outline, type Pen, plate, ring, strokeRect, traceRect } from "./pen.ts";

/** Narrower cells have no lines: the picture would drown in them. */
const GRID_FROM_PX = 7;
const OBJECT_PX = 34;

export function drawGrid({ ctx, toClient, zoom }: Pen, draft: Draft, tilePx: number): void {
  const { columns, rows } = sizeOf(draft);
  const cellPx = tilePx * zoom;
  if (cellPx < GRID_FROM_PX) return;
  const from = toClient({ x: 0, y: 0 });
  const to = toClient({ x: columns * tilePx, y: rows * tilePx });
  ctx.lineWidth = 1;
  for (const isStrong of [false, true]) {
    ctx.strokeStyle = `rgba(214,222,255,${(isStrong ? 0.2 : 0.1) * Math.min(1, cellPx / 24)})`;
    ctx.beginPath();
    for (let column = 0; column <= columns; column++) {
      if ((column % 4 === 0) !== isStrong) continue;
      const x = Math.round(from.x + column * cellPx) + 0.5;
      ctx.moveTo(x, from.y);
      ctx.lineTo(x, to.y);
    }
    for (let row = 0; row <= rows; row++) {
      if ((row % 4 === 0) !== isStrong) continue;
      const y = Math.round(from.y + row * cellPx) + 0.5;
      ctx.moveTo(from.x, y);
      ctx.lineTo(to.x, y);
    }
    ctx.stroke();
  }
}

/** An axis to mirror at, or the centre to turn about. */
export function drawSymmetry(pen: Pen, draft: Draft, tilePx: number, chosen: Symmetry, hue: string): void {
  const size = sizeOf(draft);
  const symmetry = symmetryOn(chosen, size);
  if (symmetry === "none") return;
  const { ctx, toClient } = pen;
  const top = toClient({ x: (size.columns * tilePx) / 2, y: 0 });
  const middle = toClient({ x: (size.columns * tilePx) / 2, y: (size.rows * tilePx) / 2 });
  const bottom = toClient({ x: (size.columns * tilePx) / 2, y: size.rows * tilePx });
  ctx.save();
  ctx.globalAlpha = 0.55;
  ctx.setLineDash([7, 6]);
  ctx.beginPath();
  if (symmetry === "mirror") {
    ctx.moveTo(top.x, top.y);
    ctx.lineTo(bottom.x, bottom.y);
  } else {
    ctx.arc(middle.x, middle.y, 13, 0, 2 * Math.PI);
    const arms = symmetry === "halfTurn" ? [0, Math.PI] : [0, Math.PI / 2, Math.PI, -Math.PI / 2];
    for (const arm of arms) {
      ctx.moveTo(middle.x + 13 * Math.cos(arm), middle.y + 13 * Math.sin(arm));
      ctx.lineTo(middle.x + 34 * Math.cos(arm), middle.y + 34 * Math.sin(arm));
    }
  }
  outline(ctx, hue, 1.5);
  ctx.restore();
}

/** Each with its number in the list of faults; faults of one place share a plate. */
export function drawFaults(pen: Pen, faults: readonly Fault[], draft: Draft, tilePx: number): void {
  const red = dangerHue();
  const numbers = new Map<string, { at: { x: number; y: number }; of: number[] }>();
  const note = (key: string, at: { x: number; y: number }, index: number) => {
    const noted = numbers.get(key) ?? { at, of: [] };
    noted.of.push(index + 1);
    numbers.set(key, noted);
  };
  for (const [index, { place }] of faults.entries()) {
    if (place.object) {
      const { id, x, y } = place.object;
      const fields = draft.objects.get(String(id));
      if (fields && isHill(fields)) strokeRect(pen, fields, red, 2, 3);
      else ring(pen, fields ?? { x, y }, OBJECT_PX * pen.zoom + 4, red, 2.5);
      note(`object ${id}`, fields ?? { x, y }, index);
    } else if (place.tile) {
      const { column, row } = place.tile;
      const cell = { x: column * tilePx, y: row * tilePx, width: tilePx, height: tilePx };
      hatch(pen, cell, red);
      note(`tile ${column} ${row}`, cell, index);
    }
  }
  for (const { at, of } of numbers.values())
    plate(pen, of.join(","), pen.toClient(at), { fill: red, ink: "#1a0508", isCentred: true });
}

function hatch(pen: Pen, cell: { x: number; y: number; width: number; height: number }, hue: string): void {
  const { ctx, zoom, toClient } = pen;
  const { x, y } = toClient(cell);
  const side = cell.width * zoom;
  ctx.save();
  ctx.beginPath();
  traceRect(pen, cell);
  ctx.fillStyle = fade(hue, 0.22);
  ctx.fill();
  ctx.clip();
  ctx.strokeStyle = fade(hue, 0.8);
  ctx.lineWidth = 1.5;
  ctx.beginPath();
  for (let at = -side; at < side; at += 7) {
    ctx.moveTo(x + at, y + side);
    ctx.lineTo(x + at + side, y);
  }
  ctx.stroke();
  ctx.restore();
  strokeRect(pen, cell, hue, 1.5);
}
