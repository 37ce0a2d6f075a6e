import { describe, expect, test } from "vitest";
import type { ArenaWorld } from "#shared/game/createWorld.ts";
import { stepWorld } from "#shared/game/step.ts";
import type { SimEvent } from "#shared/sim/event.ts";
import { seenNow } from "#shared/sim/sight.ts";
import { addDrone, createWorld, drawArena, openArena, shootDown } from "#shared/testing/builders.ts";
import { KING_OF_THE_HILL } from "#shared/tuning.ts";
import { HILL } from "./kingOfTheHill.ts";

const arena = drawArena(
  "################",
  "#0............1#",
  "#..H.......H...#",
  "#0............1#",
  "################",
);
const FIRST = { x: 3 * 64, y: 2 * 64, width: 64, height: 64 };
const SECOND = { ...FIRST, x: 11 * 64 };
const ON = { x: 3.5 * 64, y: 2.5 * 64 };
const OFF = { x: 7.5 * 64, y: 2.5 * 64 };
const { pointEveryTicks, moveEveryTicks } = KING_OF_THE_HILL;

function match(rules = {}) {
  const world = createWorld(arena, 1, { mode: "kingOfTheHill", ...rules });
  const a = addDrone(world, "a", { ...OFF, team: 0 });
  const b = addDrone(world, "b", { ...OFF, y: 100, team: 1 });
  return { world, a, b };
}

const step = (world: ArenaWorld, ticks = 1): SimEvent[] =>
  Array.from({ length: ticks }, () => stepWorld(world, new Map(), seenNow)).flat();
const scores = ({ state }: ArenaWorld) => [state.scoreA, state.scoreB];

describe("king of the hill", () => {
  test("[MODE-KOTH-1] the first hill is active at the start, and no team holds it while it is empty", () => {
    const { world } = match();
    step(world, 100);
    expect(world.state.hill).toMatchObject({ ...FIRST, holder: HILL.empty });
    expect(scores(world)).toEqual([0, 0]);
  });

  test.each([0, 1])(
    "[MODE-KOTH-2] a drone alone on the hill scores one point per second for team %d",
    (team) => {
      const { world, a, b } = match();
      const holder = team === 0 ? a : b;
      Object.assign(holder, ON);
      step(world, pointEveryTicks - 1);
      expect(scores(world)).toEqual([0, 0]);
      step(world);
      const points = team === 0 ? [1, 0] : [0, 1];
      expect(scores(world)).toEqual(points);
      expect(world.state.hill.holder).toBe(HILL.held + team);
      expect([a.score, b.score]).toEqual(points);
      step(world, 9 * pointEveryTicks);
      expect(holder.score).toBe(10);
    },
  );

  test("[MODE-KOTH-3] two team mates on the hill score no faster, and both get the points", () => {
    const { world, a } = match();
    const mate = addDrone(world, "mate", { ...ON, x: ON.x + 20, team: 0 });
    Object.assign(a, ON);
    step(world, pointEveryTicks);
    expect([world.state.scoreA, a.score, mate.score]).toEqual([1, 1, 1]);
  });

  test("[MODE-KOTH-4] a contested hill scores for neither team, however unequal their numbers", () => {
    const { world, a, b } = match();
    addDrone(world, "mate", { ...ON, team: 0 });
    Object.assign(a, ON);
    Object.assign(b, ON);
    step(world, 5 * pointEveryTicks);
    expect(world.state.hill.holder).toBe(HILL.contested);
    expect(scores(world)).toEqual([0, 0]);
  });

  test("[MODE-KOTH-5] a new holder does not inherit the other team's started second", () => {
    const { world, a, b } = match();
    Object.assign(a, ON);
    step(world, pointEveryTicks - 1);
    Object.assign(a, OFF);
    Object.assign(b, ON);
    step(world, pointEveryTicks - 1);
    expect(scores(world)).toEqual([0, 0]);
    step(world);
    expect(scores(world)).toEqual([0, 1]);
  });

  test("[MODE-KOTH-6] a destroyed drone neither holds nor contests the hill", () => {
    const { world, a, b } = match();
    Object.assign(a, ON);
    Object.assign(b, { ...ON, x: ON.x + 25 });
    step(world);
    shootDown(world, "a", "b");
    expect(world.state.hill.holder).toBe(HILL.held);
    step(world, pointEveryTicks);
    expect([a.score, b.score]).toEqual([1, 0]);
    shootDown(world, "b", "a");
    expect(world.state.hill.holder).toBe(HILL.empty);
  });

  test("[MODE-KOTH-11] a destroyed team mate on the hill gets no point", () => {
    const { world, a } = match();
    const wreck = addDrone(world, "mate", { ...ON, team: 0, hp: 0, respawnTick: 1_000 });
    Object.assign(a, ON);
    step(world, pointEveryTicks);
    expect([a.score, wreck.score]).toEqual([1, 0]);
  });

  test("[MODE-KOTH-7] a hill includes its left and top edges only", () => {
    for (const [x, y, holder] of [
      [FIRST.x, FIRST.y, HILL.held],
      [FIRST.x + 63.9375, FIRST.y + 63.9375, HILL.held],
      [FIRST.x + 64, FIRST.y, HILL.empty],
      [FIRST.x - 0.0625, FIRST.y, HILL.empty],
    ] as const) {
      const { world, a } = match();
      Object.assign(a, { x, y });
      step(world);
      expect(world.state.hill.holder, `${x},${y}`).toBe(holder);
    }
  });

  test("[MODE-KOTH-8] the hill moves after a fixed time, with an event for every client, and after the last comes the first", () => {
    const { world, a } = match();
    Object.assign(a, ON);
    expect(step(world, moveEveryTicks - 1).filter(({ type }) => type === "hill")).toEqual([]);
    expect(world.state.scoreA).toBe(Math.floor((moveEveryTicks - 1) / pointEveryTicks));
    expect(step(world)).toContainEqual({ type: "hill", x: SECOND.x + 32, y: SECOND.y + 32 });
    expect(world.state.hill).toMatchObject({ ...SECOND, holder: HILL.empty });
    const score = world.state.scoreA;
    step(world, moveEveryTicks - 1);
    expect(world.state.scoreA).toBe(score);
    step(world);
    expect(world.state.hill).toMatchObject({ ...FIRST, holder: HILL.held });
  });

  test("[MODE-KOTH-12] the first hill is always the first; the others follow in their order or the opposite one", () => {
    const three = drawArena(
      "#############",
      "#0.........1#",
      "#.H...H...H.#",
      "#0.........1#",
      "#############",
    );
    const orders = new Set<string>();
    for (let seed = 0; seed < 20; seed++) {
      const world = createWorld(three, seed, { mode: "kingOfTheHill" });
      const columns = Array.from({ length: 4 }, () => {
        const column = world.state.hill.x / 64;
        step(world, moveEveryTicks);
        return column;
      });
      orders.add(columns.join(" "));
    }
    expect([...orders].sort()).toEqual(["2 10 6 2", "2 6 10 2"]);
  });

  test("[MODE-KOTH-9] the score limit in seconds ends the match; kills score nothing", () => {
    const { world, a } = match({ scoreLimit: 3 });
    shootDown(world, "a", "b");
    expect(scores(world)).toEqual([0, 0]);
    Object.assign(a, ON);
    step(world, 3 * pointEveryTicks - 1);
    expect(world.state.phase).toBe("live");
    step(world);
    expect([world.state.phase, world.state.scoreA]).toEqual(["results", 3]);
  });

  test("[MODE-KOTH-10] a map without a hill throws an error that says so", () => {
    expect(() => createWorld(openArena(), 1, { mode: "kingOfTheHill" })).toThrow('arena "drawn" has no hill');
  });
});
