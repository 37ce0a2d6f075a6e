/** Seasons and weeks at their borders. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  dayOf,
  readSeason,
  seasonName,
  seasonOf,
  seasonsBetween,
  startOfDay,
  weekName,
  weekOf,
} from "./season.ts";

const at = (iso: string) => Date.parse(iso);
/** 1970 to 2099. */
const time = fc.integer({ min: 0, max: at("2100-01-01T00:00:00Z") - 1 });
const WEEK_MS = 7 * 86_400_000;

describe("seasons", () => {
  test("[SEASON-1] a season begins with its first millisecond in UTC", () => {
    const borders: [string, number, number][] = [
      ["2026-01-01T00:00:00.000Z", 20254, 20261],
      ["2026-04-01T00:00:00.000Z", 20261, 20262],
      ["2026-07-01T00:00:00.000Z", 20262, 20263],
      ["2026-10-01T00:00:00.000Z", 20263, 20264],
      ["2028-04-01T00:00:00.000Z", 20281, 20282],
    ];
    for (const [iso, before, after] of borders) {
      expect(seasonOf(at(iso) - 1), iso).toBe(before);
      expect(seasonOf(at(iso)), iso).toBe(after);
    }
    expect(seasonOf(at("2028-02-29T23:59:59.999Z"))).toBe(20281);
  });

  test("[SEASON-2] numbers sort by time, and names read back", () => {
    fc.assert(
      fc.property(time, time, (one, other) => {
        const [a, b] = [seasonOf(Math.min(one, other)), seasonOf(Math.max(one, other))];
        expect(a).toBeLessThanOrEqual(b);
        expect(seasonsBetween(a, b)).toBeGreaterThanOrEqual(0);
        if (b >= 20001) expect(readSeason(seasonName(b))).toBe(b);
      }),
    );
  });

  test("[SEASON-3] what is no season's name is refused", () => {
    for (const text of [
      "2026-0",
      "2026-5",
      "2026",
      "2026-4 ",
      "1999-4",
      "2026-4\n",
      "20264",
      "2026-44",
      "' OR 1=1",
    ])
      expect(readSeason(text), text).toBeUndefined();
  });

  test("[SEASON-4] between two seasons lie the quarters that passed", () => {
    expect(seasonsBetween(20264, 20264)).toBe(0);
    expect(seasonsBetween(20264, 20271)).toBe(1);
    expect(seasonsBetween(20261, 20264)).toBe(3);
    expect(seasonsBetween(20254, 20282)).toBe(10);
    expect(seasonsBetween(20271, 20264)).toBe(-1);
  });
});

describe("weeks and days", () => {
  test("[SEASON-5] a week begins on Monday, also across the ends of years and leap days", () => {
    for (const iso of ["2026-11-23", "2024-12-30", "2027-01-04", "2028-02-28", "1970-01-05"]) {
      const monday = at(`${iso}T00:00:00.000Z`);
      expect(weekName(weekOf(monday))).toBe(iso);
      expect(weekOf(monday - 1), iso).toBe(weekOf(monday) - 1);
      expect(weekOf(monday + WEEK_MS - 1), iso).toBe(weekOf(monday));
    }
    expect(weekOf(at("2028-02-29T12:00:00Z"))).toBe(weekOf(at("2028-03-05T23:59:59.999Z")));
  });

  test("[SEASON-6] every time lies in its week and its day", () => {
    fc.assert(
      fc.property(time, (timeMs) => {
        const start = at(weekName(weekOf(timeMs)));
        expect(new Date(start).getUTCDay()).toBe(1);
        expect(timeMs - start).toBeGreaterThanOrEqual(0);
        expect(timeMs - start).toBeLessThan(WEEK_MS);
        const day = startOfDay(dayOf(timeMs));
        expect(new Date(day).toISOString()).toBe(
          `${new Date(timeMs).toISOString().slice(0, 10)}T00:00:00.000Z`,
        );
      }),
    );
  });
});
