import { expect, test } from "vitest";
import { takeSeat } from "#server/rooms/seats.ts";
import type { Bots } from "#server/rooms/tick/bots.ts";
import { SKILLS, skillAt } from "#shared/brain/skill.ts";
import { statsOf } from "#shared/modes/stats.ts";
import type { SimEvent } from "#shared/sim/event.ts";
import { createWorld, openArena } from "#shared/testing/builders.ts";
import { BotSkill, firstSkill, nextSkill, SKILL_STEP, skillFor } from "./botSkill.ts";

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

test("[COMPANY-7] a room's bots begin easy for a newcomer and are harder after a match that the newcomer won", () => {
  const world = createWorld(openArena());
  const trained: unknown[] = [];
  const bots = { train: (skill: unknown) => trained.push(skill) } as unknown as Bots;
  const people = { personIn: () => undefined };
  const skill = new BotSkill(world, bots, people);
  takeSeat(world, { id: "ann", name: "Ann", bot: false }, 0);
  takeSeat(world, { id: "bot-0", name: "Rivet", bot: true }, 1);
  skill.adjust();
  Object.assign(statsOf(world, "ann"), { kills: 12, deaths: 3 });
  skill.follow([]);
  expect(trained).toEqual([0]);
  skill.follow([{ type: "match", phase: "results", how: "scoreLimit" } as SimEvent]);
  expect(trained).toEqual([0, 0.25]);
  const moved = new BotSkill(world, bots, people);
  moved.restore(skill.snapshot());
  moved.adjust();
  expect(trained).toEqual([0, 0.25, 0.25]);
});

test("[COMPANY-8] skills between two named ones lie between them", () => {
  expect([skillAt(0), skillAt(0.5), skillAt(1)]).toEqual([SKILLS.easy, SKILLS.normal, SKILLS.hard]);
  expect(skillAt(0.25)).toMatchObject({ thinkEveryTicks: 10, reactionTicks: 12, dodgeShare: 0.25 });
});
