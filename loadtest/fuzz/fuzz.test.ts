/** A short `npm run fuzz` with a fixed seed and the whole corpus, on a server of its own. */
import { expect, test } from "vitest";
import { summary } from "./report.ts";
import { runFuzz } from "./run.ts";

const FRAMES = 20_000;
/**
 * CPU time for which one frame or request may block the event loop. `npm run fuzz` bounds it by 100 ms; here the bound
 * is one that no machine needs for honest work, so that only an input that costs far too much fails.
 */
const STALL_MAX_MS = 2_000;

test("[FUZZ-19] the server survives 20,000 frames and the corpus without a hang or a leak, and the honest pair plays on", async () => {
  const result = await runFuzz(
    { frames: FRAMES, seed: 1, seeds: 2, corpusOnly: false },
    new AbortController().signal,
    { stallMaxMs: STALL_MAX_MS },
  );
  console.log(summary(result));
  expect(result.violation?.what).toBeUndefined();
  expect(result.corpusEntries).toBeGreaterThan(15);
  expect(result.tally.frames.total).toBeGreaterThanOrEqual(FRAMES);
  expect(result.tally.besideThePair).toBeGreaterThan(20);
  expect(result.tally.returns).toBeGreaterThan(5);
  expect(result.tally.together).toBeGreaterThan(2);
  expect(result.tally.requests).toBeGreaterThan(100);
  // Patches kept coming all the time.
  expect(result.honest.patchGapsMs.length).toBeGreaterThan(100);
}, 180_000);
