import { expect, it } from "vitest";
import { tagPx } from "./tagSize.ts";

it("[HANDS-12] names in the arena follow the size of text, and have at least 9 px on a phone's screen", () => {
  expect(tagPx(1, 0.8)).toBe(18);
  expect(tagPx(1.5, 0.8)).toBe(27);
  const ACROSS = 390 / 900;
  const UPRIGHT = 390 / 1600;
  for (const share of [ACROSS, UPRIGHT]) {
    expect(tagPx(1, share) * share).toBeGreaterThan(8.8);
    expect(tagPx(0.8, share) * share).toBeGreaterThan(8.8);
    expect(tagPx(1.5, share)).toBeGreaterThan(tagPx(1, share));
  }
});
