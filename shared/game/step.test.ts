import fc from "fast-check";
import { expect, test } from "vitest";
import { MODE_NAMES, type ModeName } from "#shared/schema/names.ts";
import { seenNow } from "#shared/sim/sight.ts";
import { addDrone, command, createWorld, drawArena, openArena } from "#shared/testing/builders.ts";
import { readArena } from "#shared/testing/readMap.ts";
import { playScriptedMatch } from "#shared/testing/scriptedMatch.ts";
import { stepWorld } from "./step.ts";

const foundry = readArena("foundry");

test("[STEP-1] the same seed and commands give the same match, to the bit; another seed gives another one", () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 2 ** 31 }), (seed) => {
      const first = playScriptedMatch(foundry, seed, 200);
      expect(playScriptedMatch(foundry, seed, 200)).toEqual(first);
      expect(playScriptedMatch(foundry, seed + 1, 200).hash).not.toBe(first.hash);
    }),
    { numRuns: 10 },
  );
});

test("[STEP-2] in a scripted match every kind of event happens: shots fly and drones die", () => {
  const { kills, shots, events } = playScriptedMatch(foundry, 7, 3000);
  expect(shots).toBeGreaterThan(500);
  expect(kills).toBeGreaterThan(1);
  // Equal hashes prove something only about the kinds of events that happened.
  expect(Object.keys(events).sort()).toEqual(
    ["beam", "burst", "explode", "feat", "flag", "hit", "kill", "pickup", "spawn"].sort(),
  );
});

test("[STEP-3] a drone without a command stands still; two commands move it by two ticks", () => {
  const world = createWorld(openArena());
  const drone = addDrone(world, "a", { x: 600, y: 600, vx: 330 });
  stepWorld(world, new Map(), seenNow);
  expect(drone.x).toBe(600);
  const right = command({ moveX: 127 });
  stepWorld(world, new Map([["a", [right, right]]]), seenNow);
  expect(drone.x).toBeCloseTo(622, 0);
});

/** A small arena in which every drone can reach every object. */
const yard = drawArena(
  "###########",
  "#0.h.S.s.0#",
  "#.A.r.c...#",
  "#..m.H.f..#",
  "#...o.r.B.#",
  "#1.h.S.s.1#",
  "###########",
);

/** Drones at symmetric places, so that ties for the nearest, first or pushed one are frequent. */
const CROWD = ["a", "b", "c", "d", "e", "f"].map((id, index) => ({
  id,
  fields: {
    x: 320 + 32 * (index % 3),
    y: 192 + 32 * Math.floor(index / 3),
    team: index % 2,
    hp: 20 + 40 * (index % 3),
  },
}));

const anyCommand = fc.record({
  moveX: fc.constantFrom(-127, 0, 127),
  moveY: fc.constantFrom(-127, 0, 127),
  aim: fc.integer({ min: 0, max: 7 }).map((eighth) => (eighth * Math.PI) / 4),
  buttons: fc.integer({ min: 0, max: 7 }),
  reach: fc.integer({ min: 0, max: 60 }),
});
const anyOrders = fc.array(fc.tuple(...CROWD.map(() => anyCommand)), { minLength: 1, maxLength: 8 });

/** The state of every drone after all commands, each held for ten ticks; drones join in this order. */
function outcome(order: readonly number[], orders: ReturnType<typeof command>[][], mode: ModeName) {
  const world = createWorld(yard, 1, { mode, friendlyFire: true });
  for (const index of order) {
    const { id, fields } = CROWD[index] as (typeof CROWD)[number];
    const team = mode === "deathmatch" ? index : fields.team;
    addDrone(world, id, { ...fields, team, special: index % 3, ammo: 5 });
  }
  for (const [tick, held] of orders.flatMap((now) => Array(10).fill(now)).entries()) {
    const commands = new Map(CROWD.map(({ id }, index) => [id, [held[(index + tick) % CROWD.length]]]));
    stepWorld(world, commands, seenNow);
  }
  const { drones, flags, scoreA, scoreB } = world.state;
  const byId = CROWD.map(({ id }) => [id, drones.get(id)?.toJSON(), world.stats.get(id)]);
  return { byId, flags: flags.toJSON(), scoreA, scoreB };
}

test("[STEP-5] the order in which drones joined changes nothing for any of them", () => {
  const anyOrder = fc.shuffledSubarray([0, 1, 2, 3, 4, 5], { minLength: 6 });
  fc.assert(
    fc.property(anyOrder, anyOrders, fc.constantFrom(...MODE_NAMES), (order, orders, mode) => {
      expect(outcome(order, orders, mode)).toEqual(outcome([0, 1, 2, 3, 4, 5], orders, mode));
    }),
    { numRuns: 150 },
  );
});
