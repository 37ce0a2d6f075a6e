import { describe, expect, test } from "vitest";
import { stepWorld } from "#shared/game/step.ts";
import { BUTTON } from "#shared/schema/input.ts";
import { addDrone, command, createWorld, drawArena, holding, openArena } from "#shared/testing/builders.ts";
import { fireShot } from "./combat.ts";
import { seenNow } from "./sight.ts";
import { areMates } from "./teams.ts";
import type { World } from "./world.ts";

const fight = (friendlyFire: boolean) =>
  createWorld(openArena(), 1, { mode: "teamDeathmatch", friendlyFire });
const step = (world: World, ticks: number) => {
  for (let tick = 0; tick < ticks; tick++) stepWorld(world, new Map(), seenNow);
};

describe("shots and team mates", () => {
  test.each([
    [false, [100, 84]],
    [true, [84, 100]],
  ])(
    "[TEAM-1] with friendly fire %s a shot leaves the team mate and the enemy behind it with %j",
    (friendlyFire, hp) => {
      const world = fight(friendlyFire);
      addDrone(world, "a", { x: 400, y: 600, team: 0 });
      const mate = addDrone(world, "mate", { x: 500, y: 600, team: 0 });
      const enemy = addDrone(world, "enemy", { x: 600, y: 600, team: 1 });
      fireShot(world, "a", { x: 400, y: 600, aim: 0, weapon: 0 });
      step(world, 10);
      expect([mate.hp, enemy.hp]).toEqual(hp);
    },
  );

  test.each([
    [false, [100, 40]],
    [true, [40, 100]],
  ])("[TEAM-2] with friendly fire %s a rail leaves them with %j", (friendlyFire, hp) => {
    const world = fight(friendlyFire);
    addDrone(world, "a", { x: 400, y: 600, team: 0, ...holding("rail") });
    const mate = addDrone(world, "mate", { x: 500, y: 600, team: 0 });
    const enemy = addDrone(world, "enemy", { x: 600, y: 600, team: 1 });
    stepWorld(world, new Map([["a", [command({ buttons: BUTTON.altFire })]]]), seenNow);
    expect([mate.hp, enemy.hp]).toEqual(hp);
  });

  test("[TEAM-3] a shot keeps its shooter's team after the shooter has left or changed teams", () => {
    for (const leave of [true, false]) {
      const world = fight(false);
      const shooter = addDrone(world, "a", { x: 400, y: 600, team: 0 });
      const mate = addDrone(world, "mate", { x: 500, y: 600, team: 0 });
      const enemy = addDrone(world, "enemy", { x: 600, y: 600, team: 1 });
      fireShot(world, "a", { x: 400, y: 600, aim: 0, weapon: 0 });
      fireShot(world, "a", { x: 400, y: 600, aim: 0, weapon: 2, reach: 45 });
      if (leave) world.state.drones.delete("a");
      else shooter.team = 1;
      step(world, 12);
      expect(mate.hp).toBe(100);
      expect(enemy.hp).toBeLessThan(60);
    }
  });

  test("[TEAM-4] drones are team mates only in team modes, and only while both are in the room", () => {
    const teamed = fight(false);
    for (const [id, team] of [
      ["a", 0],
      ["b", 0],
      ["c", 1],
    ] as const)
      addDrone(teamed, id, { team });
    expect([
      areMates(teamed, "a", "b"),
      areMates(teamed, "a", "c"),
      areMates(teamed, "gone", "left"),
    ]).toEqual([true, false, false]);
    const alone = createWorld(openArena());
    for (const id of ["a", "b"]) addDrone(alone, id, { team: 0 });
    expect(areMates(alone, "a", "b")).toBe(false);
  });
});

describe("spawns of teams", () => {
  const sides = drawArena(
    "####################",
    "#0........S.......1#",
    "#..................#",
    "#0................1#",
    "####################",
  );

  test("[TEAM-5] in team modes a drone respawns at its team's own points", () => {
    for (let seed = 0; seed < 20; seed++) {
      const world = createWorld(sides, seed, { mode: "teamDeathmatch" });
      const left = addDrone(world, "a", { hp: 0, team: 0 });
      const right = addDrone(world, "b", { hp: 0, team: 1 });
      step(world, 1);
      expect([left.x, right.x]).toEqual([96, 18.5 * 64]);
    }
  });

  test("[TEAM-6] in deathmatch every point serves every drone", () => {
    const xs = new Set<number>();
    for (let seed = 0; seed < 40; seed++) {
      const world = createWorld(sides, seed);
      const drone = addDrone(world, "a", { hp: 0 });
      step(world, 1);
      xs.add(drone.x);
    }
    expect(xs.size).toBe(3);
  });

  test("[TEAM-7] on a map without team points a drone may respawn at any point", () => {
    const world = createWorld(openArena(), 1, { mode: "teamDeathmatch" });
    const drone = addDrone(world, "a", { hp: 0, team: 1 });
    step(world, 1);
    expect(drone.hp).toBe(100);
  });

  test("[TEAM-8] a drone respawns far from enemies, however near its team mates are", () => {
    const world = createWorld(sides, 3, { mode: "teamDeathmatch" });
    addDrone(world, "mate", { x: 220, y: 96, team: 0 });
    addDrone(world, "enemy", { x: 200, y: 224, team: 1 });
    const drone = addDrone(world, "a", { hp: 0, team: 0 });
    step(world, 1);
    expect([drone.x, drone.y]).toEqual([96, 96]);
  });
});
