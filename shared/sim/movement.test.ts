import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { isSolidTile } from "#shared/arena/arena.ts";
import { TICKS_PER_SEC } from "#shared/config.ts";
import { BUTTON } from "#shared/schema/input.ts";
import {
  addDrone,
  command,
  createWorld,
  drawArena,
  holding,
  openArena,
  TILE_PX,
} from "#shared/testing/builders.ts";
import { DASH, DRONE, HITSCANS, PICKUPS } from "#shared/tuning.ts";
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

/** Each command is held for a few ticks: a new direction every tick would only jitter on the spot. */
const anyDrive = fc.array(fc.tuple(anyCommand, fc.integer({ min: 1, max: 20 })), { maxLength: 30 });

const body = (fields: Partial<DroneBody> = {}): DroneBody => ({
  x: 96,
  y: 96,
  vx: 0,
  vy: 0,
  aim: 0,
  hp: 100,
  cooldownTicks: 0,
  special: 0,
  ammo: 0,
  specialCooldownTicks: 0,
  dashTicks: 0,
  dashCooldownTicks: 0,
  hasteTicks: 0,
  overchargeTicks: 0,
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

  test("[MOVE-2] even the fastest drone that the wire can carry does not tunnel through a wall", () => {
    const drone = body({ x: 96, y: 96, vx: 1023, vy: 1023 });
    for (let i = 0; i < 60; i++) {
      drone.vx = 1023;
      moveDrone(drone, command({ moveX: 127 }), maze, []);
      expect(deepestOverlapPx(drone)).toBeLessThan(0.1);
      expect(drone.x).toBeLessThan(4 * TILE_PX);
    }
  });

  test("[MOVE-3] the top speed is the tuned one, straight and diagonal", () => {
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

  test("[MOVE-4] a stick at half its range gives half the speed", () => {
    const drone = body({ x: 640, y: 640 });
    for (let i = 0; i < 15; i++) moveDrone(drone, command({ moveX: 64 }), openArena(), []);
    expect(drone.vx).toBeCloseTo((DRONE.maxSpeedPxPerSec * 64) / 127, 0);
  });

  test("[MOVE-5] a drone slides along a wall of many tiles at full speed and never catches on a seam", () => {
    const arena = openArena();
    const drone = body({ x: 200, y: TILE_PX + DRONE.radiusPx });
    const intoWall = command({ moveX: 127, moveY: -127 });
    for (let i = 0; i < 10; i++) moveDrone(drone, intoWall, arena, []);
    const from = drone.x;
    for (let i = 0; i < TICKS_PER_SEC; i++) moveDrone(drone, intoWall, arena, []);
    expect(drone.x - from).toBeCloseTo(DRONE.maxSpeedPxPerSec * Math.SQRT1_2, -1);
    expect(drone.y).toBe(TILE_PX + DRONE.radiusPx);
  });

  test("[MOVE-6] a drone stops within a quarter of a second after the stick is released", () => {
    const drone = body({ x: 640, y: 640, vx: DRONE.maxSpeedPxPerSec });
    for (let i = 0; i < TICKS_PER_SEC / 4; i++) moveDrone(drone, command(), openArena(), []);
    expect(drone.vx).toBe(0);
  });
});

describe("bumping", () => {
  const other = (x: number, y: number, hp = 100) => ({ x, y, hp });

  test("[BUMP-1] a living drone pushes others aside, a destroyed one does not", () => {
    for (const [hp, pushed] of [
      [100, true],
      [0, false],
    ] as const) {
      const drone = body({ x: 600, y: 600 });
      for (let i = 0; i < 5; i++) moveDrone(drone, command(), openArena(), [other(590, 600, hp)]);
      expect(drone.x > 600).toBe(pushed);
    }
  });

  test("[BUMP-2] two overlapping drones separate, by at most the tuned speed, and stay apart", () => {
    const drone = body({ x: 600, y: 600 });
    let before = drone.x;
    for (let i = 0; i < 60; i++) {
      moveDrone(drone, command(), openArena(), [other(590, 600)]);
      expect(drone.x - before).toBeLessThanOrEqual(DRONE.bumpPxPerSec / TICKS_PER_SEC + 0.1);
      before = drone.x;
    }
    expect(drone.x).toBeCloseTo(590 + 2 * DRONE.radiusPx, 0);
  });

  test("[BUMP-3] no drone is pushed into a wall", () => {
    const drone = body({ x: 96, y: 96 });
    for (let i = 0; i < 30; i++) {
      moveDrone(drone, command({ moveX: -127, moveY: -127 }), maze, [other(drone.x + 10, drone.y + 10)]);
      expect(deepestOverlapPx(drone)).toBeLessThan(0.1);
    }
  });

  test("[BUMP-4] a crowd pushes no faster than one drone, and never into a wall", () => {
    const crowd = Array.from({ length: 60 }, (_, index) => other(150 + (index % 7) / 10, 96));
    const drone = body({ x: 120, y: 96 });
    for (let i = 0; i < 60; i++) {
      const before = drone.x;
      moveDrone(drone, command(), maze, crowd);
      expect(before - drone.x).toBeLessThanOrEqual(DRONE.bumpPxPerSec / TICKS_PER_SEC + 0.1);
      expect(deepestOverlapPx(drone)).toBeLessThan(0.1);
    }
    const dashing = body({ x: 120, y: 96 });
    for (let i = 0; i < 6; i++) {
      driveDrone(dashing, command({ moveX: -127, buttons: BUTTON.dash }), maze, crowd);
      expect(deepestOverlapPx(dashing)).toBeLessThan(0.1);
    }
  });
});

describe("the dash", () => {
  const dash = (moveX: number, moveY = 0) => command({ moveX, moveY, buttons: BUTTON.dash });
  const open = openArena();

  /** The drone's place after each of the commands. */
  const drive = (drone: DroneBody, held: ReturnType<typeof command>, ticks: number, arena = open) =>
    Array.from({ length: ticks }, () => {
      driveDrone(drone, held, arena, []);
      return { x: drone.x, y: drone.y };
    });

  test("[DASH-1] a dash covers exactly 160 px in five ticks, 32 px in each, on the wire's grid", () => {
    for (const [moveX, moveY, axis, sign] of [
      [127, 0, "x", 1],
      [-1, 0, "x", -1],
      [0, 127, "y", 1],
      [0, -60, "y", -1],
    ] as const) {
      const drone = body({ x: 1280, y: 640 });
      const from = drone[axis];
      const way = drive(drone, dash(moveX, moveY), DASH.ticks).map((place) => place[axis] - from);
      expect(way).toEqual([32, 64, 96, 128, 160].map((px) => px * sign));
    }
  });

  test("[DASH-2] a dash covers 160 px in every direction, within one grid step per tick, with haste and from any speed", () => {
    const anyStick = fc.tuple(fc.integer({ min: -127, max: 127 }), fc.integer({ min: -127, max: 127 }));
    const isStick = ([x, y]: [number, number]) => x !== 0 || y !== 0;
    fc.assert(
      fc.property(
        anyStick.filter(isStick),
        fc.boolean(),
        fc.integer({ min: -330, max: 330 }),
        (stick, hasty, vx) => {
          const drone = body({ x: 1280, y: 640, vx, hasteTicks: hasty ? 200 : 0 });
          drive(drone, dash(...stick), DASH.ticks);
          const { x, y } = drone;
          expect(Math.abs(Math.hypot(x - 1280, y - 640) - 160)).toBeLessThan(DASH.ticks / 16);
          expect([x * 16, y * 16].every(Number.isInteger)).toBe(true);
          const length = Math.hypot(...stick);
          expect(x - 1280).toBeCloseTo((160 * stick[0]) / length, 0);
          expect(y - 640).toBeCloseTo((160 * stick[1]) / length, 0);
        },
      ),
    );
  });

  test("[DASH-3] after a dash a drone is no faster than any other, and stops as soon", () => {
    const drone = body({ x: 1280, y: 640 });
    drive(drone, dash(127), DASH.ticks);
    expect(drone).toMatchObject({ dashTicks: 0, vx: DRONE.maxSpeedPxPerSec, vy: 0 });
    const walking = body({ x: drone.x, y: 640, vx: DRONE.maxSpeedPxPerSec });
    expect(drive(drone, command(), 10)).toEqual(drive(walking, command(), 10));
    expect(drone.vx).toBe(0);
  });

  test("[DASH-4] a dash keeps its direction whatever the stick does meanwhile", () => {
    const drone = body({ x: 1280, y: 640 });
    drive(drone, dash(127), 1);
    drive(drone, command({ moveX: -127, moveY: 127 }), DASH.ticks - 1);
    expect(drone).toMatchObject({ x: 1440, y: 640 });
  });

  test("[DASH-5] a dash is ready again after exactly 75 commands while the button is held", () => {
    const drone = body({ x: 1280, y: 640 });
    const started: number[] = [];
    for (let tick = 0; tick <= 2 * DASH.cooldownTicks; tick++) {
      drone.x = 1280;
      drive(drone, dash(127), 1);
      if (drone.dashTicks === DASH.ticks - 1) started.push(tick);
    }
    expect(started).toEqual([0, DASH.cooldownTicks, 2 * DASH.cooldownTicks]);
    expect(DASH.cooldownTicks).toBe(75);
  });

  test("[DASH-6] a dash with a centred stick does nothing and costs nothing", () => {
    const drone = body({ x: 1280, y: 640 });
    drive(drone, dash(0), 3);
    expect(drone).toMatchObject({ x: 1280, dashTicks: 0, dashCooldownTicks: 0 });
  });

  test("[DASH-7] no dash passes a wall, from any place, with any stick, with haste or knock-back", () => {
    const anyDash = fc.record({
      moveX: fc.integer({ min: -127, max: 127 }),
      moveY: fc.integer({ min: -127, max: 127 }),
      vx: fc.integer({ min: -700, max: 700 }),
      vy: fc.integer({ min: -700, max: 700 }),
      ticks: fc.integer({ min: 1, max: 12 }),
    });
    fc.assert(
      fc.property(fc.array(anyDash, { maxLength: 20 }), (dashes) => {
        const drone = body();
        for (const { moveX, moveY, vx, vy, ticks } of dashes) {
          Object.assign(drone, { dashCooldownTicks: 0, dashTicks: 0, hasteTicks: 200, vx, vy });
          for (let tick = 0; tick < ticks; tick++) {
            driveDrone(drone, dash(moveX, moveY), maze, []);
            expect(deepestOverlapPx(drone)).toBeLessThan(0.1);
            expect(isSolidTile(maze, Math.floor(drone.x / TILE_PX), Math.floor(drone.y / TILE_PX))).toBe(
              false,
            );
          }
        }
      }),
      { numRuns: 300 },
    );
  });

  test("[DASH-8] a dash into a wall slides along it and ends at the same time", () => {
    const drone = body({ x: 640, y: TILE_PX + DRONE.radiusPx });
    drive(drone, dash(127, -127), DASH.ticks);
    expect(drone.y).toBe(TILE_PX + DRONE.radiusPx);
    expect(drone.x - 640).toBeCloseTo(160 * Math.SQRT1_2, 0);
    expect(Math.hypot(drone.vx, drone.vy)).toBeLessThanOrEqual(DRONE.maxSpeedPxPerSec + 0.05);
  });

  test("[DASH-9] a drone can fire during a dash", () => {
    const drone = body({ x: 1280, y: 640 });
    drive(drone, dash(127), 1);
    expect(driveDrone(drone, command({ buttons: BUTTON.fire }), open, [])).toEqual(["blaster"]);
  });
});

test("[PREDICT-1] a plain object and a schema entity take the same path, to the bit", () => {
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
      // The entity's aim is coarser than a command's: it is only drawn.
      for (const field of DRONE_BODY_FIELDS)
        if (field !== "aim") expect(predicted[field]).toBe(entity[field]);
    }),
  );
});

test("[PREDICT-5] a plain object and a schema entity agree in a crowd, under knock-back and with pickups on the way", () => {
  const anyNews = fc.record({
    vx: fc.integer({ min: -700, max: 700 }),
    vy: fc.integer({ min: -700, max: 700 }),
    special: fc.integer({ min: 0, max: 2 }),
    hasteTicks: fc.constantFrom(0, 3, PICKUPS.haste.amount),
    ammo: fc.constantFrom(0, 1, HITSCANS.rail.ammo),
    overchargeTicks: fc.constantFrom(0, 240),
  });
  const crowd = [100, 130, 200].map((x) => ({ x, y: 110, hp: 100 }));
  fc.assert(
    fc.property(fc.array(fc.tuple(anyNews, anyDrive), { maxLength: 4 }), (lives) => {
      const entity = addDrone(createWorld(maze), "a", { x: 96, y: 96 });
      const predicted = body();
      for (const [news, drive] of lives) {
        // As a patch does.
        for (const side of [entity, predicted]) Object.assign(side, news);
        for (const [held, ticks] of drive) {
          for (let i = 0; i < ticks; i++) {
            expect(driveDrone(predicted, held, maze, crowd)).toEqual(driveDrone(entity, held, maze, crowd));
          }
        }
        for (const field of DRONE_BODY_FIELDS)
          if (field !== "aim") expect(predicted[field]).toBe(entity[field]);
      }
    }),
    { numRuns: 60 },
  );
});
