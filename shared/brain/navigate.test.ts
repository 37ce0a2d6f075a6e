import { expect, test } from "vitest";
import { driveDrone } from "#shared/sim/drive.ts";
import { seededRandom } from "#shared/sim/random.ts";
import { addDrone, command, createWorld, drawArena } from "#shared/testing/builders.ts";
import { stickTo } from "./geometry.ts";
import { Navigator } from "./navigate.ts";
import { isPathClear, wayPx, wayTo } from "./ways.ts";

const maze = drawArena(
  "############",
  "#S...#....S#",
  "#.##.#.###.#",
  "#.#..#...#.#",
  "#.#.####.#.#",
  "#.#......#.#",
  "#S########S#",
  "############",
);
const START = { x: 96, y: 416 };
const GOAL = { x: 672, y: 416 };

test("[WAY-1] a bot gets through a maze one tile wide", () => {
  const drone = addDrone(createWorld(maze), "self", START);
  const navigator = new Navigator(maze, seededRandom(1));
  let ticks = 0;
  while (Math.hypot(drone.x - GOAL.x, drone.y - GOAL.y) > 20 && ticks++ < 600) {
    if (ticks % 8 === 1) expect(navigator.headFor(GOAL, drone)).toBe(true);
    const stick = stickTo(drone, navigator.next(drone));
    const moves = { moveX: Math.round(stick.x * 127), moveY: Math.round(stick.y * 127) };
    driveDrone(drone, command(moves), maze, []);
  }
  // 28 tiles take 163 ticks at full speed.
  expect(ticks).toBeLessThan(300);
});

test("[WAY-2] a path is clear only where both sides of the hull pass", () => {
  expect(isPathClear(maze, { x: 96, y: 96 }, { x: 288, y: 96 })).toBe(true);
  expect(isPathClear(maze, { x: 96, y: 96 }, { x: 288, y: 224 })).toBe(false);
  expect(isPathClear(maze, { x: 96, y: 96 }, { x: 480, y: 96 })).toBe(false);
});

test("[WAY-3] a flow field is computed once per arena and tile", () => {
  expect(wayTo(maze, GOAL)).toBe(wayTo(maze, { x: GOAL.x + 5, y: GOAL.y - 5 }));
  expect(wayPx(maze, START, GOAL)).toBeGreaterThan(576);
});

test("[WAY-5] from the middle of a symmetric map the paths to both sides have the same length", () => {
  const hall = drawArena("##########", "#S......S#", "#........#", "#........#", "#S......S#", "##########");
  const middle = { x: hall.widthPx / 2, y: hall.heightPx / 2 };
  const left = { x: 128, y: 192 };
  const right = { x: hall.widthPx - left.x, y: hall.heightPx - left.y };
  expect(wayPx(hall, middle, left)).toBe(wayPx(hall, middle, right));
  expect(wayPx(hall, left, middle)).toBe(wayPx(hall, right, middle));
});

test("[WAY-4] a bot never heads for a place in a wall, and one that is stuck goes elsewhere", () => {
  const navigator = new Navigator(maze, seededRandom(1));
  expect(navigator.headFor({ x: 32, y: 32 }, START)).toBe(false);
  let loose: unknown;
  for (let tick = 0; tick < 90 && !loose; tick++) loose = navigator.shakeLoose(START, true, tick);
  expect(loose).toBeDefined();
});
