import { expect, test } from "vitest";
import { firstSkill, nextSkill, SKILL_STEP, skillFor } from "./botSkill.ts";

test.each([
  ["nobody knows", {}, 0, 0],
  ["has begun", {}, 1, 0],
  ["has played a little", {}, 3, 0.25],
  ["has played for long", {}, 30, 0.5],
  ["is rated low", { deathmatch: 700 }, 9, 0.25],
  ["is rated in the middle", { deathmatch: 900, kingOfTheHill: 1500 }, 9, 0.5],
  ["is rated high", { deathmatch: 2400 }, 9, 1],
])("[COMPANY-1] the first bots for somebody who %s", (_who, points, level, skill) => {
  expect(firstSkill({ points, level })).toBe(skill);
});

test("[COMPANY-2] who wins gets harder bots match by match up to hard, who loses easier ones down to easy", () => {
  const after = (skill: number, kills: number, deaths: number) => nextSkill(skill, { kills, deaths });
  let skill = 0;
  const climb = Array.from({ length: 5 }, () => (skill = after(skill, 9, 2)));
  expect(climb).toEqual([0.25, 0.5, 0.75, 1, 1]);
  expect(after(1, 2, 9)).toBe(1 - SKILL_STEP);
  expect(after(0, 0, 9)).toBe(0);
  expect([after(0.5, 5, 5), after(0.5, 2, 0)]).toEqual([0.5, 0.5]);
});

test("[COMPANY-3] bots play as suits the average of the people, and normal without any", () => {
  expect([skillFor([]), skillFor([0]), skillFor([0, 1]), skillFor([0, 0.25, 1])]).toEqual([0.5, 0, 0.5, 0.5]);
});
