import { describe, expect, it } from "vitest";
import { createMatchEars, type HeardState } from "./matchCues.ts";

const STATE: HeardState = {
  ...{ tick: 0, mode: "kingOfTheHill", phase: "live", phaseEndsTick: 10_000, scoreA: 0, scoreB: 0 },
  hill: { holder: 0 },
};
const HALE = { hp: 100, team: 0 };

function listen() {
  const heard: string[] = [];
  return { heard, ears: createMatchEars((sound) => heard.push(sound)) };
}

describe("what the ears notice by themselves", () => {
  it("[EARS-1] counts each of the last seconds once", () => {
    const { heard, ears } = listen();
    for (let tick = 0; tick < 90; tick++) {
      ears.watch({ ...STATE, phase: "countdown", phaseEndsTick: 90, tick }, HALE);
    }
    expect(heard).toEqual(["countdown", "countdown", "countdown"]);
  });

  it("[EARS-2] beats a heart while little health is left, and not for the destroyed", () => {
    const { heard, ears } = listen();
    for (let tick = 0; tick < 60; tick++) ears.watch({ ...STATE, tick }, { hp: 20, team: 0 });
    expect(heard).toEqual(["lowHealth", "lowHealth"]);
    for (let tick = 60; tick < 200; tick++) ears.watch({ ...STATE, tick }, { hp: 0, team: 0 });
    expect(heard).toHaveLength(2);
  });

  it("[EARS-3] tells the own side's points on the hill, and who takes it", () => {
    const { heard, ears } = listen();
    ears.watch({ ...STATE, hill: { holder: 1 } }, HALE);
    ears.watch({ ...STATE, hill: { holder: 1 }, scoreA: 1 }, HALE);
    ears.watch({ ...STATE, hill: { holder: 1 }, scoreA: 1, scoreB: 1 }, HALE);
    ears.watch({ ...STATE, scoreA: 1, scoreB: 1 }, HALE);
    expect(heard).toEqual(["hillChanged", "hillPoint"]);
  });
});
