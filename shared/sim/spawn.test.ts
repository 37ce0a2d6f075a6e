import { expect, test } from "vitest";
import { addDrone, createWorld } from "#shared/testing/builders.ts";
import { readArena } from "#shared/testing/readMap.ts";
import { isLineClear } from "./collision.ts";
import { createDrone, spawnDrone } from "./spawn.ts";

const NEAR_PX = 600;
const SIGHT_PX = 900;
const SEEDS = 40;

const MAPS = ["anvil", "causeway", "foundry", "orchard"];

test.each(MAPS)(
  "[SPAWN-4] on %s nobody spawns near or in sight of an enemy while a point is safe, nor remote",
  (name) => {
    const arena = readArena(name);
    for (let seed = 0; seed < SEEDS; seed++) {
      const world = createWorld(arena, seed);
      const places = arena.pickups.filter((_, at) => (at + seed) % 5 === 0).slice(0, 3);
      for (const [at, { x, y }] of places.entries()) addDrone(world, `enemy-${at}`, { x, y });
      const isSafe = (point: { x: number; y: number }) =>
        places.every(({ x, y }) => {
          const px = Math.hypot(point.x - x, point.y - y);
          return px >= NEAR_PX && (px >= SIGHT_PX || !isLineClear(arena, point.x, point.y, x, y));
        });
      const enemyPx = (point: { x: number; y: number }) =>
        Math.min(...places.map(({ x, y }) => Math.hypot(point.x - x, point.y - y)));
      const drone = createDrone("", 9);
      world.state.drones.set("me", drone);
      spawnDrone(world, "me", drone, []);
      const safe = arena.spawns.filter(isSafe);
      if (safe.length === 0) {
        expect(enemyPx(drone)).toBeCloseTo(Math.max(...arena.spawns.map(enemyPx)), 3);
        continue;
      }
      expect(isSafe(drone)).toBe(true);
      expect(enemyPx(drone)).toBeLessThanOrEqual(Math.min(...safe.map(enemyPx)) + 250);
    }
  },
);
