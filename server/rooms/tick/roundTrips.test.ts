/** How far a client can stretch its rewind by delaying its answers to pings. */
import fc from "fast-check";
import { expect, test } from "vitest";
import { interpolationMs, PATCH_MS, REWIND_MAX_MS } from "#shared/config.ts";
import { seededRandom } from "#shared/sim/random.ts";
import { LagCompensation } from "./lagCompensation.ts";
import { JITTER_MAX_MS, roundTripOf } from "./roundTrips.ts";

const SAMPLES = 10;
const history = { newestMs: 10_000, placeAt: () => ({ x: 0, y: 0 }) };
/** How far back the oldest stamp takes a shooter with these round trips, ms. */
const rewindMs = (samplesMs: readonly number[]): number =>
  10_000 - new LagCompensation(history, () => roundTripOf(samplesMs)).rewoundTo("shooter", 1);
const roundTrip = fc.integer({ min: 0, max: 400 });
/** How long each answer is held back, ms. */
const holds = (count: number) =>
  fc.array(fc.integer({ min: 0, max: 2000 }), { minLength: count, maxLength: count });
const shuffled = (fixed: readonly number[], held: readonly number[]) =>
  fc.shuffledSubarray([...fixed, ...held], { minLength: SAMPLES, maxLength: SAMPLES });

test("[REWIND-10] a client that holds back up to seven pongs of ten rewinds no farther than one that holds back none", () => {
  const pattern = holds(7).chain((held) => shuffled([0, 0, 0], held));
  fc.assert(
    fc.property(roundTrip, pattern, (ms, held) => {
      const honest = rewindMs(Array(SAMPLES).fill(ms));
      expect(rewindMs(held.map((holdMs) => ms + holdMs))).toBe(honest);
    }),
  );
});

test("[REWIND-11] whatever pongs a client holds back, jitter explains 60 ms of rewind at most, beyond the shortest round trip", () => {
  const most = interpolationMs(JITTER_MAX_MS) + PATCH_MS;
  expect(most).toBe(interpolationMs(0) + PATCH_MS + 60);
  fc.assert(
    fc.property(roundTrip, fc.integer({ min: 1, max: SAMPLES }).chain(holds), (ms, held) => {
      const shortest = ms + Math.min(...held);
      const rewind = rewindMs(held.map((holdMs) => ms + holdMs));
      expect(rewind).toBeLessThanOrEqual(Math.min(shortest + most, REWIND_MAX_MS));
    }),
  );
});

test("[REWIND-12] an honest client's jitter is estimated, seed 3: 40 ms of spread as the 13 ms that two round trips differ", () => {
  const random = seededRandom(3);
  const estimates = Array.from({ length: 200 }, () =>
    roundTripOf(Array.from({ length: SAMPLES }, () => 80 + 40 * random.next())),
  );
  const mean = estimates.reduce((sum, { jitterMs }) => sum + jitterMs, 0) / estimates.length;
  expect(mean).toBeGreaterThan(10);
  expect(mean).toBeLessThan(16);
});
