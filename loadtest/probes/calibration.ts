/** A fixed piece of JavaScript, timed in the page: other times are judged as ratios to it, so that any machine can. */
import type { Page } from "playwright-core";

/** What `calibrate` measures on the reference machine, a virtual machine with two cores of an AMD EPYC. */
export const CALIBRATION_MS = 2.5;

/** How many times slower than the reference machine a page's machine is; at least 1. */
export const slowdownOf = (calibrationMs: number): number => Math.max(1, calibrationMs / CALIBRATION_MS);

/** The ms of a fixed piece of JavaScript in the same page: the least of many runs, which other processes disturb least. */
export const calibrate = (page: Page): Promise<number> =>
  page.evaluate(() => {
    const work = () => {
      const bodies = Array.from({ length: 2000 }, (_, index) => ({ x: Math.sin(index), y: Math.cos(index) }));
      const byCell = new Map<number, number>();
      for (let round = 0; round < 30; round++) {
        for (const body of bodies) {
          body.x += Math.sin(body.y) / 10;
          body.y += Math.cos(body.x) / 10;
          const cell = Math.floor(body.x * 10) * 64 + Math.floor(body.y * 10);
          byCell.set(cell, (byCell.get(cell) ?? 0) + 1);
        }
      }
      return bodies.sort((a, b) => a.x - b.x).length + byCell.size;
    };
    let leastMs = Number.POSITIVE_INFINITY;
    for (let run = 0; run < 60; run++) {
      const startMs = performance.now();
      work();
      leastMs = Math.min(leastMs, performance.now() - startMs);
    }
    return leastMs;
  });
