/** Figures of profiles and matches. */
import { expect, test } from "vitest";
import type { ModeSums, WeaponSums } from "#shared/protocol/progress.ts";
import { clock } from "./clock.ts";
import { curveOf } from "./curve.ts";
import { sumUp } from "./sums.ts";

const mode = (change: Partial<ModeSums>): ModeSums => ({
  ...{ mode: "deathmatch", matches: 0, wins: 0, kills: 0, deaths: 0, assists: 0, score: 0 },
  ...{ damage: 0, flags: 0, hillSec: 0, playedSec: 0, bestStreak: 0, bestScore: 0, bestKills: 0 },
  ...change,
});
const weapon = (shots: number, hits: number): WeaponSums => ({
  ...{ weapon: "blaster", shots, hits, kills: 0, damage: 0 },
});

test("[PAGES-1] a profile sums over modes and weapons, and has the best streak of any mode", () => {
  const sums = sumUp({
    modes: [
      mode({ matches: 3, wins: 3, kills: 10, deaths: 4, playedSec: 100, bestStreak: 4 }),
      mode({ matches: 1, wins: 0, kills: 2, deaths: 5, playedSec: 50, bestStreak: 7 }),
    ],
    weapons: [weapon(100, 20), weapon(300, 180)],
  });
  expect(sums).toEqual({
    ...{ matches: 4, kills: 12, deaths: 9, playedSec: 150, bestStreak: 7 },
    ...{ winShare: 0.75, hitShare: 0.5 },
  });
});

test("[PAGES-2] who never played has no shares, and no streak", () => {
  expect(sumUp({ modes: [], weapons: [] })).toEqual({
    ...{ matches: 0, kills: 0, deaths: 0, playedSec: 0, bestStreak: 0 },
    ...{ winShare: Number.NaN, hitShare: Number.NaN },
  });
});

test("[PAGES-10] a shell that hits three drones is no accuracy above 100 %", () => {
  expect(sumUp({ modes: [], weapons: [weapon(2, 6)] }).hitShare).toBe(1);
});

const BOX = { width: 100, height: 40 };
const DAY = 86_400_000;

test("[PAGES-3] a curve spaces its days by time, and fills the box from its lowest to its highest rating", () => {
  const curve = curveOf(
    [
      [0, 1000],
      [DAY, 1100],
      [4 * DAY, 1050],
    ],
    BOX,
  );
  expect(curve).toEqual({
    places: [
      { x: 0, y: 40 },
      { x: 25, y: 0 },
      { x: 100, y: 20 },
    ],
    end: { x: 100, y: 20 },
    low: 1000,
    high: 1100,
  });
});

test("[PAGES-4] a flat curve lies in the middle, one of a single day is a point at the end, and none is no curve", () => {
  expect(
    curveOf(
      [
        [0, 1000],
        [DAY, 1000],
      ],
      BOX,
    )?.places,
  ).toEqual([
    { x: 0, y: 20 },
    { x: 100, y: 20 },
  ]);
  expect(curveOf([[0, 1000]], BOX)).toMatchObject({ places: [{ x: 100, y: 20 }], end: { x: 100, y: 20 } });
  expect(curveOf([], BOX)).toBeUndefined();
});

test.each([
  [0, "0:00"],
  [59.4, "0:59"],
  [59.7, "1:00"],
  [305, "5:05"],
  [3599.5, "60:00"],
  [-1, "0:00"],
])("[PAGES-6] a clock shows %s s as %s", (seconds, shown) => {
  expect(clock(seconds)).toBe(shown);
});
