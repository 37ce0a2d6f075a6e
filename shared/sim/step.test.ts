import fc from "fast-check";
import { expect, test } from "vitest";
import { addDrone, command, createWorld, openArena } from "#shared/testing/builders.ts";
import { readArena } from "#shared/testing/readMap.ts";
import { playScriptedMatch } from "#shared/testing/scriptedMatch.ts";
import { seenNow } from "./sight.ts";
import { stepWorld } from "./step.ts";

const foundry = readArena("foundry");

test("[STEP-1] the same seed and commands give the same fight, to the bit; another seed another one", () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 2 ** 31 }), (seed) => {
      const first = playScriptedMatch(foundry, seed, 200);
      expect(playScriptedMatch(foundry, seed, 200)).toEqual(first);
      expect(playScriptedMatch(foundry, seed + 1, 200).hash).not.toBe(first.hash);
    }),
    { numRuns: 10 },
  );
});

test("[STEP-2] a scripted match is a real fight: shots fly and drones die", () => {
  const { kills, shots } = playScriptedMatch(foundry, 7, 3000);
  expect(shots).toBeGreaterThan(500);
  expect(kills).toBeGreaterThan(1);
});

test("[STEP-3] no command leaves a drone alone, two move it two ticks", () => {
  const world = createWorld(openArena());
  const drone = addDrone(world, "a", { x: 600, y: 600, vx: 330 });
  stepWorld(world, new Map(), seenNow);
  expect(drone.x).toBe(600);
  const right = command({ moveX: 127 });
  stepWorld(world, new Map([["a", [right, right]]]), seenNow);
  expect(drone.x).toBeCloseTo(622, 0);
});
