/** Experience and levels. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { levelOf, xpOf } from "./level.ts";

const NOTHING = { playedSec: 0, kills: 0, assists: 0, flags: 0, hillSec: 0 };

describe("levels", () => {
  test("[LEVEL-1] each of the first 1000 levels begins exactly where the one before ends", () => {
    let from = 0;
    for (let level = 1; level <= 1000; level++) {
      const at = levelOf(from);
      expect(at).toEqual({ level, xp: from, fromXp: from, toXp: from + 150 * level });
      expect(levelOf(at.toXp - 1).level).toBe(level);
      from = at.toXp;
    }
  });

  test("[LEVEL-2] experience lies within its level, and more of it is never a lower one", () => {
    const xp = fc.nat({ max: 100_000_000 });
    fc.assert(
      fc.property(xp, xp, (one, other) => {
        const level = levelOf(one);
        expect(level.fromXp).toBeLessThanOrEqual(one);
        expect(level.toXp).toBeGreaterThan(one);
        expect(Math.sign(levelOf(other).level - level.level) * Math.sign(other - one)).toBeGreaterThanOrEqual(
          0,
        );
      }),
    );
  });
});

describe("experience", () => {
  test("[LEVEL-3] is a whole number that nothing lowers", () => {
    const played = fc.record({
      playedSec: fc.double({ min: 0, max: 3600, noNaN: true }),
      kills: fc.nat({ max: 500 }),
      assists: fc.nat({ max: 500 }),
      flags: fc.nat({ max: 50 }),
      hillSec: fc.double({ min: 0, max: 3600, noNaN: true }),
    });
    fc.assert(
      fc.property(played, fc.boolean(), (what, isWin) => {
        const xp = xpOf(what, isWin);
        expect(Number.isInteger(xp)).toBe(true);
        expect(xp).toBeGreaterThanOrEqual(xpOf({ ...what, kills: 0, hillSec: 0 }, false));
      }),
    );
    expect(xpOf(NOTHING, false)).toBe(0);
    expect(xpOf({ playedSec: 180, kills: 10, assists: 2, flags: 1, hillSec: 30 }, true)).toBe(
      60 + 60 + 6 + 25 + 30 + 40,
    );
  });
});
