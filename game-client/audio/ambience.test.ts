import { describe, expect, it } from "vitest";
import { THEME_NAMES } from "#shared/arena/themes.ts";
import { AMBIENCE_RATE, renderAmbience } from "./ambienceLoop.ts";
import { loudnessDb } from "./loudness.ts";
import { AMBIENCE_DB, SOUND_CLASSES } from "./soundClasses.ts";

const stepsOf = (samples: Float32Array) =>
  samples.map((sample, place) => Math.abs(sample - (samples.at(place - 1) ?? 0)));
/** Rises with the pitch: the mean step between samples over the mean sample. */
const brightnessOf = (samples: Float32Array) =>
  stepsOf(samples).reduce((sum, step) => sum + step, 0) /
  samples.reduce((sum, sample) => sum + Math.abs(sample), 0);

describe("the ambience of a place", () => {
  it.each(THEME_NAMES)(
    "[LOUD-6] of %s is quieter than every sound, and loops without a click",
    async (theme) => {
      const samples = await renderAmbience(theme);
      expect(loudnessDb(samples, AMBIENCE_RATE)).toBeCloseTo(AMBIENCE_DB, 1);
      expect(AMBIENCE_DB).toBeLessThan(Math.min(...Object.values(SOUND_CLASSES).map(({ db }) => db)) - 3);
      const steps = stepsOf(samples);
      // The first step is the one from the loop's end to its start.
      expect(steps[0]).toBeLessThanOrEqual(steps.slice(1).reduce((most, step) => Math.max(most, step), 0));
    },
  );

  it("[SOUND-10] differs from place to place", async () => {
    const all = await Promise.all(THEME_NAMES.map(renderAmbience));
    const rising = all.map(brightnessOf).toSorted((a, b) => a - b);
    for (const [rank, each] of rising.slice(1).entries())
      expect(each / (rising[rank] ?? 1)).toBeGreaterThan(1.1);
  });
});
