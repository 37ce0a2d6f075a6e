/** Paints a piece of a draft's picture: floor, walls and bushes, all in one layer, so that nothing hides the objects. */
import { paintArena } from "#client/render/paint/arenaPaint.ts";
import { paintGround } from "#client/render/paint/bushPaint.ts";
import { outlinePath, traceWalls } from "#client/render/paint/contour.ts";
import { shapeWalls } from "#client/render/paint/wallPaint.ts";
import type { Bounds, Ctx, Theme } from "#client/render/themes/theme.ts";
import { BUSH_LAYERS, type BushLayer, tuftsOn } from "#client/render/views/tufts.ts";
import type { Arena } from "#shared/arena/arena.ts";

/**
 * How far a cell changes the picture around it, world px: shadows, corners, leaves, and the pools of the causeway, which
 * lie where no wall is near.
 */
export const REACH_PX = 192;

/** Texture of tufts, as tufts.ts makes it. */
export interface Tufts {
  readonly image: CanvasImageSource;
  /** Place of a frame in it, texture px. */
  frame(name: string): { readonly x: number; readonly y: number; readonly side: number };
}

/** `ctx` is in world px, and paints `bounds` alone. */
export function paintRegion(
  ctx: Ctx,
  { arena, bounds, pxPerWorldPx }: { arena: Arena; bounds: Bounds; pxPerWorldPx: number },
  theme: Theme,
  tufts: Tufts,
): void {
  // Outlines of far walls cost time, and nobody sees them.
  const near = { ...arena, solid: cellsNear(arena, arena.solid, bounds) };
  paintArena(ctx, { arena, bounds, pxPerWorldPx }, theme, shapeWalls(near, theme.walls));
  const bushes = cellsNear(arena, arena.bushes, bounds);
  if (!bushes.includes(1)) return;
  const outline = outlinePath(
    traceWalls({ ...arena, solid: bushes }),
    { north: -4, south: -4, sides: -4 },
    26,
  );
  paintGround(ctx, theme.cover, outline, pxPerWorldPx);
  for (const layer of BUSH_LAYERS) paintLeaves(ctx, { ...arena, bushes }, layer, tufts);
}

function paintLeaves(ctx: Ctx, arena: Arena, layer: BushLayer, tufts: Tufts): void {
  ctx.save();
  ctx.globalAlpha = layer.opacity.far;
  for (const [tile, bush] of arena.bushes.entries()) {
    if (bush !== 1) continue;
    for (const { x, y, turn, scale, frame } of tuftsOn(arena, tile, layer)) {
      const { side, ...from } = tufts.frame(frame);
      ctx.save();
      ctx.translate(x, y);
      ctx.rotate(turn);
      ctx.scale(scale, scale);
      ctx.drawImage(tufts.image, from.x, from.y, side, side, -side / 2, -side / 2, side, side);
      ctx.restore();
    }
  }
  ctx.restore();
}

/** A layer of cells without those that cannot be seen within the bounds. */
function cellsNear({ columns, tilePx }: Arena, cells: Uint8Array, bounds: Bounds): Uint8Array {
  const left = (bounds.left - REACH_PX) / tilePx - 1;
  const right = (bounds.right + REACH_PX) / tilePx;
  const top = (bounds.top - REACH_PX) / tilePx - 1;
  const bottom = (bounds.bottom + REACH_PX) / tilePx;
  return cells.map((cell, tile) => {
    const column = tile % columns;
    const row = Math.floor(tile / columns);
    return column > left && column < right && row > top && row < bottom ? cell : 0;
  });
}
