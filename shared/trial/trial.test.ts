/** Trials: the same by seed, whoever plays the matches, and the verdicts that known faults get. */
import { describe, expect, test } from "vitest";
import type { Arena } from "#shared/arena/arena.ts";
import { sum } from "#shared/figures/stats.ts";
import type { ModeName } from "#shared/schema/names.ts";
import { emptyArena, fairArena, greedyArena } from "#shared/testing/trialArenas.ts";
import { meanShare, wilson } from "./certainty.ts";
import { judgeTrial } from "./judge.ts";
import { matchesOf, planTrial, playTrialMatch } from "./plan.ts";
import { HEAT_NAMES, mergeTrials, noTrial, type Trial } from "./trial.ts";
import { lightOf } from "./verdict.ts";

const planOf = (arena: Arena, mode: ModeName, matches: number, seed = 1) => ({
  ...planTrial(arena, mode),
  ...{ matches, seed },
});

function playTrial(arena: Arena, mode: ModeName, matches: number, seed = 1): Trial {
  const played = matchesOf(planOf(arena, mode, matches, seed)).map((match) => playTrialMatch(arena, match));
  return mergeTrials(noTrial(arena), played);
}

/** Each is played once for all tests. */
const known = new Map<Arena, Map<string, Trial>>();

function trialOf(arena: Arena, mode: ModeName, matches = 8): Trial {
  const trials = known.get(arena) ?? new Map<string, Trial>();
  known.set(arena, trials);
  const key = `${mode} ${matches}`;
  const trial = trials.get(key) ?? playTrial(arena, mode, matches);
  trials.set(key, trial);
  return trial;
}

const verdictsOf = (arena: Arena, mode: ModeName) => judgeTrial({ arena, mode, trial: trialOf(arena, mode) });

describe("a trial", () => {
  test("[TRIAL-1] is the same to the last figure by its seed, and survives JSON", () => {
    const first = trialOf(fairArena, "teamDeathmatch", 2);
    expect(playTrial(fairArena, "teamDeathmatch", 2)).toEqual(first);
    expect(JSON.parse(JSON.stringify(first))).toEqual(first);
    expect(playTrial(fairArena, "teamDeathmatch", 2, 7).points).not.toEqual(first.points);
  });

  test("[TRIAL-2] adds up: two halves together are the whole", () => {
    const [first, second] = matchesOf(planOf(fairArena, "teamDeathmatch", 2)).map((match) =>
      playTrialMatch(fairArena, match),
    ) as [Trial, Trial];
    const whole = mergeTrials(noTrial(fairArena), [first, second]);
    expect(whole.matches).toBe(2);
    expect(sum(whole.wins) + whole.draws).toBe(2);
    expect(sum(whole.kills)).toBe(sum(first.kills) + sum(second.kills));
    for (const name of HEAT_NAMES)
      expect(sum(whole.heat[name])).toBe(sum(first.heat[name]) + sum(second.heat[name]));
    expect(mergeTrials(mergeTrials(noTrial(fairArena), [first]), [second])).toEqual(whole);
  });

  test("[TRIAL-3] counts every death once, in an open cell, and each kill by its side", () => {
    const trial = trialOf(fairArena, "teamDeathmatch", 2);
    const deaths = sum(trial.heat.deaths);
    expect(deaths).toBeGreaterThan(20);
    expect(sum(trial.kills)).toBeLessThanOrEqual(deaths);
    expect(sum(Object.values(trial.killsByWeapon))).toBe(deaths);
    for (const name of HEAT_NAMES)
      expect(trial.heat[name].some((value, cell) => value > 0 && fairArena.solid[cell] === 1)).toBe(false);
    expect(sum(trial.spawns.map(({ spawns }) => spawns))).toBeGreaterThanOrEqual(deaths);
  });

  test("[TRIAL-4] plays each seed twice with the sides exchanged, and in a mode without sides once", () => {
    const teamed = matchesOf(planOf(fairArena, "teamDeathmatch", 4, 5));
    expect(teamed.map(({ seed, firstTeam }) => [seed, firstTeam])).toEqual([
      [5, 0],
      [5, 1],
      [6, 0],
      [6, 1],
    ]);
    const alone = matchesOf(planOf(fairArena, "deathmatch", 3, 5));
    expect(alone.map(({ seed }) => seed)).toEqual([5, 6, 7]);
  });
});

describe("the verdicts", () => {
  for (const mode of ["teamDeathmatch", "deathmatch"] as const) {
    test(`[TRIAL-5] a fair arena gets none, in ${mode}`, () => {
      expect(verdictsOf(fairArena, mode)).toEqual([]);
      expect(lightOf([])).toBe("fair");
    });
  }

  test("[TRIAL-6] a side that owns all pickups is named, and so are its pickups and their places", () => {
    const verdicts = verdictsOf(greedyArena, "teamDeathmatch");
    expect(verdicts.map(({ code }) => code)).toEqual(["strongerSide", "oneSidedPickup"]);
    const [side, pickup] = verdicts;
    expect(side).toMatchObject({ severity: "bad", values: { side: 0, count: 8, of: 8 } });
    expect(pickup).toMatchObject({ severity: "bad", values: { side: 0 } });
    expect(pickup?.places).toHaveLength(2);
    for (const { column } of pickup?.places ?? []) expect(column).toBeLessThan(5);
    expect(lightOf(verdicts)).toBe("needsWork");
  });

  test("[TRIAL-7] spawn points in the line of fire, empty space and a forgotten pickup are named with their places", () => {
    const verdicts = verdictsOf(emptyArena, "teamDeathmatch");
    expect(verdicts.map(({ code }) => code)).toEqual(["spawnDeaths", "deadSpace", "unusedPickup"]);
    const [spawns, space, pickup] = verdicts;
    for (const { column } of spawns?.places ?? []) expect(column).toBeLessThan(11);
    for (const { column } of space?.places ?? []) expect(column).toBeGreaterThan(11);
    expect(space?.values.share).toBeGreaterThan(0.5);
    expect(pickup).toMatchObject({ values: { kind: "haste", count: 1 }, places: [{ column: 58, row: 9 }] });
  });

  test("[TRIAL-8] arenas without weapons, and goals that nobody reaches, are named by their figures alone", () => {
    const trial = trialOf(fairArena, "teamDeathmatch", 8);
    const judged = (mode: ModeName, change: Partial<Trial>) =>
      judgeTrial({ arena: fairArena, mode, trial: { ...trial, ...change } }).map(({ code }) => code);
    const killsByWeapon = { blaster: 90, scatter: 3, rail: 3, mortar: 4 };
    expect(judged("teamDeathmatch", { killsByWeapon })).toEqual(["oneWeapon"]);
    expect(judged("captureTheFlag", { flagsCaptured: [0, 0] })).toEqual(["noCaptures"]);
    expect(judged("teamDeathmatch", { draws: 6 })).toEqual(["draws"]);
    expect(judged("teamDeathmatch", { contactSec: [12, 30, 31] })).toEqual(["lateContact"]);
    expect(judged("teamDeathmatch", { kills: [3, 4] })).toEqual(["fewKills"]);
    const stuck = trial.heat.stuck.map((_, cell) => (cell === 30 ? 9 : 0));
    expect(judged("teamDeathmatch", { heat: { ...trial.heat, stuck } })).toEqual(["stuck"]);
    const deaths = trial.heat.deaths.map((_, cell) => (cell === 30 ? 90 : 0));
    expect(judged("teamDeathmatch", { heat: { ...trial.heat, deaths } })).toEqual(["crowd"]);
    const hills = [{ ticks: 9000, held: [200, 150] as const }];
    const hilly = { ...fairArena, hills: [{ x: 640, y: 320, width: 64, height: 64 }] };
    const [idle] = judgeTrial({ arena: hilly, mode: "kingOfTheHill", trial: { ...trial, hills } });
    expect(idle).toMatchObject({ code: "idleHill", places: [{ column: 10, row: 5 }] });
  });

  test("[TRIAL-9] nothing is said of too few matches", () => {
    const trial = trialOf(greedyArena, "teamDeathmatch", 2);
    expect(judgeTrial({ arena: greedyArena, mode: "teamDeathmatch", trial })).toEqual([]);
  });

  test("[TRIAL-10] intervals are those of the textbook, and hold the truth in 95 of 100 trials", () => {
    const { from, to } = wilson(14, 20);
    expect([from, to].map((each) => each.toFixed(3))).toEqual(["0.481", "0.855"]);
    expect(wilson(0, 0)).toEqual({ share: 0.5, from: 0, to: 1 });
    const even = meanShare([0.4, 0.6, 0.45, 0.55, 0.5, 0.5, 0.42, 0.58]);
    expect(even.from).toBeLessThan(0.5);
    expect(even.to).toBeGreaterThan(0.5);
    expect(meanShare([0.6, 0.62, 0.61, 0.6, 0.63, 0.6, 0.62, 0.61]).from).toBeGreaterThan(0.6);
  });
});
