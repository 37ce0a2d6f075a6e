import { describe, expect, it } from "vitest";
import { frequencyOf } from "./instruments.ts";
import { BAR_STEPS, CHORDS, notesAt, PLUCKS } from "./score.ts";

describe("menu music", () => {
  it("[MUSIC-1] each chord has a line of a bar's length that plucks only notes of the chord", () => {
    expect(PLUCKS).toHaveLength(CHORDS.length);
    for (const line of PLUCKS) expect(line).toMatch(new RegExp(`^[0-3.]{${BAR_STEPS}}$`));
    for (const { pad } of CHORDS) expect(pad).toHaveLength(4);
  });

  it("[MUSIC-2] each bar begins with its chord, and all notes are within 40 to 1500 Hz", () => {
    for (let step = 0; step < BAR_STEPS * CHORDS.length * 4; step++) {
      const notes = notesAt(step);
      const pads = notes.filter(({ voice }) => voice === "pad");
      expect(pads).toHaveLength(step % BAR_STEPS === 0 ? 4 : 0);
      for (const { semitone } of notes) {
        expect(frequencyOf(semitone)).toBeGreaterThan(40);
        expect(frequencyOf(semitone)).toBeLessThan(1500);
      }
    }
  });
});
