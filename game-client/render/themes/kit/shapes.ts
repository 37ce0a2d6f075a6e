/** Shapes that several themes paint: soft spots, blobs, bolts, glowing lines. */
import { fade } from "#client/render/paint/colour.ts";
import type { Bounds, Ctx } from "#client/render/themes/theme.ts";
import { chance } from "./chance.ts";

const TURN = 2 * Math.PI;

export function fillAll(ctx: Ctx, bounds: Bounds, colour: string): void {
  ctx.fillStyle = colour;
  ctx.fillRect(bounds.left, bounds.top, bounds.right - bounds.left, bounds.bottom - bounds.top);
}

export const touches = (bounds: Bounds, x: number, y: number, reachPx: number): boolean =>
  x + reachPx > bounds.left &&
  x - reachPx < bounds.right &&
  y + reachPx > bounds.top &&
  y - reachPx < bounds.bottom;

/** A round spot of colour that fades out. */
export function softSpot(ctx: Ctx, x: number, y: number, radius: number, hex: string, opacity: number): void {
  const spot = ctx.createRadialGradient(x, y, 0, x, y, radius);
  spot.addColorStop(0, fade(hex, opacity));
  spot.addColorStop(0.5, fade(hex, opacity * 0.55));
  spot.addColorStop(1, fade(hex, 0));
  ctx.fillStyle = spot;
  ctx.fillRect(x - radius, y - radius, radius * 2, radius * 2);
}

export function disc(ctx: Ctx, x: number, y: number, radius: number, fill: string): void {
  ctx.fillStyle = fill;
  ctx.beginPath();
  ctx.arc(x, y, radius, 0, TURN);
  ctx.fill();
}

export function ring(ctx: Ctx, x: number, y: number, radius: number, width: number, stroke: string): void {
  ctx.strokeStyle = stroke;
  ctx.lineWidth = width;
  ctx.beginPath();
  ctx.arc(x, y, radius, 0, TURN);
  ctx.stroke();
}

/** A line as light: wide and faint to narrow and bright. */
export function glowStroke(ctx: Ctx, path: Path2D, hex: string, core: string, width: number): void {
  for (const [factor, opacity] of [
    [7, 0.06],
    [4, 0.1],
    [2.2, 0.22],
  ] as const) {
    ctx.strokeStyle = fade(hex, opacity);
    ctx.lineWidth = width * factor;
    ctx.stroke(path);
  }
  ctx.strokeStyle = core;
  ctx.lineWidth = width;
  ctx.stroke(path);
}

/** A closed, uneven shape with rounded sides around a place; `salt` makes its shape. */
export function blob(x: number, y: number, radius: number, salt: number, corners = 9): Path2D {
  const path = new Path2D();
  const at = (index: number) => {
    const angle = (index / corners) * TURN;
    const reach = radius * (0.72 + 0.36 * chance(index % corners, salt, 11));
    return { x: x + Math.cos(angle) * reach, y: y + Math.sin(angle) * reach };
  };
  for (let index = 0; index <= corners; index++) {
    const here = at(index);
    const next = at(index + 1);
    const middle = { x: (here.x + next.x) / 2, y: (here.y + next.y) / 2 };
    if (index === 0) path.moveTo(middle.x, middle.y);
    else path.quadraticCurveTo(here.x, here.y, middle.x, middle.y);
  }
  path.closePath();
  return path;
}

/** A straight-sided uneven shape around a place: a rock, a lump of scrap. */
export function rock(x: number, y: number, radius: number, salt: number, corners = 7): Path2D {
  const path = new Path2D();
  for (let index = 0; index < corners; index++) {
    const angle = ((index + 0.5 * chance(index, salt, 3)) / corners) * TURN;
    const reach = radius * (0.78 + 0.3 * chance(index, salt, 4));
    path.lineTo(x + Math.cos(angle) * reach, y + Math.sin(angle) * reach);
  }
  path.closePath();
  return path;
}

/** A bolt's head with its light from the north-west. */
export function bolt(ctx: Ctx, x: number, y: number, radius: number, dark: string, lit: string): void {
  disc(ctx, x + radius * 0.3, y + radius * 0.4, radius, dark);
  disc(ctx, x, y, radius * 0.85, lit);
}

/** Slanted stripes within a rectangle. */
export function stripes(
  ctx: Ctx,
  left: number,
  top: number,
  width: number,
  height: number,
  stepPx: number,
): void {
  ctx.save();
  ctx.beginPath();
  ctx.rect(left, top, width, height);
  ctx.clip();
  ctx.beginPath();
  // In step with the world, so that neighbouring rectangles continue each other.
  for (let x = Math.floor((left - height) / stepPx) * stepPx; x < left + width; x += stepPx) {
    ctx.moveTo(x, top + height);
    ctx.lineTo(x + height, top);
    ctx.lineTo(x + height + stepPx / 2, top);
    ctx.lineTo(x + stepPx / 2, top + height);
  }
  ctx.fill();
  ctx.restore();
}
