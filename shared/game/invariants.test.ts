import { expect, test } from "vitest";
import { MODE_NAMES } from "#shared/schema/names.ts";
import { Flag } from "#shared/schema/state.ts";
import { addDrone, createWorld, fireAt, openArena } from "#shared/testing/builders.ts";
import { readArena } from "#shared/testing/readMap.ts";
import { BotMatch } from "#shared/trial/botMatch.ts";
import { brokenInvariant } from "./invariants.ts";

test.each(MODE_NAMES)("[FLIGHT-18] a match of bots in %s breaks no invariant", (mode) => {
  const match = new BotMatch(readArena("causeway"), 4, Array(8).fill("hard"), { mode });
  for (let tick = 0; tick < 2_000; tick++) {
    match.step();
    expect(brokenInvariant(match.world), `tick ${tick}`).toBeUndefined();
  }
});

type Changed = ReturnType<typeof furnished>;
function furnished() {
  const world = createWorld(openArena());
  addDrone(world, "a");
  addDrone(world, "b");
  fireAt(world, "a", "b");
  return {
    world,
    drone: world.state.drones.get("a") as object,
    shot: world.state.projectiles.get("1") as object,
  };
}

test.each<[what: string, change: (parts: Changed) => unknown]>([
  ["drone a: score is NaN", ({ drone }) => Object.assign(drone, { score: Number.NaN })],
  ["drone a is outside the arena", ({ drone }) => Object.assign(drone, { x: 4000 })],
  ["drone a has 130 hp", ({ drone }) => Object.assign(drone, { hp: 130 })],
  ["drone a has a shield of 101", ({ drone }) => Object.assign(drone, { shield: 101 })],
  ["shot 1: bornTick is Infinity", ({ shot }) => Object.assign(shot, { bornTick: Number.POSITIVE_INFINITY })],
  ["the match: scoreA is NaN", ({ world }) => Object.assign(world.state, { scoreA: Number.NaN })],
  [
    "there are 1 flags, and 0 at most",
    ({ world }) => world.state.flags.set("0", new Flag({ team: 0, x: 1, y: 2, carrier: "", droppedTick: 0 })),
  ],
])("[FLIGHT-19] tells: %s", (what, change) => {
  const parts = furnished();
  expect(brokenInvariant(parts.world)).toBeUndefined();
  change(parts);
  expect(brokenInvariant(parts.world)).toContain(what);
});
