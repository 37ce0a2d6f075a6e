/** A clip's two ends: inside of the replay, and neither too far from nor too close to one another. */
import fc from "fast-check";
import { expect, test } from "vitest";
import { CLIP_MAX_MS, CLIP_MIN_MS } from "#shared/replay/link.ts";
import { firstRange, withEnd, within, withStart } from "./clipModel.ts";

const LENGTH_MS = 120_000;

test("[CLIP-6] the end that is not moved stays, unless the clip becomes too long or too short", () => {
  const range = { fromMs: 20_000, toMs: 30_000 };
  expect(withStart(range, 25_000, LENGTH_MS)).toEqual({ fromMs: 25_000, toMs: 30_000 });
  expect(withStart(range, 40_000, LENGTH_MS)).toEqual({ fromMs: 40_000, toMs: 41_000 });
  expect(withEnd(range, 70_000, LENGTH_MS)).toEqual({ fromMs: 40_000, toMs: 70_000 });
  expect(withEnd(range, 10_000, LENGTH_MS)).toEqual({ fromMs: 9_000, toMs: 10_000 });
  expect(within({ fromMs: 110_000, toMs: 150_000 }, LENGTH_MS)).toEqual({ fromMs: 110_000, toMs: LENGTH_MS });
  expect(within({ fromMs: 130_000, toMs: 150_000 }, LENGTH_MS)).toBeUndefined();
});

test("[CLIP-7] whatever is moved where, the clip lies in the replay and is 1 to 30 s long, seed 17", () => {
  const lengths = fc.integer({ min: CLIP_MIN_MS, max: 600_000 });
  const moves = fc.array(
    fc.record({ isStart: fc.boolean(), atMs: fc.integer({ min: -5_000, max: 700_000 }) }),
  );
  const holds = (lengthMs: number, atMs: number, moved: { isStart: boolean; atMs: number }[]) => {
    let range = firstRange(Math.min(atMs, lengthMs), lengthMs);
    for (const move of [undefined, ...moved]) {
      if (move) range = (move.isStart ? withStart : withEnd)(range, move.atMs, lengthMs);
      const { fromMs, toMs } = range;
      expect(fromMs).toBeGreaterThanOrEqual(0);
      expect(toMs).toBeLessThanOrEqual(lengthMs);
      expect(toMs - fromMs).toBeGreaterThanOrEqual(CLIP_MIN_MS);
      expect(toMs - fromMs).toBeLessThanOrEqual(CLIP_MAX_MS);
    }
  };
  fc.assert(fc.property(lengths, fc.nat(600_000), moves, holds), { seed: 17 });
});
