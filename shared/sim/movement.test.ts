import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { isSolidTile } from "#shared/arena/arena.ts";
import { TICKS_PER_SEC } from "#shared/config.ts";
import {
  addDrone,
  command,
  createWorld,
  drawArena,
  holding,
  openArena,
  TILE_PX,
} from "#shared/testing/builders.ts";
import { DRONE } from "#shared/tuning.ts";
import { driveDrone } from "./drive.ts";
import { moveDrone } from "./movement.ts";
import { DRONE_BODY_FIELDS, type DroneBody } from "./world.ts";

const maze = drawArena(
  "##########",
  "#S..#...S#",
  "#.#...##.#",
  "#.##.#...#",
  "#....#.#.#",
  "#S##...#S#",
  "##########",
);

const anyCommand = fc.record({
  moveX: fc.integer({ min: -127, max: 127 }),
  moveY: fc.integer({ min: -127, max: 127 }),
  aim: fc.integer({ min: 0, max: 65535 }).map((step) => (step / 65536) * 2 * Math.PI),
  buttons: fc.integer({ min: 0, max: 7 }),
  reach: fc.integer({ min: 0, max: 255 }),
});

/** Held for a few ticks each, as people do: a fresh direction every tick would only jitter on the spot. */
const anyDrive = fc.array(fc.tuple(anyCommand, fc.integer({ min: 1, max: 20 })), { maxLength: 30 });

const body = (fields: Partial<DroneBody> = {}): DroneBody => ({
  ...{ x: 96, y: 96, vx: 0, vy: 0, aim: 0, hp: 100, cooldownTicks: 0 },
  ...{ special: 0, ammo: 0, specialCooldownTicks: 0, dashTicks: 0, dashCooldownTicks: 0 },
  ...{ hasteTicks: 0, overchargeTicks: 0 },
  ...fields,
});

function deepestOverlapPx({ x, y }: DroneBody): number {
  let deepest = 0;
  for (let row = 0; row < maze.rows; row++) {
    for (let column = 0; column < maze.columns; column++) {
      if (!isSolidTile(maze, column, row)) continue;
      const nearestX = Math.max(column * TILE_PX, Math.min(x, (column + 1) * TILE_PX));
      const nearestY = Math.max(row * TILE_PX, Math.min(y, (row + 1) * TILE_PX));
      deepest = Math.max(deepest, DRONE.radiusPx - Math.hypot(x - nearestX, y - nearestY));
    }
  }
  return deepest;
}

describe("moveDrone", () => {
  test("[MOVE-1] no sequence of commands pushes a drone into a wall by more than the wire's grid", () => {
    fc.assert(
      fc.property(anyDrive, (drive) => {
        const drone = body();
        for (const [held, ticks] of drive) {
          for (let i = 0; i < ticks; i++) moveDrone(drone, held, maze, []);
          expect(deepestOverlapPx(drone)).toBeLessThan(0.1);
        }
      }),
      { numRuns: 300 },
    );
  });

  test("[MOVE-2] not even the fastest drone the wire can carry tunnels through a wall", () => {
    const drone = body({ x: 96, y: 96, vx: 1023, vy: 1023 });
    for (let i = 0; i < 60; i++) {
      drone.vx = 1023;
      moveDrone(drone, command({ moveX: 127 }), maze, []);
      expect(deepestOverlapPx(drone)).toBeLessThan(0.1);
      expect(drone.x).toBeLessThan(4 * TILE_PX);
    }
  });

  test("[MOVE-3] the top speed is the tuned one, straight and diagonal alike", () => {
    for (const [moveX, moveY] of [
      [127, 0],
      [127, 127],
      [90, -90],
    ] as const) {
      const drone = body({ x: 1280, y: 640 });
      for (let i = 0; i < 15; i++) moveDrone(drone, command({ moveX, moveY }), openArena(), []);
      expect(Math.hypot(drone.vx, drone.vy)).toBeCloseTo(DRONE.maxSpeedPxPerSec, 0);
    }
  });

  test("[MOVE-4] a half-pushed stick is half as fast", () => {
    const drone = body({ x: 640, y: 640 });
    for (let i = 0; i < 15; i++) moveDrone(drone, command({ moveX: 64 }), openArena(), []);
    expect(drone.vx).toBeCloseTo((DRONE.maxSpeedPxPerSec * 64) / 127, 0);
  });

  test("[MOVE-5] along a wall of many tiles it slides at full speed and never catches on a seam", () => {
    const arena = openArena();
    const drone = body({ x: 200, y: TILE_PX + DRONE.radiusPx });
    const intoWall = command({ moveX: 127, moveY: -127 });
    for (let i = 0; i < 10; i++) moveDrone(drone, intoWall, arena, []);
    const from = drone.x;
    for (let i = 0; i < TICKS_PER_SEC; i++) moveDrone(drone, intoWall, arena, []);
    expect(drone.x - from).toBeCloseTo(DRONE.maxSpeedPxPerSec * Math.SQRT1_2, -1);
    expect(drone.y).toBe(TILE_PX + DRONE.radiusPx);
  });

  test("[MOVE-6] a let-go stick stops the drone within a quarter of a second", () => {
    const drone = body({ x: 640, y: 640, vx: DRONE.maxSpeedPxPerSec });
    for (let i = 0; i < TICKS_PER_SEC / 4; i++) moveDrone(drone, command(), openArena(), []);
    expect(drone.vx).toBe(0);
  });
});

describe("bumping", () => {
  const other = (x: number, y: number, hp = 100) => ({ x, y, hp });

  test("[BUMP-1] a living drone pushes aside, a destroyed one does not", () => {
    for (const [hp, pushed] of [
      [100, true],
      [0, false],
    ] as const) {
      const drone = body({ x: 600, y: 600 });
      for (let i = 0; i < 5; i++) moveDrone(drone, command(), openArena(), [other(590, 600, hp)]);
      expect(drone.x > 600).toBe(pushed);
    }
  });

  test("[BUMP-2] two that overlap come apart, by at most the tuned speed, and stay apart", () => {
    const drone = body({ x: 600, y: 600 });
    let before = drone.x;
    for (let i = 0; i < 60; i++) {
      moveDrone(drone, command(), openArena(), [other(590, 600)]);
      expect(drone.x - before).toBeLessThanOrEqual(DRONE.bumpPxPerSec / TICKS_PER_SEC + 0.1);
      before = drone.x;
    }
    expect(drone.x).toBeCloseTo(590 + 2 * DRONE.radiusPx, 0);
  });

  test("[BUMP-3] nobody is pushed into a wall", () => {
    const drone = body({ x: 96, y: 96 });
    for (let i = 0; i < 30; i++) {
      moveDrone(drone, command({ moveX: -127, moveY: -127 }), maze, [other(drone.x + 10, drone.y + 10)]);
      expect(deepestOverlapPx(drone)).toBeLessThan(0.1);
    }
  });
});

test("[PREDICT-1] a plain object and the schema's entity go the same way, to the bit", () => {
  fc.assert(
    fc.property(anyDrive, (drive) => {
      const world = createWorld(maze);
      const kit = { ...holding("scatter"), hasteTicks: 60 };
      const entity = addDrone(world, "a", { x: 96, y: 96, ...kit });
      const predicted = body(kit);
      for (const [held, ticks] of drive) {
        for (let i = 0; i < ticks; i++) {
          expect(driveDrone(predicted, held, maze, [])).toEqual(driveDrone(entity, held, maze, []));
        }
      }
      // The entity's aim is only drawn, and coarser than a command's.
      for (const field of DRONE_BODY_FIELDS)
        if (field !== "aim") expect(predicted[field]).toBe(entity[field]);
    }),
  );
});
