import { expect, test } from "vitest";
import { fireShot } from "#shared/sim/combat.ts";
import { addDrone, createWorld, openArena } from "#shared/testing/builders.ts";
import { PROJECTILE_NAMES, type ProjectileName } from "#shared/tuning.ts";
import { findThreat } from "./dodge.ts";
import { WorldSnapshot } from "./worldSnapshot.ts";

const arena = openArena();

/** A shot from 400 px to the left, `asidePx` below the bot, that has flown for `ageTicks`. */
function threat(weapon: ProjectileName, { asidePx = 0, ageTicks = 6, team = 1, reach = 100 } = {}) {
  const world = createWorld(arena);
  addDrone(world, "self", { x: 800, y: 600, team: 0 });
  addDrone(world, "enemy", { x: 400, y: 600, team });
  fireShot(world, "enemy", {
    x: 400,
    y: 600 + asidePx,
    aim: 0,
    weapon: PROJECTILE_NAMES.indexOf(weapon),
    reach,
  });
  world.state.tick += ageTicks;
  const snapshot = new WorldSnapshot(arena);
  snapshot.read(world.state);
  const perception = snapshot.perceptionOf("self");
  if (!perception) throw new Error("no drone");
  return findThreat(perception, 5);
}

test("[DODGE-1] a bot steps to the side of the line on which it already is", () => {
  expect(threat("blaster", { asidePx: 15 })?.out.y).toBeCloseTo(-1);
  expect(threat("blaster", { asidePx: -15 })?.out.y).toBeCloseTo(1);
});

test("[DODGE-2] a shot that misses, a friend's shot and one too young to notice are no threat", () => {
  expect(threat("blaster", { asidePx: 60 })).toBeUndefined();
  expect(threat("blaster", { team: 0 })).toBeUndefined();
  expect(threat("blaster", { ageTicks: 3 })).toBeUndefined();
});

test("[DODGE-3] a bot runs from where a shell will land, not from its flight path", () => {
  expect(threat("mortar", { ageTicks: 12, reach: 110 / 4 + 80 })?.out.x).toBeLessThan(0);
  expect(threat("mortar", { ageTicks: 6, reach: 150 / 4 })).toBeUndefined();
});
