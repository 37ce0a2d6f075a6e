/** Seasons that the leaderboard offers. */
import { expect, test } from "vitest";
import { pastSeasons } from "./ladderView.ts";

test("[PAGES-5] the past seasons go back over the turn of the year", () => {
  expect(pastSeasons(Date.UTC(2027, 1, 1))).toEqual(["2026-4", "2026-3", "2026-2", "2026-1"]);
});
