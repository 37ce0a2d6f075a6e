import { expect, test } from "vitest";
import { BUTTON } from "#shared/schema/input.ts";
import { command } from "#shared/testing/builders.ts";
import { Activity, IDLE_ANSWER_MS, IDLE_ASKED_MS } from "./activity.ts";

const NOBODY = { asked: [], answered: [], idle: [] };

/** A player "a" who entered at 0 ms. */
const setUp = () => {
  const clock = { ms: 0 };
  const activity = new Activity(() => clock.ms);
  activity.entered("a");
  return { clock, activity, due: (isConnected = true) => activity.due(() => isConnected) };
};

test("[IDLE-1] a player who does nothing for 60 s is asked once, and is idle 20 s later", () => {
  const { clock, activity, due } = setUp();
  clock.ms = IDLE_ASKED_MS - 1;
  expect(due()).toEqual(NOBODY);
  clock.ms++;
  expect(due()).toEqual({ ...NOBODY, asked: ["a"] });
  expect(due()).toEqual(NOBODY);
  clock.ms += IDLE_ANSWER_MS - 1;
  expect(due()).toEqual(NOBODY);
  expect(activity.isAnyActive(["a"])).toBe(true);
  clock.ms++;
  expect(due()).toEqual({ ...NOBODY, idle: ["a"] });
  expect(activity.isAnyActive(["a"])).toBe(false);
});

test("[IDLE-2] equal commands are no activity, nor is aiming without a button; other commands and messages are", () => {
  const { clock, activity, due } = setUp();
  activity.noteCommands("a", [command({ moveX: 5 })]);
  clock.ms = IDLE_ASKED_MS;
  activity.noteCommands("a", [command({ moveX: 5 }), command({ moveX: 5, aim: 2 })]);
  expect(due()).toEqual({ ...NOBODY, asked: ["a"] });
  activity.noteCommands("a", [command({ moveX: 5 }), command({ moveX: 6 })]);
  expect(due()).toEqual({ ...NOBODY, answered: ["a"] });
  // Stands on the hill, and fires at whoever comes.
  const fire = { moveX: 6, buttons: BUTTON.fire };
  activity.noteCommands("a", [command({ ...fire, aim: 2 })]);
  clock.ms += IDLE_ASKED_MS;
  expect(due()).toEqual({ ...NOBODY, asked: ["a"] });
  activity.noteCommands("a", [command({ ...fire, aim: 2 })]);
  expect(due()).toEqual(NOBODY);
  activity.noteCommands("a", [command({ ...fire, aim: 3 })]);
  expect(due()).toEqual({ ...NOBODY, answered: ["a"] });
  clock.ms += IDLE_ASKED_MS;
  expect(due()).toEqual({ ...NOBODY, asked: ["a"] });
  activity.noteMessage("a");
  expect(due()).toEqual({ ...NOBODY, answered: ["a"] });
});

test("[IDLE-3] one who left, or watches, is never idle, and nobody's room is active", () => {
  const { clock, activity, due } = setUp();
  activity.forget("a");
  clock.ms = 10 * IDLE_ASKED_MS;
  activity.noteMessage("a");
  expect(due()).toEqual(NOBODY);
  expect(activity.isIdle("a")).toBe(false);
  expect(activity.isAnyActive([])).toBe(false);
});

test("[IDLE-8] a player who cannot hear it is not asked, and has the whole time to answer once back", () => {
  const { clock, activity, due } = setUp();
  clock.ms = IDLE_ASKED_MS + IDLE_ANSWER_MS;
  expect(due(false)).toEqual(NOBODY);
  expect([activity.isIdle("a"), activity.answerMs("a")]).toEqual([false, undefined]);
  expect(due()).toEqual({ ...NOBODY, asked: ["a"] });
  clock.ms += IDLE_ANSWER_MS / 2;
  expect(activity.answerMs("a")).toBe(IDLE_ANSWER_MS / 2);
  // Dropping does not put it off.
  clock.ms += IDLE_ANSWER_MS / 2;
  expect(due(false)).toEqual({ ...NOBODY, idle: ["a"] });
});

test("[IDLE-9] time in a pause does not count, and who was asked before it need not answer", () => {
  const { clock, activity, due } = setUp();
  clock.ms = IDLE_ASKED_MS;
  expect(due()).toEqual({ ...NOBODY, asked: ["a"] });
  clock.ms += IDLE_ANSWER_MS;
  activity.restart();
  expect(due()).toEqual({ ...NOBODY, answered: ["a"] });
  clock.ms += IDLE_ASKED_MS - 1;
  expect(due()).toEqual(NOBODY);
});
