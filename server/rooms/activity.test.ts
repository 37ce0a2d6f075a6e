import { expect, test } from "vitest";
import { command } from "#shared/testing/builders.ts";
import { Activity, IDLE_ANSWER_MS, IDLE_ASKED_MS } from "./activity.ts";

const NOBODY = { asked: [], answered: [], idle: [] };

/** A player "a" who entered at 0 ms. */
const setUp = () => {
  const clock = { ms: 0 };
  const activity = new Activity(() => clock.ms);
  activity.entered("a");
  return { clock, activity };
};

test("[IDLE-1] a player who does nothing for 60 s is asked once, and is idle 20 s later", () => {
  const { clock, activity } = setUp();
  clock.ms = IDLE_ASKED_MS - 1;
  expect(activity.due()).toEqual(NOBODY);
  clock.ms++;
  expect(activity.due()).toEqual({ ...NOBODY, asked: ["a"] });
  expect(activity.due()).toEqual(NOBODY);
  clock.ms += IDLE_ANSWER_MS - 1;
  expect(activity.due()).toEqual(NOBODY);
  expect(activity.isAnyActive(["a"])).toBe(true);
  clock.ms++;
  expect(activity.due()).toEqual({ ...NOBODY, idle: ["a"] });
  expect(activity.isAnyActive(["a"])).toBe(false);
});

test("[IDLE-2] equal commands, and those whose aim alone differs, are no activity; other ones and messages are", () => {
  const { clock, activity } = setUp();
  activity.noteCommands("a", [command({ moveX: 5 })]);
  clock.ms = IDLE_ASKED_MS;
  activity.noteCommands("a", [command({ moveX: 5 }), command({ moveX: 5, aim: 2 })]);
  expect(activity.due()).toEqual({ ...NOBODY, asked: ["a"] });
  activity.noteCommands("a", [command({ moveX: 5 }), command({ moveX: 6 })]);
  expect(activity.due()).toEqual({ ...NOBODY, answered: ["a"] });
  clock.ms += IDLE_ASKED_MS;
  expect(activity.due()).toEqual({ ...NOBODY, asked: ["a"] });
  activity.noteMessage("a");
  expect(activity.due()).toEqual({ ...NOBODY, answered: ["a"] });
});

test("[IDLE-3] one who left, or watches, is never idle, and nobody's room is active", () => {
  const { clock, activity } = setUp();
  activity.forget("a");
  clock.ms = 10 * IDLE_ASKED_MS;
  activity.noteMessage("a");
  expect(activity.due()).toEqual(NOBODY);
  expect(activity.isIdle("a")).toBe(false);
  expect(activity.isAnyActive([])).toBe(false);
});
