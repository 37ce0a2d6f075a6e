import { describe, expect, test } from "vitest";
import type { Arena } from "#shared/arena/arena.ts";
import type { ModeName } from "#shared/schema/names.ts";
import type { Drone, Flag } from "#shared/schema/state.ts";
import { collectPickups } from "#shared/sim/pickup.ts";
import { seededRandom } from "#shared/sim/random.ts";
import { addDrone, createWorld, holding, openArena } from "#shared/testing/builders.ts";
import { chooseGoal } from "./decide.ts";
import type { Goal } from "./goal.ts";
import { Memory } from "./memory.ts";
import { lookAround, type Sights } from "./perception.ts";
import { chooseTarget } from "./target.ts";
import { WorldSnapshot } from "./worldSnapshot.ts";

const HOME = { x: 160, y: 640, team: 0 };
const THEIRS = { x: 2400, y: 640, team: 1 };
const HEALTH = { x: 400, y: 900, kind: "health" as const };
const RAIL = { x: 900, y: 900, kind: "rail" as const };
const HILL = { x: 1200, y: 500, width: 200, height: 200 };
const arena: Arena = { ...openArena(), flags: [HOME, THEIRS], hills: [HILL], pickups: [HEALTH, RAIL] };

interface Setting {
  mode: ModeName;
  self?: Partial<Drone>;
  others?: Readonly<Record<string, Partial<Drone>>>;
  flags?: Readonly<Record<0 | 1, Partial<Flag>>>;
  memory?: Memory;
}

/** The goal of a bot of team 0 at 800,640 with full ammo. Its id "self" sorts last. */
function goalOf({
  mode,
  self = {},
  others = {},
  flags,
  memory = new Memory(arena, seededRandom(1)),
}: Setting): Goal | undefined {
  const world = createWorld(arena, 1, { mode });
  addDrone(world, "self", { x: 800, y: 640, team: 0, ...holding("rail"), ...self });
  for (const [id, fields] of Object.entries(others)) addDrone(world, id, { team: 1, ...fields });
  for (const team of [0, 1] as const) Object.assign(world.state.flags.get(String(team)) ?? {}, flags?.[team]);
  collectPickups(world, []);
  const snapshot = new WorldSnapshot(arena);
  snapshot.read(world.state);
  const perception = snapshot.perceptionOf("self");
  if (!perception) throw new Error("no drone");
  const sights: Sights = { enemies: [], friends: [] };
  lookAround(arena, perception, sights);
  memory.notePickups(perception);
  const target = chooseTarget(arena, perception, sights.enemies, undefined);
  const rest = { random: seededRandom(1), memory, target, whim: 0.3, errand: 0 };
  return chooseGoal({ arena, perception, sights, ...rest });
}

describe("capture the flag", () => {
  const mode = "captureTheFlag";

  test("[GOAL-1] the first of a team attacks, the second guards", () => {
    expect(goalOf({ mode })?.place).toMatchObject({ x: THEIRS.x, y: THEIRS.y });
    const guard = goalOf({ mode, others: { a: { team: 0, x: 100, y: 100 } } });
    expect(guard?.manner).toBe("hold");
    expect(Math.abs((guard?.place.x ?? 0) - HOME.x)).toBeLessThan(200);
  });

  test("[GOAL-2] a carrier goes home, whoever is in the way and however weak it is", () => {
    const others = { b: { x: 900, y: 640 } };
    const goal = goalOf({ mode, self: { hp: 5 }, others, flags: { 0: {}, 1: { carrier: "self" } } });
    expect(goal).toEqual({ place: { x: HOME.x, y: HOME.y }, manner: "press on" });
  });

  test("[GOAL-3] a bot fetches its dropped flag, and chases the carrier of its flag when in sight", () => {
    const dropped = goalOf({ mode, flags: { 0: { x: 1000, y: 300 }, 1: {} } });
    expect(dropped?.place).toEqual({ x: 1000, y: 300 });
    const thief = { thief: { x: 1100, y: 700 } };
    const chase = goalOf({ mode, others: thief, flags: { 0: { carrier: "thief" }, 1: { carrier: "a" } } });
    expect(chase?.place).toEqual({ x: 1100, y: 700 });
  });

  test("[GOAL-4] friends escort the carrier", () => {
    const others = { a: { team: 0, x: 1000, y: 900 }, b: { team: 0, x: 100, y: 100 } };
    const goal = goalOf({ mode, others, flags: { 0: {}, 1: { carrier: "a" } } });
    expect(goal?.place).toEqual({ x: 1000, y: 900 });
  });
});

test("[GOAL-10] with both flags away every other attacker escorts the carrier, and the rest look for the own flag", () => {
  const mode = "captureTheFlag";
  const flags = { 0: { carrier: "thief" }, 1: { carrier: "a" } };
  const carrier = { a: { team: 0, x: 1000, y: 900 } };
  const scout = { ...carrier, b: { team: 0, x: 100, y: 100 }, c: { team: 0, x: 100, y: 200 } };
  expect(goalOf({ mode, others: { ...carrier, b: scout.b }, flags })?.place).toEqual({ x: 1000, y: 900 });
  expect(goalOf({ mode, others: scout, flags })?.place).toMatchObject({ x: THEIRS.x, y: THEIRS.y });
});

test("[GOAL-5] in king of the hill a bot goes to the hill and stays inside its edge", () => {
  const far = goalOf({ mode: "kingOfTheHill" });
  expect(far?.manner).toBe("press on");
  const on = goalOf({ mode: "kingOfTheHill", self: { x: 1300, y: 600 } });
  expect(on?.manner).toBe("hold");
  for (const { place } of [far, on].filter((goal) => goal !== undefined)) {
    expect(place.x).toBeGreaterThan(HILL.x);
    expect(place.x).toBeLessThan(HILL.x + HILL.width);
  }
});

test("[GOAL-6] a hurt bot goes for health, one without a special for a weapon, one that has all hunts", () => {
  const mode = "deathmatch";
  expect(goalOf({ mode, self: { hp: 40 } })?.place).toMatchObject({ x: HEALTH.x, y: HEALTH.y });
  expect(goalOf({ mode, self: { ammo: 0 } })?.place).toMatchObject({ x: RAIL.x, y: RAIL.y });
  expect(goalOf({ mode })).toBeUndefined();
});

test("[GOAL-7] a bot ignores a pickup that it found missing until it is due", () => {
  const memory = new Memory(arena, seededRandom(1));
  const world = createWorld(arena);
  addDrone(world, "self", { x: 800, y: 640 });
  const snapshot = new WorldSnapshot(arena);
  snapshot.read(world.state);
  const perception = snapshot.perceptionOf("self");
  if (!perception) throw new Error("no drone");
  memory.notePickups(perception);
  expect(memory.expects(0, world.state.tick + 100)).toBe(false);
  expect(memory.expects(0, world.state.tick + 1000)).toBe(true);
});

test("[GOAL-8] a weak and outnumbered bot runs to health that is not behind the enemy", () => {
  const mode = "deathmatch";
  const others = { a: { x: 1000, y: 640 }, b: { x: 1000, y: 700 } };
  const away = goalOf({ mode, self: { hp: 20 }, others });
  expect(away).toMatchObject({ place: { x: HEALTH.x, y: HEALTH.y }, manner: "press on" });
  expect(goalOf({ mode, others })).toBeUndefined();
});

test("[GOAL-9] in team deathmatch a bot stays within sight of a friend", () => {
  const friend = { a: { team: 0, x: 1350, y: 640 } };
  expect(goalOf({ mode: "teamDeathmatch", others: friend })?.place).toEqual({ x: 1350, y: 640 });
});
