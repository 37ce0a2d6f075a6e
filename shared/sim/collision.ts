/** Collision of circles and rays with the arena's square tiles and with each other. */
import { type Arena, isSolidTile } from "#shared/arena/arena.ts";

export interface MovingCircle {
  x: number;
  y: number;
  vx: number;
  vy: number;
}

/**
 * Pushes the circle out of every solid tile that it overlaps and removes the part of its velocity that points into
 * the wall, so that it slides. A step must move it by less than its radius.
 *
 * Faces go before corners: the inner corners of a wall of several tiles would otherwise catch a sliding circle.
 */
export function pushOutOfWalls(arena: Arena, circle: MovingCircle, radiusPx: number): void {
  const { tilePx } = arena;
  const firstColumn = Math.floor((circle.x - radiusPx) / tilePx);
  const lastColumn = Math.floor((circle.x + radiusPx) / tilePx);
  const firstRow = Math.floor((circle.y - radiusPx) / tilePx);
  const lastRow = Math.floor((circle.y + radiusPx) / tilePx);

  for (const corners of [false, true]) {
    for (let row = firstRow; row <= lastRow; row++) {
      for (let column = firstColumn; column <= lastColumn; column++) {
        if (isSolidTile(arena, column, row)) pushOutOfTile(circle, radiusPx, column, row, tilePx, corners);
      }
    }
  }
}

function pushOutOfTile(
  circle: MovingCircle,
  radiusPx: number,
  column: number,
  row: number,
  tilePx: number,
  corners: boolean,
): void {
  const nearestX = clamp(circle.x, column * tilePx, (column + 1) * tilePx);
  const nearestY = clamp(circle.y, row * tilePx, (row + 1) * tilePx);
  const dx = circle.x - nearestX;
  const dy = circle.y - nearestY;
  const isCorner = dx !== 0 && dy !== 0;
  if (isCorner !== corners) return;

  const distance = Math.sqrt(dx * dx + dy * dy);
  if (distance === 0 || distance >= radiusPx) return;

  const normalX = dx / distance;
  const normalY = dy / distance;
  circle.x = nearestX + normalX * radiusPx;
  circle.y = nearestY + normalY * radiusPx;
  const inward = circle.vx * normalX + circle.vy * normalY;
  if (inward < 0) {
    circle.vx -= inward * normalX;
    circle.vy -= inward * normalY;
  }
}

/** Pushes the circle out of another one of the same radius by at most `maxPx`. Its velocity does not change. */
export function pushOutOfCircle(
  circle: MovingCircle,
  radiusPx: number,
  x: number,
  y: number,
  maxPx: number,
): void {
  const dx = circle.x - x;
  const dy = circle.y - y;
  const distance = Math.sqrt(dx * dx + dy * dy);
  const overlapPx = 2 * radiusPx - distance;
  if (overlapPx <= 0 || distance === 0) return;
  const normalX = dx / distance;
  const normalY = dy / distance;
  const pushPx = Math.min(overlapPx, maxPx);
  circle.x += normalX * pushPx;
  circle.y += normalY * pushPx;
}

/**
 * Length of a ray up to the first solid tile, px, at most `maxPx`. (dirX, dirY) must have length 1.
 * Walks the grid cell by cell (Amanatides & Woo, "A Fast Voxel Traversal Algorithm", 1987).
 */
export function castRay(
  arena: Arena,
  x: number,
  y: number,
  dirX: number,
  dirY: number,
  maxPx: number,
): number {
  const { tilePx } = arena;
  let column = Math.floor(x / tilePx);
  let row = Math.floor(y / tilePx);
  const stepColumn = dirX > 0 ? 1 : -1;
  const stepRow = dirY > 0 ? 1 : -1;
  const columnPx = dirX === 0 ? Infinity : tilePx / Math.abs(dirX);
  const rowPx = dirY === 0 ? Infinity : tilePx / Math.abs(dirY);
  let toColumnPx = dirX === 0 ? Infinity : ((column + (dirX > 0 ? 1 : 0)) * tilePx - x) / dirX;
  let toRowPx = dirY === 0 ? Infinity : ((row + (dirY > 0 ? 1 : 0)) * tilePx - y) / dirY;
  let gonePx = 0;

  while (gonePx < maxPx) {
    if (isSolidTile(arena, column, row)) return gonePx;
    if (toColumnPx < toRowPx) {
      gonePx = toColumnPx;
      toColumnPx += columnPx;
      column += stepColumn;
    } else {
      gonePx = toRowPx;
      toRowPx += rowPx;
      row += stepRow;
    }
  }
  return maxPx;
}

/** Whether no wall crosses the line between two places. */
export function isLineClear(arena: Arena, fromX: number, fromY: number, toX: number, toY: number): boolean {
  const dx = toX - fromX;
  const dy = toY - fromY;
  const distance = Math.sqrt(dx * dx + dy * dy);
  return distance === 0 || castRay(arena, fromX, fromY, dx / distance, dy / distance, distance) >= distance;
}

/**
 * The distance along a ray at which it enters a circle, px, or undefined when that is not within [fromPx, toPx].
 * A stretch that starts inside the circle enters it at `fromPx`, unless the centre lies behind that point.
 */
export function rayEntersCircle(
  ray: { x: number; y: number; dirX: number; dirY: number; fromPx: number; toPx: number },
  centreX: number,
  centreY: number,
  radiusPx: number,
): number | undefined {
  const toCentreX = centreX - ray.x;
  const toCentreY = centreY - ray.y;
  const alongPx = toCentreX * ray.dirX + toCentreY * ray.dirY;
  const aside2 = toCentreX * toCentreX + toCentreY * toCentreY - alongPx * alongPx;
  const radius2 = radiusPx * radiusPx;
  if (aside2 > radius2 || alongPx < ray.fromPx) return undefined;

  const halfChord = Math.sqrt(radius2 - aside2);
  const entryPx = Math.max(alongPx - halfChord, ray.fromPx);
  return entryPx <= Math.min(alongPx + halfChord, ray.toPx) ? entryPx : undefined;
}

const clamp = (value: number, min: number, max: number) => Math.max(min, Math.min(value, max));
