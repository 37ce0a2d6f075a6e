/** The drawn challenges over years, and what they measure. */
import { expect, test } from "vitest";
import { dayOf, weekOf } from "#shared/rating/season.ts";
import { CHALLENGE_NAMES, challengeOf, challengesOf, kindOf, weeklyOf } from "./challenges.ts";
import type { PlayedMatch } from "./playedMatch.ts";

const FIRST = dayOf(Date.UTC(2026, 0, 1));
const YEAR = Array.from({ length: 366 }, (_, at) => FIRST + at);

test("[CHALLENGE-1] a day has three challenges of different kinds, the same whenever it is asked", () => {
  for (const day of YEAR) {
    const names = challengesOf(day);
    expect(names.map(kindOf)).toEqual(["fight", "weapon", "play"]);
    expect(challengesOf(day)).toEqual(names);
  }
});

test("[CHALLENGE-2] no challenge comes on two days in a row, nor in two weeks", () => {
  for (const day of YEAR) {
    const yesterday = challengesOf(day - 1);
    expect(challengesOf(day).filter((name) => yesterday.includes(name))).toEqual([]);
  }
  const week = weekOf(Date.UTC(2026, 0, 5));
  for (let at = week; at < week + 200; at++) expect(weeklyOf(at)).not.toBe(weeklyOf(at - 1));
});

test("[CHALLENGE-3] every challenge comes within a year, and has a goal and a reward", () => {
  const drawn = new Set([...YEAR.flatMap(challengesOf), ...YEAR.map(weeklyOf)]);
  expect([...drawn].sort()).toEqual([...CHALLENGE_NAMES].sort());
  for (const name of CHALLENGE_NAMES) {
    const { goal, xp } = challengeOf(name);
    expect(Number.isInteger(goal) && goal > 0 && xp > 0).toBe(true);
  }
});

test("[CHALLENGE-4] days follow each other in no fixed step", () => {
  const order = YEAR.slice(0, 60).map((day) => challengesOf(day).join());
  expect(new Set(order).size).toBeGreaterThan(40);
});

const idle: PlayedMatch = {
  ...{ mode: "deathmatch", how: "timeLimit", isWin: false, players: 4 },
  ...{ kills: 0, deaths: 0, assists: 0, damage: 0, flags: 0, hillSec: 0, longestStreak: 0, playedSec: 0 },
  ...{ weapons: {}, feats: {}, awards: [] },
};
const tally = { shots: 9, hits: 5, kills: 3, damage: 60 };
const busy: PlayedMatch = {
  ...{ mode: "captureTheFlag", how: "scoreLimit", isWin: true, players: 8 },
  ...{
    kills: 12,
    deaths: 2,
    assists: 3,
    damage: 700,
    flags: 1,
    hillSec: 8.4,
    longestStreak: 4,
    playedSec: 200.4,
  },
  weapons: { blaster: tally, rail: tally, scatter: tally, mortar: tally },
  feats: { multiKill: 1, revenge: 1, bounty: 1 },
  awards: [],
};

test("[CHALLENGE-5] every challenge measures nothing in a match that somebody only came to see end, and a whole number in a busy one", () => {
  for (const name of CHALLENGE_NAMES) {
    const { measure } = challengeOf(name);
    expect([name, measure(idle)]).toEqual([name, 0]);
    expect([name, Number.isInteger(measure(busy)) && measure(busy) > 0]).toEqual([name, true]);
  }
});
