import { expect, test } from "vitest";
import { canvasRatio, Quality } from "./quality.ts";

/** Draws frames of these ms for this many seconds. */
function draw(quality: Quality, frameMs: number, sec: number): void {
  for (let ms = 0; ms < sec * 1000; ms += frameMs) quality.frame(frameMs);
}

const lowest = () => {
  const quality = new Quality();
  draw(quality, 40, 10);
  return quality;
};

/** Canvas px per frame on a screen of this size in CSS px. */
function pixelsOn({ level }: Quality, width: number, height: number, pixelRatio: number): number {
  return (width * height * canvasRatio(level, width, height, pixelRatio) ** 2) / 1e6;
}

test("[QUALITY-1] a fine screen costs no more pixels than the level allows, and a coarse one keeps its own", () => {
  const full = new Quality();
  expect(pixelsOn(full, 1280, 720, 1)).toBeCloseTo(0.92, 2);
  expect(pixelsOn(full, 844, 475, 3)).toBeCloseTo(pixelsOn(full, 844, 475, 2), 5);
  for (const ratio of [1, 2, 3]) expect(pixelsOn(full, 3840, 2160, ratio)).toBeLessThan(8.3);
  for (const ratio of [1, 2, 3]) expect(pixelsOn(lowest(), 3840, 2160, ratio)).toBeLessThan(1.3);
});

test("[QUALITY-2] no side of the canvas exceeds what every GPU can draw", () => {
  expect(7000 * canvasRatio(new Quality().level, 7000, 500, 2)).toBeLessThanOrEqual(4096);
});

test.each([60, 90, 120, 144, 240])(
  "[QUALITY-3] a screen of %i Hz that is drawn in time keeps the full quality",
  (hz) => {
    const quality = new Quality();
    draw(quality, 1000 / hz, 60);
    expect(quality.level).toBe(new Quality().level);
  },
);

test("[QUALITY-4] late frames step down, and one return in time steps up once, at any rate of the screen", () => {
  for (const hz of [60, 120]) {
    const quality = lowest();
    const { level } = quality;
    draw(quality, 1000 / hz, 60);
    const risen = quality.level;
    expect(risen.backing).toBeGreaterThan(level.backing);
    draw(quality, 1000 / hz, 60);
    expect(quality.level).toBe(risen);
  }
});

test("[QUALITY-5] gaps of a hidden tab or a loading page are no late frames", () => {
  const quality = new Quality();
  for (let frame = 0; frame < 600; frame++) quality.frame(frame % 2 === 0 ? 300 : 16);
  expect(quality.level).toBe(new Quality().level);
});
