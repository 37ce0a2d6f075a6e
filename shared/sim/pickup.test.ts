import { describe, expect, test } from "vitest";
import { stepWorld } from "#shared/game/step.ts";
import { BUTTON } from "#shared/schema/input.ts";
import { type Drone, STATUS } from "#shared/schema/state.ts";
import { addDrone, command, createWorld, drawArena, holding } from "#shared/testing/builders.ts";
import { DRONE, HASTE, PICKUP, PICKUP_NAMES, PICKUPS, type PickupName } from "#shared/tuning.ts";
import { driveDrone } from "./drive.ts";
import { seenNow } from "./sight.ts";
import type { World } from "./world.ts";

const MARKS = { health: "h", shield: "s", scatter: "c", rail: "r", mortar: "m", haste: "f", overcharge: "o" };
const AT = { x: 5.5 * 64, y: 2.5 * 64 };

/** A room with one pickup in the middle. */
const roomWith = (kind: PickupName, seed = 1): World =>
  createWorld(
    drawArena("###########", "#S........#", `#....${MARKS[kind]}....#`, "#S.......S#", "###########"),
    seed,
  );

const step = (world: World, ticks = 1) =>
  Array.from({ length: ticks }, () => stepWorld(world, new Map(), seenNow)).flat();
const taken = (world: World, ticks = 1) => step(world, ticks).filter((event) => event.type === "pickup");

describe("the effect of a pickup", () => {
  const HURT: Partial<Drone> = { hp: 30, shield: 10 };
  test.each<[PickupName, Partial<Drone>, Partial<Drone>]>([
    ["health", HURT, { hp: 80, shield: 10 }],
    ["health", { hp: 70 }, { hp: DRONE.hp }],
    ["shield", HURT, { hp: 30, shield: 60 }],
    ["shield", { shield: 80 }, { shield: DRONE.maxShield }],
    ["haste", {}, { hasteTicks: 240, status: STATUS.haste }],
    ["haste", { hasteTicks: 20 }, { hasteTicks: 240 }],
    ["overcharge", {}, { overchargeTicks: 240, status: STATUS.overcharge }],
    ["scatter", {}, { special: 0, ammo: 8 }],
    ["rail", { special: 1, ammo: 2 }, { special: 1, ammo: 5 }],
    [
      "mortar",
      { special: 1, ammo: 5, specialCooldownTicks: 40 },
      { special: 2, ammo: 6, specialCooldownTicks: 0 },
    ],
  ])("[PICKUP-1] %s: %j becomes %j, and an event reports it", (kind, before, after) => {
    const world = roomWith(kind);
    const drone = addDrone(world, "a", { ...AT, ...before });
    expect(taken(world)).toEqual([{ type: "pickup", drone: "a", kind, ...AT }]);
    expect(drone).toMatchObject(after);
    expect(world.state.pickups.size).toBe(0);
  });

  test("[PICKUP-2] haste makes a drone a third faster until it ends", () => {
    const world = roomWith("haste");
    const drone = addDrone(world, "a", AT);
    step(world);
    for (let tick = 0; tick < 30; tick++) {
      drone.x = AT.x;
      driveDrone(drone, command({ moveX: 127 }), world.arena, []);
    }
    expect(drone.vx).toBeCloseTo(DRONE.maxSpeedPxPerSec * HASTE.speedShare, 0);
    for (let tick = 30; tick < HASTE.ticks + 20; tick++) {
      drone.x = AT.x;
      driveDrone(drone, command({ moveX: 127 }), world.arena, []);
    }
    expect(drone.vx).toBeCloseTo(DRONE.maxSpeedPxPerSec, 0);
  });

  test("[PICKUP-3] a new weapon fires at once, whatever cooldown the one before had left", () => {
    const world = roomWith("scatter");
    const drone = addDrone(world, "a", { ...AT, ...holding("rail"), specialCooldownTicks: 40 });
    step(world);
    expect(driveDrone(drone, command({ buttons: BUTTON.altFire }), world.arena, [])).toEqual(["scatter"]);
  });
});

describe("the drone that takes a pickup", () => {
  test("[PICKUP-4] the nearest drone in reach gets a pickup; a random draw, not the order of a map, decides between equals", () => {
    const takerOf = (ids: readonly string[], places: readonly { x: number; y: number }[], seed?: number) => {
      const world = roomWith("haste", seed);
      for (const [index, id] of ids.entries())
        addDrone(world, id, places[ids[0] === "a" ? index : 1 - index]);
      return taken(world).map(({ drone }) => drone);
    };
    const near = [
      { x: AT.x - 30, y: AT.y },
      { x: AT.x + 29, y: AT.y },
    ];
    const asNear = [
      { x: AT.x - 30, y: AT.y },
      { x: AT.x, y: AT.y + 30 },
    ];
    const winners = new Set<string | undefined>();
    for (let seed = 0; seed < 20; seed++) {
      expect(takerOf(["a", "b"], near, seed)).toEqual(["b"]);
      expect(takerOf(["b", "a"], near, seed)).toEqual(["b"]);
      const [winner] = takerOf(["a", "b"], asNear, seed);
      expect(takerOf(["b", "a"], asNear, seed)).toEqual([winner]);
      winners.add(winner);
    }
    expect([...winners].sort()).toEqual(["a", "b"]);
  });

  test("[PICKUP-5] a pickup is taken within its reach and not beyond", () => {
    for (const [px, reached] of [
      [PICKUP.reachPx, 1],
      [PICKUP.reachPx + 0.0625, 0],
    ] as const) {
      const world = roomWith("haste");
      addDrone(world, "a", { x: AT.x + px, y: AT.y });
      expect(taken(world)).toHaveLength(reached);
    }
  });

  test.each<[PickupName, Partial<Drone>]>([
    ["health", {}],
    ["shield", { shield: 100 }],
    ["scatter", holding("scatter")],
    ["rail", holding("rail")],
    ["mortar", holding("mortar")],
  ])(
    "[PICKUP-6] %s: a drone that cannot use it leaves it to one that can, even farther off",
    (kind, full) => {
      const world = roomWith(kind);
      addDrone(world, "a", { ...AT, ...full });
      expect(taken(world, 3)).toEqual([]);
      expect(world.state.pickups.size).toBe(1);
      addDrone(world, "b", { x: AT.x + 40, y: AT.y, hp: 50 });
      expect(taken(world)).toMatchObject([{ drone: "b" }]);
    },
  );

  test("[PICKUP-7] a destroyed drone takes nothing, not even in the tick of its destruction", () => {
    const world = roomWith("haste");
    addDrone(world, "a", { ...AT, hp: 0, respawnTick: 99 });
    addDrone(world, "b", { ...AT, x: AT.x + 20, hp: 60 });
    addDrone(world, "r", { x: AT.x - 120, y: AT.y, ...holding("rail") });
    const events = stepWorld(world, new Map([["r", [command({ buttons: BUTTON.altFire })]]]), seenNow);
    expect(events.map(({ type }) => type)).toEqual(["beam", "hit", "explode", "kill"]);
  });
});

describe("the return of a pickup", () => {
  test.each(PICKUP_NAMES)("[PICKUP-8] %s returns after exactly its time", (kind) => {
    const world = roomWith(kind);
    addDrone(world, "a", { ...AT, hp: 1 });
    expect(taken(world)).toHaveLength(1);
    world.state.drones.delete("a");
    step(world, PICKUPS[kind].returnTicks - 1);
    expect(world.state.pickups.size).toBe(0);
    step(world);
    expect(world.state.pickups.get("0")).toMatchObject({ ...AT, kind: PICKUP_NAMES.indexOf(kind) });
  });

  test("[PICKUP-9] a drone that waits on the spot takes a pickup in the tick of its return", () => {
    const world = roomWith("haste");
    addDrone(world, "a", AT);
    const ticks: number[] = [];
    for (let tick = 0; tick < 2 * PICKUPS.haste.returnTicks + 1; tick++) {
      if (taken(world).length > 0) ticks.push(tick);
    }
    expect(ticks).toEqual([0, PICKUPS.haste.returnTicks, 2 * PICKUPS.haste.returnTicks]);
  });

  test("[PICKUP-10] each pickup has its own timer, and one that is not taken stays", () => {
    const world = createWorld(drawArena("######", "#S.h.#", "#..s.#", "#S..S#", "######"));
    addDrone(world, "a", { x: 3.5 * 64, y: 1.5 * 64, hp: 40, shield: 100 });
    expect(taken(world)).toMatchObject([{ kind: "health" }]);
    step(world, 1000);
    expect([...world.state.pickups.entries()].map(([id]) => id).sort()).toEqual(["0", "1"]);
  });
});
