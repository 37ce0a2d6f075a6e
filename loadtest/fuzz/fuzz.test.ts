/** A short part of `npm run fuzz` with a fixed seed, and the whole corpus: the same code, on a server of its own. */
import { expect, test } from "vitest";
import { summary } from "./report.ts";
import { runFuzz } from "./run.ts";

const FRAMES = 20_000;

test("[FUZZ-19] 20,000 frames and the corpus: no exit, no hang, no leak, and the honest pair plays on", async () => {
  const result = await runFuzz(
    { frames: FRAMES, seed: 1, seeds: 2, corpusOnly: false },
    new AbortController().signal,
  );
  console.log(summary(result));
  expect(result.violation?.what).toBeUndefined();
  expect(result.corpusEntries).toBeGreaterThan(15);
  expect(result.tally.frames.total).toBeGreaterThanOrEqual(FRAMES);
  expect(result.tally.besideThePair).toBeGreaterThan(20);
  expect(result.tally.returns).toBeGreaterThan(5);
  expect(result.tally.requests).toBeGreaterThan(100);
  // They were told of the world all the while, whatever the machine had to do beside.
  expect(result.honest.patchGapsMs.length).toBeGreaterThan(100);
}, 180_000);
