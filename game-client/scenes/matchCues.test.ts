import { describe, expect, it } from "vitest";
import { createMatchCues, type HeardState } from "./matchCues.ts";

const STATE: HeardState = {
  tick: 0,
  mode: "kingOfTheHill",
  phase: "live",
  phaseEndsTick: 10_000,
  scoreA: 0,
  scoreB: 0,
  hill: { holder: 0 },
  roster: new Map(),
};
const HEALTHY = { hp: 100, team: 0 };

function listen() {
  const heard: string[] = [];
  return { heard, cues: createMatchCues((sound) => heard.push(sound), "me") };
}

describe("match cues", () => {
  it("[EARS-1] plays one countdown sound for each of the last seconds", () => {
    const { heard, cues } = listen();
    for (let tick = 0; tick < 90; tick++) {
      cues.update({ ...STATE, phase: "countdown", phaseEndsTick: 90, tick }, HEALTHY);
    }
    expect(heard).toEqual(["countdown", "countdown", "countdown"]);
  });

  it("[EARS-2] plays a heartbeat at low health, and none for a destroyed drone", () => {
    const { heard, cues } = listen();
    for (let tick = 0; tick < 60; tick++) cues.update({ ...STATE, tick }, { hp: 20, team: 0 });
    expect(heard).toEqual(["lowHealth", "lowHealth"]);
    for (let tick = 60; tick < 200; tick++) cues.update({ ...STATE, tick }, { hp: 0, team: 0 });
    expect(heard).toHaveLength(2);
  });

  it("[EARS-3] plays a sound for the own team's hill points and for a change of holder", () => {
    const { heard, cues } = listen();
    cues.update(STATE, HEALTHY);
    cues.update({ ...STATE, hill: { holder: 1 } }, HEALTHY);
    cues.update({ ...STATE, hill: { holder: 1 }, scoreA: 1 }, HEALTHY);
    cues.update({ ...STATE, hill: { holder: 1 }, scoreA: 1, scoreB: 1 }, HEALTHY);
    cues.update({ ...STATE, scoreA: 1, scoreB: 1 }, HEALTHY);
    expect(heard).toEqual(["hillOurs", "hillPoint"]);
  });

  it("[VIEWER-1] plays nothing for what was so when the page began to listen, as after a jump in a replay", () => {
    const { heard, cues } = listen();
    for (let tick = 0; tick < 3; tick++)
      cues.update({ ...STATE, tick, hill: { holder: 1 }, scoreA: 7 }, HEALTHY);
    expect(heard).toEqual([]);
  });
});
