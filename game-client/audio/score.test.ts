import { describe, expect, it } from "vitest";
import { BAR_STEPS, CHORDS, frequencyOf, notesAt, PLUCKS } from "./score.ts";

describe("the menu's piece", () => {
  it("[MUSIC-1] has a line of a bar's length for each chord, and plucks only notes that its chord has", () => {
    expect(PLUCKS).toHaveLength(CHORDS.length);
    for (const line of PLUCKS) expect(line).toMatch(new RegExp(`^[0-3.]{${BAR_STEPS}}$`));
    for (const { pad } of CHORDS) expect(pad).toHaveLength(4);
  });

  it("[MUSIC-2] begins each bar with its chord, and stays within what small loudspeakers play", () => {
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
