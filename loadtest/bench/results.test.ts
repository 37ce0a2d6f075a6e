/** How the bench combines rounds into figures, ratios and verdicts. */
import { expect, test } from "vitest";
import { percentile } from "#shared/figures/stats.ts";
import type { Count } from "./clients/swarm.ts";
import { FIGURE_NAMES, type Figures, spreadOf } from "./figures.ts";
import { faultOf, figuresOf, type Reading } from "./measure/run.ts";
import { cellOf, growthOf, type Run } from "./results.ts";
import type { ServerName } from "./servers/names.ts";
import { judge } from "./targets.ts";

const figures = (value: number): Figures =>
  Object.fromEntries(FIGURE_NAMES.map((name) => [name, value])) as unknown as Figures;

const run = (server: ServerName, round: number, value: number, fields: Partial<Run> = {}): Run => ({
  server,
  round,
  scenario: { kind: "field", seed: 1, players: 200, spread: "equal" },
  figures: figures(value),
  fault: undefined,
  clientsCpu: 0.3,
  othersCpu: 0,
  ...fields,
});
const sized = (players: number): Partial<Run> => ({
  scenario: { kind: "field", seed: 1, players, spread: "equal" },
});
const fighting = (players: number): Partial<Run> => ({
  scenario: { kind: "fight", seed: 1, players, roomSize: 8 },
});

test("[BENCH-7] a percentile is interpolated between the two nearest values, and is NaN for an empty list", () => {
  expect(percentile([4, 1, 3, 2], 0.5)).toBe(2.5);
  expect(percentile([10, 20], 0.99)).toBeCloseTo(19.9);
  expect(percentile([5], 0.99)).toBe(5);
  expect(percentile([], 0.5)).toBeNaN();
  expect(spreadOf([3, 9, 4])).toEqual({ median: 4, least: 3, most: 9 });
});

test("[BENCH-8] a ratio is the median of each round's ratio to the floor of that round", () => {
  const runs = [
    run("floor", 0, 100),
    run("floor", 1, 200),
    run("floor", 2, 50),
    run("fracas", 0, 150),
    run("fracas", 1, 240),
    run("fracas", 2, 100),
  ];
  const { figures: medians, ratios } = cellOf(runs, "fracas", 200);
  expect(medians?.cpuUs).toEqual({ median: 150, least: 100, most: 240 });
  expect(ratios?.cpuUs).toEqual({ median: 1.5, least: 1.2, most: 2 });
});

test("[BENCH-9] a round that did not hold is left out of the figures, with its reason", () => {
  const fault = "did not hold: 60 % of the patches";
  const runs = [run("floor", 0, 100), run("fracas", 0, 1, { fault }), run("fracas", 1, 150)];
  const cell = cellOf(runs, "fracas", 200);
  expect(cell).toMatchObject({ faults: [fault], rounds: 2, figures: { bytes: { median: 150 } } });
  // The round that counts has no floor to compare with.
  expect(cell.ratios).toBeUndefined();
  expect(cellOf([run("fracas", 0, 1, { fault })], "fracas", 200).figures).toBeUndefined();
});

test("[BENCH-10] growth compares two sizes within the same round", () => {
  const runs = [
    run("fracas", 0, 100, sized(50)),
    run("fracas", 1, 200, sized(50)),
    run("fracas", 0, 120, sized(400)),
    run("fracas", 1, 280, sized(400)),
  ];
  expect(growthOf(runs, "fracas", "cpuUs", [50, 400])?.median).toBeCloseTo(1.3);
  expect(growthOf(runs.slice(0, 2), "fracas", "cpuUs", [50, 400])).toBeUndefined();
});

test("[BENCH-11] a target that was not measured is neither met nor missed", () => {
  const verdicts = judge([run("floor", 0, 100), run("fracas", 0, 125)]);
  expect(verdicts.map(({ ok }) => ok)).toEqual([true, undefined, false, undefined, true, false]);
  expect(judge([]).map(({ found }) => found)).toEqual(new Array(6).fill("not measured"));
});

test("[BENCH-21] Fracas is judged against the tutorial of the same round, and by its rate of patches", () => {
  const rated = (patchesPerSec: number): Partial<Run> => ({ figures: { ...figures(125), patchesPerSec } });
  const runs = [
    run("colyseus", 0, 130),
    run("colyseus", 1, 100),
    run("fracas", 0, 0, rated(19.91)),
    run("fracas", 1, 0, rated(20.0)),
  ];
  const [, toTutorial, , , , patches] = judge(runs);
  expect(toTutorial).toMatchObject({ wanted: "≤ 1.00×", found: "1.11×", ok: false });
  expect(patches).toMatchObject({ wanted: "20.0 ± 0.1", found: "19.95", ok: true });
  expect(judge([run("fracas", 0, 0, rated(19.8))])[5]?.ok).toBe(false);
  expect(judge([run("fracas", 0, 0, rated(20.2))])[5]?.ok).toBe(false);
});

test("[BENCH-22] fights are judged at each size that was measured", () => {
  const runs = [200, 600].flatMap((players) => [
    run("floor", 0, 100, fighting(players)),
    run("fracas", 0, players === 200 ? 129 : 131, fighting(players)),
  ]);
  const verdicts = judge(runs).filter(({ what }) => what.startsWith("CPU"));
  expect(verdicts.map(({ what, ok }) => [what, ok])).toEqual([
    ["CPU a player against the floor, 200 players in rooms of 8", true],
    ["CPU a player against the floor, 600 players in rooms of 8", false],
  ]);
});

test("[BENCH-12] CPU, bytes and memory are per player, and per second of the measured time", () => {
  const reading = (atMs: number, cpuMs: number, rssBytes: number): Reading => ({
    atMs,
    userMs: cpuMs,
    systemMs: cpuMs / 2,
    proxyMs: cpuMs / 4,
    rssBytes,
    fought: { shots: cpuMs, hits: 0, kills: 0, pickups: 0 },
    recordedBytes: 10 * cpuMs,
  });
  const found = figuresOf(
    50,
    {
      empty: reading(0, 0, 50 * 2 ** 20),
      before: reading(1000, 100, 0),
      after: reading(3000, 200, 75 * 2 ** 20),
    },
    { ...counted(50), bytes: 50 * 2 * 1000 },
  );
  expect(found).toMatchObject({ cpuUserUs: 1000, cpuSystemUs: 500, cpuUs: 1500, bytes: 1000, rssKb: 512 });
  expect(found).toMatchObject({
    proxyCpuUs: 250,
    recordedBytes: 10,
    shots: 50,
    patchesHeld: 1,
    patchesPerSec: 20,
  });
});

const counted = (players: number): Count => ({
  seconds: 2,
  bytes: 0,
  patches: players * 2 * 20,
  commands: players * 2 * 30,
  intervalsMs: [50],
  latenciesMs: [40],
  open: players,
  cpuShare: 0.4,
});

test("[BENCH-13] a run that lost connections, patches, commands or time has a fault that names the cause", () => {
  const fault = (count: Partial<Count> = {}, { kind = "field", held = 1, hits = 0 } = {}) =>
    faultOf(
      { kind: kind as "field" | "fight", players: 50 },
      { patchesHeld: held, hits },
      { ...counted(50), ...count },
    );
  expect(fault()).toBeUndefined();
  expect(fault({ open: 48 })).toMatch("2 of 50 connections were lost");
  expect(fault({}, { held: 0.6 })).toMatch("did not hold: 60 %");
  expect(fault({ latenciesMs: [2500] })).toMatch("a command took 2500 ms");
  expect(fault({ commands: 2000 })).toMatch("the clients fell behind");
  expect(fault({ cpuShare: 0.97 })).toMatch("the clients fell behind");
  expect(fault({}, { kind: "fight" })).toMatch("nobody was hit");
  expect(fault({}, { kind: "fight", hits: 0.1 })).toBeUndefined();
});
