import fc from "fast-check";
import { expect, test } from "vitest";
import { CellGrid } from "./cellGrid.ts";

const px = fc.integer({ min: -400, max: 3400 });
const places = fc.array(fc.record({ x: px, y: px }), { maxLength: 60 });
const half = fc.integer({ min: 0, max: 1000 });

function fill(grid: CellGrid, points: readonly { x: number; y: number }[]): void {
  const xs = Float64Array.from(points, ({ x }) => x);
  const ys = Float64Array.from(points, ({ y }) => y);
  grid.fill([...points.keys()], points.length, xs, ys);
}

function around(grid: CellGrid, x: number, y: number, halfWidth: number, halfHeight: number): number[] {
  const found: number[] = [];
  for (let row = grid.row(y - halfHeight); row <= grid.row(y + halfHeight); row++) {
    const end = grid.end(row, grid.column(x + halfWidth));
    found.push(...grid.order.subarray(grid.start(row, grid.column(x - halfWidth)), end));
  }
  return found;
}

test("[GRID-1] a query finds every point of its rectangle once, also outside the arena and after a refill", () => {
  const grid = new CellGrid(3072, 2048, 256);
  fc.assert(
    fc.property(places, px, px, half, half, (points, x, y, halfWidth, halfHeight) => {
      fill(grid, points);
      const found = around(grid, x, y, halfWidth, halfHeight);
      expect(new Set(found).size).toBe(found.length);
      points.forEach((place, number) => {
        const isInside = Math.abs(place.x - x) <= halfWidth && Math.abs(place.y - y) <= halfHeight;
        if (isInside) expect(found).toContain(number);
      });
    }),
    { seed: 7, numRuns: 300 },
  );
});

test("[GRID-2] a query visits only the cells that its rectangle touches", () => {
  const grid = new CellGrid(3072, 2048, 256);
  fill(
    grid,
    Array.from({ length: 96 }, (_, cell) => ({
      x: (cell % 12) * 256 + 128,
      y: Math.floor(cell / 12) * 256 + 128,
    })),
  );
  expect(around(grid, 1024, 1024, 100, 100)).toHaveLength(4);
});
