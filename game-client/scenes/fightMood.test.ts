import { describe, expect, it } from "vitest";
import { createFightMood, type MoodState } from "./fightMood.ts";
import { verdictOf } from "./verdict.ts";

const seat = (score: number, spectating = false) => ({ score, spectating });
const STATE: MoodState = {
  tick: 0,
  mode: "teamDeathmatch",
  phase: "live",
  phaseEndsTick: 9_000,
  scoreA: 0,
  scoreB: 0,
  settings: "",
  roster: new Map(),
};

describe("the mood of a fight", () => {
  it("[SOUND-16] rises with shots nearby, own kills and low health, and falls again", () => {
    const mood = createFightMood();
    mood.update(STATE, 100);
    const calm = mood.level;
    mood.note("shot", 5_000);
    mood.update(STATE, 100);
    expect(mood.level).toBe(calm);
    for (let shot = 0; shot < 10; shot++) mood.note("shot", 100);
    mood.note("kill");
    mood.update(STATE, 100);
    const hot = mood.level;
    expect(hot).toBeGreaterThan(calm + 0.2);
    mood.update(STATE, 20);
    expect(mood.level).toBeGreaterThan(hot);
    mood.note("death");
    mood.update({ ...STATE, tick: 1_800 }, 100);
    expect(mood.level).toBeCloseTo(calm, 2);
  });

  it("[SOUND-17] is final in the last 30 s, in overtime and just below the score limit, and off between matches", () => {
    const isFinal = (change: Partial<MoodState>) => {
      const mood = createFightMood();
      mood.update({ ...STATE, ...change }, 100);
      return mood.isFinal && mood.level >= 0.8;
    };
    expect(isFinal({})).toBe(false);
    expect(isFinal({ tick: 8_101 })).toBe(true);
    expect(isFinal({ tick: 9_300 })).toBe(true);
    expect(isFinal({ scoreB: 35 })).toBe(false);
    expect(isFinal({ scoreB: 36 })).toBe(true);
    expect(isFinal({ scoreB: 9, settings: '{"scoreLimit":10}' })).toBe(true);
    expect(isFinal({ mode: "captureTheFlag", scoreA: 2 })).toBe(true);
    expect(isFinal({ mode: "deathmatch", roster: new Map([["a", seat(18)]]) })).toBe(true);
    expect(isFinal({ phase: "countdown", tick: 8_950 })).toBe(false);
    const mood = createFightMood();
    mood.update({ ...STATE, phase: "results" }, 100);
    expect(mood.isOn).toBe(false);
  });
});

describe("the verdict on a match", () => {
  const roster = new Map([
    ["me", seat(4)],
    ["other", seat(7)],
    ["watcher", seat(0, true)],
  ]);

  it("[SOUND-18] follows the own team's score in a mode of teams", () => {
    const ended = { ...STATE, roster, scoreA: 5, scoreB: 3 };
    expect(verdictOf(ended, "me", 0)).toBe("victory");
    expect(verdictOf(ended, "me", 1)).toBe("defeat");
    expect(verdictOf({ ...ended, scoreB: 5 }, "me", 1)).toBe("draw");
  });

  it("[SOUND-19] is a victory without teams only for the first, and there is none for a spectator", () => {
    const ended = { ...STATE, mode: "deathmatch", roster } as const;
    expect(verdictOf(ended, "me", 0)).toBe("defeat");
    expect(verdictOf(ended, "other", 1)).toBe("victory");
    expect(verdictOf({ ...ended, roster: new Map([...roster, ["me", seat(7)]]) }, "me", 0)).toBe("draw");
    expect(verdictOf(ended, "watcher", 0)).toBeUndefined();
    expect(verdictOf(ended, "", 0)).toBeUndefined();
  });
});
