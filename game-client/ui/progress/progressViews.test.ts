/** Sums, curves and seasons of the pages of what lasts. */
import { expect, test } from "vitest";
import type { ModeSums, WeaponSums } from "#shared/protocol/progress.ts";
import { curveOf } from "./curvePath.ts";
import { pastSeasons } from "./ladderView.ts";
import { sumUp } from "./sums.ts";

const mode = (change: Partial<ModeSums>): ModeSums => ({
  ...{ mode: "deathmatch", matches: 0, wins: 0, kills: 0, deaths: 0, assists: 0, score: 0 },
  ...{ damage: 0, flags: 0, hillSec: 0, playedSec: 0, bestStreak: 0 },
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
  expect(curve).toEqual({ path: "M0 40L25 0L100 20", end: { x: 100, y: 20 }, low: 1000, high: 1100 });
});

test("[PAGES-4] a flat curve lies in the middle, one of a single day is a point at the end, and none is no curve", () => {
  expect(
    curveOf(
      [
        [0, 1000],
        [DAY, 1000],
      ],
      BOX,
    )?.path,
  ).toBe("M0 20L100 20");
  expect(curveOf([[0, 1000]], BOX)).toMatchObject({ path: "M100 20", end: { x: 100, y: 20 } });
  expect(curveOf([], BOX)).toBeUndefined();
});

test("[PAGES-5] the past seasons go back over the turn of the year", () => {
  expect(pastSeasons(Date.UTC(2027, 1, 1))).toEqual(["2026-4", "2026-3", "2026-2", "2026-1"]);
});
