import fc from "fast-check";
import { expect, test } from "vitest";
import { TokenBucket } from "./tokenBucket.ts";

const rates = fc.record({ burst: fc.integer({ min: 1, max: 50 }), perSec: fc.integer({ min: 1, max: 100 }) });
/** Milliseconds between two tries. */
const waits = fc.array(fc.double({ min: 0, max: 500, noNaN: true }), { minLength: 1, maxLength: 300 });
/** Tolerance for sums of many fractions. */
const ROUNDING = 1e-6;

test("[GUARD-18] any span of time grants at most the burst plus the rate times the span, seed 7", () => {
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

test("[GUARD-19] never refuses at the rate, and after a long wait grants exactly the burst, seed 7", () => {
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

test("[GUARD-20] refused tries cost nothing: the next one is granted when it is due", () => {
  const bucket = new TokenBucket({ burst: 1, perSec: 1 }, 0);
  expect(bucket.take(0)).toBe(true);
  for (let nowMs = 10; nowMs < 1000; nowMs += 10) expect(bucket.take(nowMs)).toBe(false);
  expect(bucket.take(1000 + ROUNDING)).toBe(true);
});
