/** Paints a piece of an arena with Canvas2D by its theme; arenaView.ts cuts the picture into textures. */

import type { Ctx, Site, Theme } from "#client/render/themes/theme.ts";
import { isSolidTile } from "#shared/arena/arena.ts";
import { fade } from "./colour.ts";
import { paintWallShadows, paintWalls, type WallShapes } from "./wallPaint.ts";

/** Painted around the arena, px; farther out is the theme's colour of the beyond. */
export const BEYOND_PX = 448;
/** Width of the outer part of it that fades into that colour. */
const FADE_PX = 200;

/** `ctx` is scaled and moved to world px. */
export function paintArena(ctx: Ctx, site: Site, theme: Theme, walls: WallShapes): void {
  const { arena, bounds } = site;
  const isInside =
    bounds.left > 0 && bounds.top > 0 && bounds.right < arena.widthPx && bounds.bottom < arena.heightPx;
  if (!isInside) paintSurroundings(ctx, site, theme);
  ctx.save();
  ctx.beginPath();
  rectWithinBorder(ctx, site);
  ctx.clip();
  theme.paintFloor(ctx, site);
  for (const spawn of arena.spawns) paintSpawnPad(ctx, spawn.x, spawn.y, theme.palette.accent);
  paintWallShadows(ctx, site, theme, walls);
  ctx.restore();
  paintWalls(ctx, site, theme, walls);
}

function paintSurroundings(ctx: Ctx, site: Site, { palette, paintBeyond }: Theme): void {
  const { arena, pxPerWorldPx } = site;
  ctx.save();
  paintBeyond(ctx, site);
  fadeOut(ctx, site, palette.beyond);
  // The arena stands above its surroundings.
  ctx.shadowColor = fade(palette.shadow, 0.85);
  ctx.shadowBlur = 46 * pxPerWorldPx;
  ctx.shadowOffsetX = 10 * pxPerWorldPx;
  ctx.shadowOffsetY = 18 * pxPerWorldPx;
  ctx.fillStyle = palette.shadow;
  ctx.fillRect(4, 4, arena.widthPx - 8, arena.heightPx - 8);
  ctx.restore();
}

/** Lets the painted surroundings end without an edge. */
function fadeOut(ctx: Ctx, { arena }: Site, colour: string): void {
  const { widthPx, heightPx } = arena;
  const outer = BEYOND_PX;
  const wide = widthPx + 2 * outer;
  const high = heightPx + 2 * outer;
  for (const [fromX, fromY, toX, toY, left, top, width, height] of [
    [-outer, 0, FADE_PX - outer, 0, -outer, -outer, FADE_PX, high],
    [widthPx + outer, 0, widthPx + outer - FADE_PX, 0, widthPx + outer - FADE_PX, -outer, FADE_PX, high],
    [0, -outer, 0, FADE_PX - outer, -outer, -outer, wide, FADE_PX],
    [0, heightPx + outer, 0, heightPx + outer - FADE_PX, -outer, heightPx + outer - FADE_PX, wide, FADE_PX],
  ] as const) {
    const sheet = ctx.createLinearGradient(fromX, fromY, toX, toY);
    sheet.addColorStop(0, colour);
    sheet.addColorStop(1, fade(colour, 0));
    ctx.fillStyle = sheet;
    ctx.fillRect(left, top, width, height);
  }
  ctx.fillStyle = colour;
  const far = 4 * outer;
  ctx.fillRect(-far, -far, wide + 2 * far, far - outer);
  ctx.fillRect(-far, heightPx + outer, wide + 2 * far, far);
  ctx.fillRect(-far, -far, far - outer, high + 2 * far);
  ctx.fillRect(widthPx + outer, -far, far, high + 2 * far);
}

/**
 * Reaches to the middle of the border's walls, so that no floor shows behind their rounded corners. A draft's border may
 * have gaps, where the floor reaches to the edge.
 */
function rectWithinBorder(ctx: Ctx, { arena }: Site): void {
  const { columns, rows, tilePx } = arena;
  const inset = tilePx / 2;
  ctx.rect(inset, inset, arena.widthPx - 2 * inset, arena.heightPx - 2 * inset);
  const open = (column: number, row: number) => {
    if (!isSolidTile(arena, column, row)) ctx.rect(column * tilePx, row * tilePx, tilePx, tilePx);
  };
  for (const row of [0, rows - 1]) for (let column = 0; column < columns; column++) open(column, row);
  for (const column of [0, columns - 1]) for (let row = 0; row < rows; row++) open(column, row);
}

function paintSpawnPad(ctx: Ctx, x: number, y: number, accent: string): void {
  ctx.save();
  ctx.translate(x, y);
  ctx.fillStyle = fade(accent, 0.04);
  ctx.strokeStyle = fade(accent, 0.2);
  ctx.lineWidth = 1.6;
  ctx.beginPath();
  ctx.arc(0, 0, 34, 0, Math.PI * 2);
  ctx.fill();
  ctx.setLineDash([13.8, 4]);
  ctx.stroke();
  ctx.restore();
}
