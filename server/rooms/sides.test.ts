import fc from "fast-check";
import { expect, test } from "vitest";
import { type ArenaWorld, createWorld } from "#shared/game/createWorld.ts";
import { endlessRules } from "#shared/modes/rules.ts";
import type { ModeName } from "#shared/schema/names.ts";
import { openArena } from "#shared/testing/builders.ts";
import { takeSeat } from "./seats.ts";
import { assignTeams, freeTeam, type StrengthOf } from "./sides.ts";

const bySeat =
  (points: Readonly<Record<string, number>>): StrengthOf =>
  (id) =>
    points[id] ?? 0;

/** A world with these players, each of whom joins as a newcomer does, and bots. */
function filled(
  points: Readonly<Record<string, number>>,
  bots = 0,
  mode: ModeName = "teamDeathmatch",
): ArenaWorld {
  const world = createWorld(openArena(), 1, endlessRules(mode));
  for (const id of Object.keys(points)) {
    takeSeat(world, { id, name: id, bot: false }, freeTeam(world, bySeat(points)));
  }
  for (let bot = 0; bot < bots; bot++) {
    takeSeat(world, { id: `bot-${bot}`, name: "Rivet", bot: true }, freeTeam(world));
  }
  return world;
}

const sideOf = ({ state }: ArenaWorld, side: number): string[] =>
  [...state.roster.entries()].filter(([, { team }]) => team === side).map(([id]) => id);
const strengthsOf = (world: ArenaWorld, strengthOf: StrengthOf): number[] =>
  [0, 1].map((side) => sideOf(world, side).reduce((sum, id) => sum + strengthOf(id), 0));

test("[SIDES-1] a newcomer joins the smaller side, and of equal ones the weaker", () => {
  const points = { strong: 2000, weak: 500, third: 900 };
  const world = filled(points);
  expect(sideOf(world, 0)).toEqual(["strong"]);
  expect(sideOf(world, 1)).toEqual(["weak", "third"]);
  expect(freeTeam(world, bySeat(points))).toBe(0);
});

test("[SIDES-2] a newcomer joins bots before people, where the sides are of one size", () => {
  const points = { one: 1000, two: 1000, three: 1000 };
  const world = filled(points, 1);
  const [side = 0] = [0, 1].filter((team) => sideOf(world, team).includes("bot-0"));
  expect(freeTeam(world, bySeat(points))).toBe(side);
});

const anyPoints = fc.array(fc.integer({ min: 0, max: 3000 }), { minLength: 1, maxLength: 32 });

test("[SIDES-3] new sides differ by at most one drone, and in points by no more than two neighbours in strength", () => {
  fc.assert(
    fc.property(anyPoints, fc.nat(12), (values, bots) => {
      const points = Object.fromEntries(values.map((value, index) => [`p${index}`, value]));
      const world = filled(points, bots);
      const strengthOf = bySeat(points);
      assignTeams(world, false, strengthOf);
      const people = [0, 1].map((side) => sideOf(world, side).filter((id) => !id.startsWith("bot")).length);
      const drones = [0, 1].map((side) => sideOf(world, side).length);
      for (const [a = 0, b = 0] of [people, drones]) expect(Math.abs(a - b)).toBeLessThanOrEqual(1);
      for (const [id, drone] of world.state.drones.entries()) {
        expect(drone.team).toBe(world.state.roster.get(id)?.team);
      }
      if (values.length % 2 === 1) return;
      const sorted = values.toSorted((a, b) => b - a);
      const gaps = sorted.map((value, index) => (index % 2 === 0 ? value - (sorted[index + 1] ?? 0) : 0));
      const [a = 0, b = 0] = strengthsOf(world, strengthOf);
      expect(Math.abs(a - b)).toBeLessThanOrEqual(Math.max(...gaps));
    }),
  );
});

test("[SIDES-4] equally strong players take turns in the order in which they came", () => {
  const points = { a: 1000, b: 1000, c: 1000, d: 1000 };
  const world = filled(points);
  assignTeams(world, false, bySeat(points));
  expect([sideOf(world, 0), sideOf(world, 1)]).toEqual([
    ["a", "c"],
    ["b", "d"],
  ]);
});

test("[SIDES-5] with kept sides nobody but bots moves, however uneven the points", () => {
  const points = { a: 3000, b: 1, c: 3000, d: 1 };
  const world = filled(points, 2);
  const before = new Map([...world.state.roster.entries()].map(([id, { team }]) => [id, team]));
  assignTeams(world, true, bySeat(points));
  for (const id of Object.keys(points)) expect(world.state.roster.get(id)?.team).toBe(before.get(id));
});

test("[SIDES-6] without sides every drone is a side of its own, whatever the points", () => {
  const points = { a: 1, b: 2, c: 3 };
  const world = filled(points, 2, "deathmatch");
  expect(freeTeam(world, bySeat(points))).toBe(5);
  assignTeams(world, false, bySeat(points));
  expect(new Set([...world.state.drones.values()].map(({ team }) => team)).size).toBe(5);
});
