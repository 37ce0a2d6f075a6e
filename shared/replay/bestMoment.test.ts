/** The best moment of a match: whose it is, where it begins and ends, and what weighs how much. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { bestMoment } from "./bestMoment.ts";
import { CLIP_MAX_MS } from "./link.ts";
import type { Mark } from "./replay.ts";

const kill = (atMs: number, by: string, of = "victim"): Mark => ({ is: "kill", atMs, by, of });
const multi = (atMs: number, by: string, value: number): Mark => ({
  is: "feat",
  atMs,
  by,
  feat: "multiKill",
  value,
});
const capture = (atMs: number, by: string): Mark => ({ is: "capture", atMs, by, team: 0 });
const END: Mark = { is: "end", atMs: 120_000 };

describe("the best moment", () => {
  test("[CLIP-1] is the series of kills, with what led to it and what came of it", () => {
    const marks = [
      kill(10_000, "ann"),
      kill(50_000, "ann"),
      kill(52_000, "ann"),
      multi(52_000, "ann", 2),
      kill(53_000, "ben"),
      END,
    ];
    expect(bestMoment(marks, "ann")).toEqual({
      fromMs: 46_000,
      toMs: 54_000,
      seat: "ann",
      marks: [marks[1], marks[2], marks[3]],
    });
  });

  test("[CLIP-2] of anybody is that of the one who did most; a seat without deeds has none", () => {
    const marks = [kill(5_000, "ann"), capture(9_000, "ben"), kill(40_000, "ann"), END];
    expect(bestMoment(marks)).toMatchObject({ seat: "ben", fromMs: 5_000, toMs: 11_000 });
    expect(bestMoment(marks, "cy")).toBeUndefined();
    expect(bestMoment([END])).toBeUndefined();
  });

  test("[CLIP-3] a kill in the last second is worth more than one in the middle, and of two equal ones the later counts", () => {
    const marks = [kill(20_000, "ann"), kill(60_000, "ann"), END];
    expect(bestMoment(marks, "ann")?.fromMs).toBe(56_000);
    const last = [...marks.slice(0, 2), multi(60_000, "ann", 3), kill(119_000, "ann"), END];
    expect(bestMoment(last, "ann")?.fromMs).toBe(56_000);
    const pair = [...marks.slice(0, 2), kill(61_000, "ann"), kill(119_000, "ann"), END];
    expect(bestMoment(pair, "ann")?.fromMs).toBe(115_000);
  });

  test("[CLIP-4] lies within the replay's time and a clip's length, around its own marks, whatever the marks, seed 17", () => {
    const anyMark = fc.oneof(
      fc
        .record({ by: fc.constantFrom("ann", "ben"), atMs: fc.nat(300_000) })
        .map(({ by, atMs }) => kill(atMs, by)),
      fc
        .record({ value: fc.integer({ min: 2, max: 9 }), atMs: fc.nat(300_000) })
        .map(({ value, atMs }) => multi(atMs, "ben", value)),
      fc.nat(300_000).map((atMs): Mark => ({ is: "lead", atMs, by: "", team: 1 })),
    );
    const holds = (drawn: readonly Mark[]) => {
      const marks = drawn.toSorted((a, b) => a.atMs - b.atMs);
      const found = bestMoment(marks);
      if (!found) {
        expect(marks.every(({ is }) => is === "lead")).toBe(true);
        return;
      }
      expect(found.fromMs).toBeGreaterThanOrEqual(0);
      expect(found.toMs - found.fromMs).toBeGreaterThan(0);
      expect(found.toMs - found.fromMs).toBeLessThanOrEqual(CLIP_MAX_MS);
      expect(found.marks.length).toBeGreaterThan(0);
      for (const mark of found.marks) {
        expect(marks).toContain(mark);
        expect(mark.atMs).toBeGreaterThanOrEqual(found.fromMs);
        expect(mark.atMs).toBeLessThanOrEqual(found.toMs);
        expect("by" in mark && mark.by).toBe(found.seat);
      }
    };
    fc.assert(fc.property(fc.array(anyMark, { maxLength: 40 }), holds), { seed: 17 });
  });
});
