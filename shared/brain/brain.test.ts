import { describe, expect, test } from "vitest";
import type { Arena } from "#shared/arena/arena.ts";
import { BUTTON } from "#shared/schema/input.ts";
import type { Drone } from "#shared/schema/state.ts";
import { seededRandom } from "#shared/sim/random.ts";
import { addDrone, createWorld, drawArena } from "#shared/testing/builders.ts";
import { createBrain } from "./brain.ts";
import { WorldSnapshot } from "./worldSnapshot.ts";

const wall = "####################";
const floor = "#..................#";
const arena = drawArena(
  wall,
  "#S................S#",
  "#.........bb.......#",
  floor,
  "#S................S#",
  wall,
);
const BUSH = { x: 704, y: 160 };

/** A bot that stays at 160,160, and one enemy that the test moves. */
function sparring(place: Arena = arena) {
  const world = createWorld(place);
  const self = addDrone(world, "self", { x: 160, y: 160 });
  const enemy = addDrone(world, "enemy", { ...BUSH, lastFiredTick: 0 });
  const brain = createBrain(place, seededRandom(5));
  const snapshot = new WorldSnapshot(place);
  world.state.tick = 1000;
  const think = (changes: Partial<Drone> = {}) => {
    Object.assign(enemy, changes);
    world.state.tick++;
    snapshot.read(world.state);
    const perception = snapshot.perceptionOf("self");
    if (!perception) throw new Error("no drone");
    return brain.think(perception);
  };
  return { world, self, enemy, think };
}

/** Share of the ticks in which the bot fires. */
function firingShare(ticks: number, enemyAt: (tick: number) => Partial<Drone>): number {
  const { think, world } = sparring();
  let fired = 0;
  for (let i = 0; i < ticks; i++) {
    if (think(enemyAt(world.state.tick + 1)).buttons & BUTTON.fire) fired++;
  }
  return fired / ticks;
}

describe("a bot and bushes", () => {
  test("[BRAIN-1] a bot shoots at a drone that it sees, and never at one that a bush hides", () => {
    expect(firingShare(600, () => ({ y: 224 }))).toBeGreaterThan(0.3);
    expect(firingShare(600, () => BUSH)).toBe(0);
  });

  test("[BRAIN-2] a bot shoots back into a bush while the shot reveals its shooter", () => {
    expect(firingShare(600, (tick) => ({ lastFiredTick: tick - 10 }))).toBeGreaterThan(0.3);
  });

  test("[BRAIN-3] a bot loses a target that disappears at once, not with its next decision", () => {
    const { think } = sparring();
    let tries = 0;
    while (!(think({ y: 224 }).buttons & BUTTON.fire)) expect(tries++).toBeLessThan(200);
    expect(think(BUSH).buttons).toBe(0);
  });
});
