/** The simulated ratings: the goals of issue and docs, and that equal seeds give equal figures. */
import { describe, expect, test } from "vitest";
import { ALL_COUNT, PROVEN } from "#shared/rating/worth.ts";
import { farm } from "./farms.ts";
import { measureLadders, measureSeasons, rankCorrelation } from "./figures.ts";
import { judgeRatings, measure } from "./goals.ts";
import { ratingsPage } from "./report.ts";

/** Enough for 60 matches of everybody in each mode. */
const MATCHES = 16_000;

describe("npm run balance -- --ratings", () => {
  test("[BALANCE-7] ratings rank by skill, do not inflate, and farms and leaving gain nothing", () => {
    const findings = measure(MATCHES, 1);
    const verdicts = judgeRatings(findings);
    for (const { what, wanted, found, ok } of verdicts)
      expect(ok, `${what}: ${found}, wanted ${wanted}`).toBe(true);
    expect(verdicts).toHaveLength(12);
    const page = ratingsPage(findings, verdicts, "npm run balance -- <ratings>");
    expect(page).toContain("&lt;ratings&gt;");
    expect(page).not.toMatch(/NaN|undefined|https?:/);
  }, 60_000);

  test("[BALANCE-8] it is the rule on what opponents prove that makes a farm worthless", () => {
    const average = { mu: 25, sigma: 1 };
    expect(farm("fresh", false, average, PROVEN)).toBe(0);
    expect(farm("fresh", false, average, ALL_COUNT)).toBeGreaterThan(500);
  });

  test("[BALANCE-9] the same seed gives the same figures", () => {
    expect(measureLadders(600, 3, PROVEN)).toEqual(measureLadders(600, 3, PROVEN));
    expect(measureSeasons(600, 3, PROVEN)).toEqual(measureSeasons(600, 3, PROVEN));
    expect(measureSeasons(600, 4, PROVEN)).not.toEqual(measureSeasons(600, 3, PROVEN));
  });

  test("[BALANCE-10] the goals fail where ratings tell nothing", () => {
    const nothing = { ofOpponent: () => 0, ofNetworks: () => 0 };
    const { correlation } = measureLadders(1500, 1, nothing);
    expect(correlation.deathmatch).toBeNaN();
    const findings = measure(400, 1);
    const marks = judgeRatings({ ...findings, ladders: measureLadders(400, 1, nothing) }).map(({ ok }) => ok);
    expect(marks.slice(0, 5)).toEqual([false, false, false, false, false]);
  });

  test("[BALANCE-11] a rank correlation is 1, -1 or 0 where it must be, and ties share a rank", () => {
    expect(rankCorrelation([1, 2, 3], [10, 20, 90])).toBeCloseTo(1);
    expect(rankCorrelation([1, 2, 3], [9, 5, 1])).toBeCloseTo(-1);
    expect(rankCorrelation([1, 2, 3, 4], [1, 2, 2, 1])).toBeCloseTo(0);
    expect(rankCorrelation([1, 2, 2, 3], [1, 2, 2, 3])).toBeCloseTo(1);
  });
});
