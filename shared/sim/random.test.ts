import { expect, test } from "vitest";
import { pickIndex, seededRandom } from "./random.ts";

const draw = (seed: number, count: number) => {
  const random = seededRandom(seed);
  return Array.from({ length: count }, () => random.next());
};

test("[RANDOM-1] a seed gives the same stream again, another seed another stream", () => {
  expect(draw(7, 20)).toEqual(draw(7, 20));
  expect(draw(7, 20)).not.toEqual(draw(8, 20));
});

test("[RANDOM-2] picks are evenly spread: each of 10 comes up 900 to 1,100 times in 10,000", () => {
  const random = seededRandom(42);
  const counts = new Array(10).fill(0);
  for (let i = 0; i < 10_000; i++) counts[pickIndex(random, 10)]++;
  for (const count of counts) {
    expect(count).toBeGreaterThan(900);
    expect(count).toBeLessThan(1100);
  }
});
