import fc from "fast-check";
import { expect, test } from "vitest";
import { type Chained, SpatialHash } from "./spatialHash.ts";

interface Point extends Chained<Point> {
  readonly id: number;
}

const px = fc.integer({ min: -400, max: 3400 });
const places = fc.array(fc.record({ x: px, y: px }), { maxLength: 60 });
const half = fc.integer({ min: 0, max: 1000 });

test("[HASH-1] finds everything in a rectangle once, also outside the arena and after it was filled anew", () => {
  const hash = new SpatialHash<Point>(3072, 2048, 256);
  fc.assert(
    fc.property(places, px, px, half, half, (points, x, y, halfWidth, halfHeight) => {
      hash.clear();
      points.forEach((place, id) => {
        hash.add({ ...place, id, nextInCell: undefined });
      });
      const found: number[] = [];
      hash.forEachAround(x, y, halfWidth, halfHeight, ({ id }) => found.push(id));
      expect(new Set(found).size).toBe(found.length);
      points.forEach((place, id) => {
        const isInside = Math.abs(place.x - x) <= halfWidth && Math.abs(place.y - y) <= halfHeight;
        if (isInside) expect(found).toContain(id);
      });
    }),
    { seed: 7, numRuns: 300 },
  );
});

test("[HASH-2] looks at no more than the cells that the rectangle touches", () => {
  const hash = new SpatialHash<Point>(3072, 2048, 256);
  for (let id = 0; id < 96; id++) {
    hash.add({ id, x: (id % 12) * 256 + 128, y: Math.floor(id / 12) * 256 + 128, nextInCell: undefined });
  }
  let visited = 0;
  hash.forEachAround(1024, 1024, 100, 100, () => visited++);
  expect(visited).toBe(4);
});
