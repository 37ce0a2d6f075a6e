import { describe, expect, it } from "vitest";
import { placeSound } from "./placement.ts";

describe("sound placement", () => {
  it("[AUDIO-1] a sound is full at the listener and pans to its side", () => {
    expect(placeSound({ dx: 0, dy: 0 })).toEqual({ volume: 1, pan: 0 });
    expect(placeSound({ dx: -200, dy: 0 })?.pan).toBe(-0.25);
    expect(placeSound({ dx: 1200, dy: 0 })?.pan).toBe(0.85);
  });

  it("[AUDIO-2] volume falls to nothing with distance, and NaN is silent", () => {
    const volumes = [0, 300, 600, 900, 1399].map((dy) => placeSound({ dx: 0, dy })?.volume ?? 0);
    expect(volumes).toEqual(volumes.toSorted((a, b) => b - a));
    expect(placeSound({ dx: 1000, dy: 1000 })).toBeUndefined();
    expect(placeSound({ dx: Number.NaN, dy: 0 })).toBeUndefined();
  });
});
