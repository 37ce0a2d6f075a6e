import fc from "fast-check";
import { expect, test } from "vitest";
import type { Drone } from "#shared/schema/state.ts";
import { createDrone } from "./spawn.ts";
import { type Standing, SweepRow } from "./sweepRow.ts";

const droneAt = (place: { x: number; y: number }): Drone => Object.assign(createDrone("Ann", 0), place);

const px = fc.integer({ min: 0, max: 1000 });
const anyPlaces = fc.array(fc.record({ x: px, y: px }), { maxLength: 40 });

test("[ROW-1] a query finds exactly the drones that a full scan finds, from left to right", () => {
  fc.assert(
    fc.property(anyPlaces, px, px, fc.integer({ min: 0, max: 300 }), (places, x, y, withinPx) => {
      const drones = places.map((place, index) => ({ id: `d${index}`, drone: droneAt(place) }));
      const row = new SweepRow(drones);
      const ids = (found: readonly { id: string }[]) => found.map(({ id }) => id).sort();
      const expected = (isMeant: (drone: Drone) => boolean) =>
        drones.flatMap(({ id, drone }) => (isMeant(drone) ? [id] : [])).sort();
      const beside: Standing[] = [];
      for (let at = row.firstFrom(x - withinPx); (row.at(at)?.x ?? Infinity) <= x + withinPx; at++)
        beside.push(row.at(at) as Standing);
      expect(ids(beside)).toEqual(expected((drone) => Math.abs(drone.x - x) <= withinPx));
      expect(beside.map((other) => other.x)).toEqual(beside.map((other) => other.x).sort((a, b) => a - b));
      const isAround = (drone: Drone) =>
        Math.abs(drone.x - x) <= withinPx && Math.abs(drone.y - y) <= withinPx;
      expect(ids(row.around({ x, y }, withinPx))).toEqual(expected(isAround));
      expect(ids(row.around({ x, y }, withinPx, "d0"))).toEqual(
        expected(isAround).filter((id) => id !== "d0"),
      );
    }),
    { seed: 5, numRuns: 300 },
  );
});

test("[ROW-2] a drone that moves later is found where the row was built", () => {
  const drone = droneAt({ x: 100, y: 100 });
  const row = new SweepRow([{ id: "ann", drone }]);
  drone.x = 900;
  expect(row.around({ x: 100, y: 100 }, 10)).toMatchObject([{ id: "ann", x: 100, y: 100 }]);
});
