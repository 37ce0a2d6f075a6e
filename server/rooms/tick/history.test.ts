import { Rewind, type Room } from "@colyseus/core";
import fc from "fast-check";
import { expect, test } from "vitest";
import { PATCH_MS, REWIND_MAX_MS } from "#shared/config.ts";
import type { Drone } from "#shared/schema/state.ts";
import { createDrone } from "#shared/sim/spawn.ts";
import { History } from "./history.ts";

const REACH_MS = REWIND_MAX_MS + PATCH_MS;
const px = fc.integer({ min: 0, max: 65_535 }).map((step) => step / 16);

/** What happens between two patches: when the next is, who comes and goes, and where each drone is then. */
const anyPatch = fc.record({
  afterMs: fc.double({ min: 0.1, max: 120, noNaN: true }),
  comes: fc.boolean(),
  leaves: fc.option(fc.nat({ max: 60 }), { freq: 5 }),
  places: fc.array(fc.record({ x: px, y: px }), { minLength: 1, maxLength: 8 }),
});

test("[HISTORY-1] any drone at any time is exactly where Colyseus' Rewind says", () => {
  fc.assert(
    fc.property(
      fc.array(anyPatch, { minLength: 1, maxLength: 40 }),
      fc.array(fc.double({ min: -50, max: 600, noNaN: true }), { minLength: 1, maxLength: 10 }),
      (patches, agosMs) => {
        const drones = new Map<number, Drone>();
        const rewind = Rewind.get({} as Room, { maxRewindMs: REACH_MS }).attachAll(drones as never, {
          fields: ["x", "y"] as never,
        });
        const history = new History(REACH_MS, PATCH_MS);
        let atMs = 1000;
        let created = 0;
        for (const { afterMs, comes, leaves, places } of patches) {
          atMs += afterMs;
          if (comes || created === 0) drones.set(created++, createDrone("Ann", 0));
          if (leaves !== null) drones.delete(leaves);
          let turn = 0;
          for (const drone of drones.values()) Object.assign(drone, places[turn++ % places.length]);
          rewind.record(atMs, PATCH_MS);
          history.record(atMs, drones.values());
          expect(history.newestMs).toBe(rewind.lastRecordedAt);
          for (const drone of drones.values()) {
            for (const agoMs of agosMs) {
              const { x, y } = history.placeAt(drone, atMs - agoMs);
              expect([x, y]).toEqual([
                rewind.valueAt(drone, atMs - agoMs, "x"),
                rewind.valueAt(drone, atMs - agoMs, "y"),
              ]);
            }
          }
        }
      },
    ),
    { seed: 3, numRuns: 60 },
  );
});

test("[HISTORY-2] a drone that no record has is where it is now", () => {
  const history = new History(REACH_MS, PATCH_MS);
  const drone = Object.assign(createDrone("Ann", 0), { x: 100, y: 200 });
  expect(history.newestMs).toBe(-1);
  expect(history.placeAt(drone, 500)).toEqual({ x: 100, y: 200 });
  history.record(500, [drone]);
  drone.x = 900;
  history.record(550, []);
  expect(history.placeAt(drone, 500)).toEqual({ x: 900, y: 200 });
});

test("[HISTORY-3] many drones, of which each has its own places, in reused slots too", () => {
  const history = new History(REACH_MS, PATCH_MS);
  const crowd = (from: number) =>
    Array.from({ length: 100 }, (_, index) =>
      Object.assign(createDrone("Ann", 0), { x: from + index, y: index }),
    );
  const [first, second] = [crowd(0), crowd(1000)];
  history.record(0, first);
  history.record(50, second);
  for (const [index, drone] of second.entries()) {
    // Nothing of the drone that had the slot before.
    expect(history.placeAt(drone, 0)).toEqual({ x: 1000 + index, y: index });
  }
});
