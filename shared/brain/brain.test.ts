import { describe, expect, test } from "vitest";
import { seededRandom } from "#shared/sim/random.ts";
import { drawArena } from "#shared/testing/builders.ts";
import { createBrain, type SeenDrone } from "./brain.ts";

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
const self: SeenDrone = { x: 160, y: 160, hp: 100, team: 0, lastFiredTick: 0 };

/** Share of the ticks in which a bot fires at one who does as told. */
function firingShare(ticks: number, enemyAt: (tick: number) => Partial<SeenDrone>): number {
  const brain = createBrain(arena, seededRandom(5));
  const enemy = { ...BUSH, hp: 100, team: 1, lastFiredTick: 0 };
  let fired = 0;
  for (let tick = 1000; tick < 1000 + ticks; tick++) {
    Object.assign(enemy, enemyAt(tick));
    if (brain.think({ self, others: [self, enemy], tick }).buttons !== 0) fired++;
  }
  return fired / ticks;
}

describe("what a bot makes of bushes", () => {
  test("[BRAIN-1] it shoots at whom it sees, and never at whom a bush hides", () => {
    expect(firingShare(600, () => ({ y: 224 }))).toBeGreaterThan(0.3);
    expect(firingShare(600, () => BUSH)).toBe(0);
  });

  test("[BRAIN-2] it shoots back into a bush while the shot shows who is in it", () => {
    expect(firingShare(600, (tick) => ({ lastFiredTick: tick - 10 }))).toBeGreaterThan(0.3);
  });

  test("[BRAIN-3] it loses at once whom it aimed at, not with its next orders", () => {
    const brain = createBrain(arena, seededRandom(5));
    const enemy = { ...BUSH, y: 224, hp: 100, team: 1, lastFiredTick: 0 };
    const think = (tick: number) => brain.think({ self, others: [enemy], tick });
    let tick = 1000;
    while (think(tick).buttons === 0) tick++;
    Object.assign(enemy, BUSH);
    expect(think(tick + 1).buttons).toBe(0);
  });
});
