import fc from "fast-check";
import { expect, test } from "vitest";
import { TokenBucket } from "./tokenBucket.ts";

const rates = fc.record({ burst: fc.integer({ min: 1, max: 50 }), perSec: fc.integer({ min: 1, max: 100 }) });
/** Waits between two tries, ms. */
const waits = fc.array(fc.double({ min: 0, max: 500, noNaN: true }), { minLength: 1, maxLength: 300 });
/** Sums of many fractions are off by a little. */
const ROUNDING = 1e-6;

test("[GUARD-18] in any span of time no more than a burst and the rate's share of the span gets through", () => {
  fc.assert(
    fc.property(rates, waits, (rate, waits) => {
      const bucket = new TokenBucket(rate, 0);
      const takenAtMs: number[] = [];
      let nowMs = 0;
      for (const wait of waits) {
        nowMs += wait;
        if (bucket.take(nowMs)) takenAtMs.push(nowMs);
      }
      takenAtMs.forEach((endMs, last) => {
        takenAtMs.slice(0, last + 1).forEach((startMs, first) => {
          const due = rate.burst + ((endMs - startMs) / 1000) * rate.perSec;
          expect(last - first + 1).toBeLessThanOrEqual(due + ROUNDING);
        });
      });
    }),
    { seed: 7, numRuns: 200 },
  );
});

test("[GUARD-19] who keeps to the rate is never refused, and who waited has the burst again, but not twice", () => {
  fc.assert(
    fc.property(rates, (rate) => {
      const bucket = new TokenBucket(rate, 0);
      let nowMs = 0;
      for (let i = 0; i < 500; i++) {
        nowMs += 1000 / rate.perSec + ROUNDING;
        expect(bucket.take(nowMs)).toBe(true);
      }
      nowMs += 1e9;
      for (let i = 0; i < rate.burst; i++) expect(bucket.take(nowMs)).toBe(true);
      expect(bucket.take(nowMs)).toBe(false);
    }),
    { seed: 7, numRuns: 100 },
  );
});

test("[GUARD-20] tries that are refused cost nothing: the next one is let through when it is due", () => {
  const bucket = new TokenBucket({ burst: 1, perSec: 1 }, 0);
  expect(bucket.take(0)).toBe(true);
  for (let nowMs = 10; nowMs < 1000; nowMs += 10) expect(bucket.take(nowMs)).toBe(false);
  expect(bucket.take(1000 + ROUNDING)).toBe(true);
});
