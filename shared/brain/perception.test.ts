import fc from "fast-check";
import { expect, test } from "vitest";
import { VIEW_HEIGHT_PX, VIEW_WIDTH_PX } from "#shared/config.ts";
import type { Command } from "#shared/schema/input.ts";
import type { SimEvent } from "#shared/sim/event.ts";
import { seededRandom } from "#shared/sim/random.ts";
import { addDrone, createWorld, drawArena } from "#shared/testing/builders.ts";
import { createBrain } from "./brain.ts";
import { WorldSnapshot } from "./worldSnapshot.ts";

/** For a bot at 200,200: bushes begin 300 px away, and the lower part is out of its view. */
const wall = "##############################";
const bushes = "#.......bbbbb................#";
const floor = "#............................#";
const arena = {
  ...drawArena(
    wall,
    "#S......................S....#",
    floor,
    bushes,
    bushes,
    ...Array.from({ length: 14 }, () => floor),
    "#S......................S....#",
    wall,
  ),
  pickups: [
    { x: 400, y: 400, kind: "rail" as const },
    { x: 1600, y: 1100, kind: "health" as const },
  ],
};
const EYE = { x: 200, y: 200 };

const inBush = fc.record({ x: fc.integer({ min: 520, max: 825 }), y: fc.integer({ min: 200, max: 310 }) });
const outOfView = fc.record({
  x: fc.integer({ min: 40, max: 1870 }),
  y: fc.integer({ min: EYE.y + VIEW_HEIGHT_PX / 2, max: 1240 }),
});
const secret = fc.record({
  place: fc.oneof(inBush, outOfView),
  hp: fc.integer({ min: 1, max: 100 }),
  shield: fc.integer({ min: 0, max: 100 }),
  status: fc.integer({ min: 0, max: 15 }),
  aim: fc.double({ min: -3, max: 3, noNaN: true }),
});
type Secret = typeof secret extends fc.Arbitrary<infer Value> ? Value : never;

/** The commands of a bot that sees one enemy, while another enemy and a friend are out of sight. */
function commandsWith(secrets: readonly Secret[], shotIsFar: number, events: readonly SimEvent[]): Command[] {
  const world = createWorld(arena, 1);
  world.state.tick = 1000;
  addDrone(world, "self", { ...EYE, team: 0 });
  const seen = addDrone(world, "seen", { x: 700, y: 420, team: 1 });
  const hidden = addDrone(world, "hidden", { team: 1, lastFiredTick: 0 });
  const friend = addDrone(world, "friend", { team: 0, lastFiredTick: 0 });
  const brain = createBrain(arena, seededRandom(9), "hard");
  const snapshot = new WorldSnapshot(arena);
  return secrets.map(({ place, ...rest }, index) => {
    world.state.tick++;
    seen.x -= 4;
    Object.assign(hidden, place, rest);
    Object.assign(friend, { x: 1500 - shotIsFar, y: 1100 }, { hp: rest.hp });
    snapshot.read(world.state, index % 7 === 0 ? events : []);
    const perception = snapshot.perceptionOf("self");
    if (!perception) throw new Error("no drone");
    return brain.think(perception);
  });
}

test("[BRAIN-4] a drone in a bush or out of view changes no command, whatever it does", () => {
  const row = fc.array(secret, { minLength: 60, maxLength: 60 });
  fc.assert(
    fc.property(row, row, fc.nat(400), (some, others, far) => {
      expect(commandsWith(some, far, [])).toEqual(commandsWith(others, 0, []));
    }),
    { seed: 4, numRuns: 60 },
  );
});

test("[BRAIN-5] an event beyond earshot changes no command", () => {
  const quiet: Secret = { place: { x: 40, y: 1200 }, hp: 100, shield: 0, status: 0, aim: 0 };
  const row = Array.from({ length: 60 }, () => quiet);
  const far = { x: EYE.x + 1300, y: 1100 };
  const events: SimEvent[] = [
    { type: "explode", drone: "x", ...far },
    { type: "burst", shooter: "x", weapon: "mortar", ...far },
    { type: "beam", shooter: "x", weapon: "rail", ...far, toX: EYE.x, toY: EYE.y },
    { type: "hit", victim: "friend", shooter: "hidden", weapon: "blaster", damage: 5, x: 600, y: 300 },
    { type: "spawn", drone: "hidden", x: 600, y: 300 },
  ];
  expect(commandsWith(row, 0, events)).toEqual(commandsWith(row, 0, []));
  expect(far.x - EYE.x).toBeGreaterThan(VIEW_WIDTH_PX / 2);
});
