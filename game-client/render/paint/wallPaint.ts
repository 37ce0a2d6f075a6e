/** Paints walls by a theme's kit: shadows on the floor, southern sides, and tops with a lit bevel. */
import type { Ctx, Site, Theme, WallKit } from "#client/render/themes/theme.ts";
import { type Arena, isSolidTile } from "#shared/arena/arena.ts";
import { fade } from "./colour.ts";
import { outlinePath, traceWalls } from "./contour.ts";

export interface WallShapes {
  readonly footprint: Path2D;
  /** The top face; its southern edges lie the side's height north of the footprint's. */
  readonly top: Path2D;
  /** The top face without its lit bevel. */
  readonly plate: Path2D;
  readonly trim: Path2D;
}

export function shapeWalls(arena: Arena, { sidePx, cornerPx }: WallKit): WallShapes {
  const loops = traceWalls(arena);
  const south = sidePx;
  return {
    footprint: outlinePath(loops, { north: 0, south: 0, sides: 0 }, cornerPx),
    top: outlinePath(loops, { north: 0, south, sides: 0 }, cornerPx),
    plate: outlinePath(loops, { north: 2.5, south: south + 1.5, sides: 2 }, Math.max(1, cornerPx - 2)),
    trim: outlinePath(loops, { north: 11, south: south + 11, sides: 12 }, Math.max(1, cornerPx - 4)),
  };
}

/** A wide soft shadow away from the light, and a narrow one where the wall meets the floor. */
export function paintWallShadows(
  ctx: Ctx,
  { pxPerWorldPx }: Site,
  { palette }: Theme,
  walls: WallShapes,
): void {
  ctx.save();
  ctx.fillStyle = palette.shadow;
  for (const [offsetX, offsetY, blur, opacity] of [
    [12, 20, 30, 0.6],
    [3, 6, 10, 0.6],
  ] as const) {
    ctx.shadowColor = fade(palette.shadow, opacity);
    ctx.shadowOffsetX = offsetX * pxPerWorldPx;
    ctx.shadowOffsetY = offsetY * pxPerWorldPx;
    ctx.shadowBlur = blur * pxPerWorldPx;
    ctx.fill(walls.footprint);
  }
  ctx.restore();
}

export function paintWalls(ctx: Ctx, site: Site, { walls: kit }: Theme, shapes: WallShapes): void {
  paintSides(ctx, site, kit, shapes);
  paintTops(ctx, site, kit, shapes);
}

function paintSides(ctx: Ctx, site: Site, kit: WallKit, { footprint }: WallShapes): void {
  ctx.save();
  ctx.fillStyle = kit.side;
  ctx.fill(footprint);
  ctx.clip(footprint);
  const { tilePx } = site.arena;
  eachWall(site, (x, y, column, row) => {
    if (isSolidTile(site.arena, column, row + 1)) return;
    kit.paintSide?.(ctx, x, y + tilePx, site);
  });
  // Strokes of decreasing width blend the side into the floor.
  for (const [width, opacity] of [
    [22, 0.14],
    [13, 0.18],
    [6, 0.24],
  ] as const) {
    ctx.strokeStyle = fade(kit.foot, opacity);
    ctx.lineWidth = width;
    ctx.stroke(footprint);
  }
  ctx.restore();
}

function paintTops(ctx: Ctx, site: Site, kit: WallKit, { top, plate, trim }: WallShapes): void {
  ctx.fillStyle = kit.rim;
  ctx.fill(top);
  ctx.save();
  ctx.clip(top);
  ctx.fillStyle = kit.top;
  ctx.fill(plate);
  ctx.clip(plate);
  ctx.fillStyle = kit.trim;
  ctx.fill(trim);
  eachWall(site, (x, y) => kit.paintTop?.(ctx, x, y, site));
  // A soft fall-off from the rim inwards makes the slab look thick instead of outlined.
  for (const [width, opacity] of [
    [26, 0.06],
    [16, 0.07],
    [8, 0.1],
  ] as const) {
    ctx.strokeStyle = fade(kit.rim, opacity);
    ctx.lineWidth = width;
    ctx.stroke(top);
  }
  ctx.restore();
}

function eachWall(
  { arena, bounds }: Site,
  visit: (x: number, y: number, column: number, row: number) => void,
): void {
  const { tilePx } = arena;
  const firstColumn = Math.max(0, Math.floor(bounds.left / tilePx) - 1);
  const lastColumn = Math.min(arena.columns - 1, Math.ceil(bounds.right / tilePx));
  const firstRow = Math.max(0, Math.floor(bounds.top / tilePx) - 1);
  const lastRow = Math.min(arena.rows - 1, Math.ceil(bounds.bottom / tilePx));
  for (let row = firstRow; row <= lastRow; row++) {
    for (let column = firstColumn; column <= lastColumn; column++) {
      if (isSolidTile(arena, column, row)) visit(column * tilePx, row * tilePx, column, row);
    }
  }
}
