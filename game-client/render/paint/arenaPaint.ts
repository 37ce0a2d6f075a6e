/** Paints the floor and walls of an arena with Canvas2D; arenaView.ts cuts the picture into textures. */
import { PALETTE } from "#client/palette.ts";
import type { Arena } from "#shared/arena/arena.ts";
import { fade, mix } from "./colour.ts";
import { outlinePath, traceWalls } from "./contour.ts";

type Ctx = CanvasRenderingContext2D;

/** Visible height of a wall's southern side: the arena is seen slightly from the south. */
const SIDE_HEIGHT_PX = 17;
const CORNER_PX = 9;

export interface WallShapes {
  readonly footprint: Path2D;
  /** The top face; its southern edges lie SIDE_HEIGHT_PX north of the footprint's. */
  readonly top: Path2D;
  /** The top face without its lit bevel. */
  readonly plate: Path2D;
  readonly trim: Path2D;
}

export function shapeWalls(arena: Arena): WallShapes {
  const loops = traceWalls(arena);
  const south = SIDE_HEIGHT_PX;
  return {
    footprint: outlinePath(loops, { north: 0, south: 0, sides: 0 }, CORNER_PX),
    top: outlinePath(loops, { north: 0, south, sides: 0 }, CORNER_PX),
    plate: outlinePath(loops, { north: 2.5, south: south + 1.5, sides: 2 }, CORNER_PX - 2),
    trim: outlinePath(loops, { north: 12, south: south + 12, sides: 13 }, 4),
  };
}

/** `ctx` is scaled to world px; `pxPerWorldPx` scales the shadows, which ignore a context's transform. */
export function paintArena(ctx: Ctx, arena: Arena, walls: WallShapes, pxPerWorldPx: number): void {
  paintOuterGlow(ctx, arena, pxPerWorldPx);
  ctx.save();
  ctx.beginPath();
  rectWithinBorder(ctx, arena);
  ctx.clip();
  paintFloorLight(ctx, arena);
  paintGrid(ctx, arena);
  for (const spawn of arena.spawns) paintSpawnPad(ctx, spawn.x, spawn.y);
  paintWallShadows(ctx, walls, pxPerWorldPx);
  ctx.restore();
  paintWallSides(ctx, walls);
  paintWallTops(ctx, arena, walls);
}

/** The arena's light that falls outwards into the dark. */
function paintOuterGlow(ctx: Ctx, arena: Arena, pxPerWorldPx: number): void {
  ctx.save();
  ctx.shadowColor = fade(PALETTE.wallLit, 0.3);
  ctx.shadowBlur = 80 * pxPerWorldPx;
  ctx.fillStyle = PALETTE.abyss;
  ctx.fillRect(0, 0, arena.widthPx, arena.heightPx);
  // Cut the floor out again, so that the deck below shines through.
  ctx.globalCompositeOperation = "destination-out";
  ctx.shadowColor = "transparent";
  ctx.beginPath();
  rectWithinBorder(ctx, arena);
  ctx.fill();
  ctx.restore();
}

/** Reaches to the middle of the border's walls, so that no floor shows behind their rounded corners. */
function rectWithinBorder(ctx: Ctx, arena: Arena): void {
  const inset = arena.tilePx / 2;
  ctx.rect(inset, inset, arena.widthPx - 2 * inset, arena.heightPx - 2 * inset);
}

function paintFloorLight(ctx: Ctx, arena: Arena): void {
  const reach = Math.hypot(arena.widthPx, arena.heightPx) / 2;
  const light = ctx.createRadialGradient(
    arena.widthPx / 2,
    arena.heightPx / 2,
    0,
    arena.widthPx / 2,
    arena.heightPx / 2,
    reach,
  );
  light.addColorStop(0, fade(mix(PALETTE.floor, PALETTE.wallLit, 0.35), 0.26));
  light.addColorStop(0.45, fade(PALETTE.floor, 0.12));
  light.addColorStop(1, fade(PALETTE.abyss, 0.5));
  ctx.fillStyle = light;
  ctx.fillRect(0, 0, arena.widthPx, arena.heightPx);
}

function paintGrid(ctx: Ctx, arena: Arena): void {
  const step = arena.tilePx;
  for (const [every, opacity, width] of [
    [1, 0.72, 1],
    [4, 1, 1.8],
  ] as const) {
    ctx.strokeStyle = fade(PALETTE.floorLine, opacity);
    ctx.lineWidth = width;
    ctx.beginPath();
    for (let x = 0; x <= arena.widthPx; x += step * every) {
      ctx.moveTo(x, 0);
      ctx.lineTo(x, arena.heightPx);
    }
    for (let y = 0; y <= arena.heightPx; y += step * every) {
      ctx.moveTo(0, y);
      ctx.lineTo(arena.widthPx, y);
    }
    ctx.stroke();
  }
  paintCrossings(ctx, arena);
}

/** Lit crosses where the heavy lines meet, a fixed reference against which players judge motion. */
function paintCrossings(ctx: Ctx, arena: Arena): void {
  ctx.strokeStyle = fade(PALETTE.wallLit, 0.34);
  ctx.lineWidth = 1.6;
  ctx.beginPath();
  for (let x = 0; x <= arena.widthPx; x += arena.tilePx * 4) {
    for (let y = 0; y <= arena.heightPx; y += arena.tilePx * 4) {
      ctx.moveTo(x - 7, y);
      ctx.lineTo(x + 7, y);
      ctx.moveTo(x, y - 7);
      ctx.lineTo(x, y + 7);
    }
  }
  ctx.stroke();
}

function paintSpawnPad(ctx: Ctx, x: number, y: number): void {
  ctx.save();
  ctx.translate(x, y);
  ctx.fillStyle = fade(PALETTE.accent, 0.03);
  ctx.strokeStyle = fade(PALETTE.accent, 0.16);
  ctx.lineWidth = 1.6;
  ctx.beginPath();
  ctx.arc(0, 0, 34, 0, Math.PI * 2);
  ctx.fill();
  ctx.setLineDash([13.8, 4]);
  ctx.stroke();
  ctx.restore();
}

/** A wide soft shadow away from the light, and a narrow one where the wall meets the floor. */
function paintWallShadows(ctx: Ctx, walls: WallShapes, pxPerWorldPx: number): void {
  ctx.save();
  ctx.fillStyle = "#05051a";
  for (const [offsetX, offsetY, blur, opacity] of [
    [12, 20, 30, 0.62],
    [3, 6, 10, 0.6],
  ] as const) {
    ctx.shadowColor = fade("#040410", opacity);
    ctx.shadowOffsetX = offsetX * pxPerWorldPx;
    ctx.shadowOffsetY = offsetY * pxPerWorldPx;
    ctx.shadowBlur = blur * pxPerWorldPx;
    ctx.fill(walls.footprint);
  }
  ctx.restore();
}

function paintWallSides(ctx: Ctx, walls: WallShapes): void {
  ctx.save();
  ctx.fillStyle = mix(PALETTE.wallSide, PALETTE.wallTop, 0.35);
  ctx.fill(walls.footprint);
  ctx.clip(walls.footprint);
  // Strokes of decreasing width darken the side towards the floor.
  for (const [width, opacity] of [
    [26, 0.14],
    [16, 0.16],
    [7, 0.2],
  ] as const) {
    ctx.strokeStyle = fade("#080820", opacity);
    ctx.lineWidth = width;
    ctx.stroke(walls.footprint);
  }
  ctx.strokeStyle = fade(PALETTE.wallLit, 0.22);
  ctx.lineWidth = 1.6;
  ctx.stroke(walls.footprint);
  ctx.restore();
}

function paintWallTops(ctx: Ctx, arena: Arena, walls: WallShapes): void {
  const rim = ctx.createLinearGradient(0, 0, arena.widthPx, arena.heightPx);
  rim.addColorStop(0, PALETTE.wallLit);
  rim.addColorStop(0.5, mix(PALETTE.wallLit, PALETTE.wallTop, 0.2));
  rim.addColorStop(1, mix(PALETTE.wallLit, PALETTE.wallTop, 0.3));
  ctx.fillStyle = rim;
  ctx.fill(walls.top);
  ctx.save();
  ctx.clip(walls.top);
  ctx.fillStyle = mix(PALETTE.wallTop, PALETTE.floor, 0.3);
  ctx.fill(walls.plate);
  ctx.clip(walls.plate);
  // A soft fall-off from the rim inwards makes the slab look thick instead of outlined.
  for (const [width, opacity] of [
    [26, 0.07],
    [16, 0.08],
    [8, 0.1],
  ] as const) {
    ctx.strokeStyle = fade(PALETTE.wallLit, opacity);
    ctx.lineWidth = width;
    ctx.stroke(walls.top);
  }
  ctx.fillStyle = fade("#0a0a24", 0.16);
  ctx.fill(walls.trim);
  ctx.strokeStyle = fade(PALETTE.wallLit, 0.14);
  ctx.lineWidth = 1.2;
  ctx.stroke(walls.trim);
  ctx.restore();
}
