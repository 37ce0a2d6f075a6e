import { describe, expect, test } from "vitest";
import { stepWorld } from "#shared/game/step.ts";
import { BUTTON } from "#shared/schema/input.ts";
import { STATUS } from "#shared/schema/state.ts";
import { addDrone, command, createWorld, drawArena, holding, openArena } from "#shared/testing/builders.ts";
import { DRONE, HITSCANS, OVERCHARGE } from "#shared/tuning.ts";
import { fireShot } from "./combat.ts";
import { strike } from "./damage.ts";
import type { SimEvent } from "./event.ts";
import { seenNow } from "./sight.ts";
import type { World } from "./world.ts";

const idle = new Map();
const step = (world: World, ticks = 1) =>
  Array.from({ length: ticks }, () => stepWorld(world, idle, seenNow)).flat();

/** The events of a blow with this damage. */
function blow(world: World, damage: number): SimEvent[] {
  const events: SimEvent[] = [];
  strike(world, { victim: "b", shooter: "a", weapon: "blaster", damage, x: 0, y: 0 }, events);
  return events;
}

describe("shield", () => {
  test.each([
    [50, 20, 30, 100],
    [50, 50, 0, 100],
    [50, 70, 0, 80],
    [0, 20, 0, 80],
    [100, 200, 0, 0],
    [100, 999, 0, 0],
  ])(
    "[SHIELD-1] a shield of %d takes a blow of %d first: %d shield and %d hp are left",
    (shield, damage, left, hp) => {
      const world = createWorld(openArena());
      addDrone(world, "a");
      const drone = addDrone(world, "b", { shield });
      const [hit] = blow(world, damage);
      expect(drone).toMatchObject({ shield: left, hp });
      expect(hit).toMatchObject({ type: "hit", damage: Math.min(damage, shield + 100) });
    },
  );

  test("[SHIELD-2] a drone respawns without a shield", () => {
    const world = createWorld(openArena());
    const drone = addDrone(world, "b", { shield: 70, hp: 0 });
    step(world);
    expect(drone).toMatchObject({ hp: DRONE.hp, shield: 0 });
  });
});

describe("overcharge", () => {
  test("[OVERCHARGE-1] overcharge strengthens every weapon while it lasts", () => {
    const world = createWorld(openArena());
    const a = addDrone(world, "a", { x: 400, y: 600, overchargeTicks: 3, ...holding("rail") });
    const b = addDrone(world, "b", { x: 700, y: 600 });
    stepWorld(world, new Map([["a", [command({ buttons: BUTTON.altFire })]]]), seenNow);
    expect(b.hp).toBe(DRONE.hp - Math.round(HITSCANS.rail.damage * OVERCHARGE.damageShare));
    b.hp = 100;
    for (let tick = 0; tick < 2; tick++) stepWorld(world, new Map([["a", [command()]]]), seenNow);
    expect(a.overchargeTicks).toBe(0);
    blow(world, 20);
    expect(b.hp).toBe(80);
  });

  test("[OVERCHARGE-2] shots of a drone that has left the room are not strengthened", () => {
    const world = createWorld(openArena());
    const b = addDrone(world, "b");
    blow(world, 20);
    expect(b.hp).toBe(80);
  });
});

describe("protection", () => {
  test("[PROTECT-1] after a respawn a drone takes no damage for 60 ticks, and shots stop at its hull", () => {
    const arena = drawArena("##########", "#........#", "#....S...#", "#........#", "##########");
    const world = createWorld(arena);
    addDrone(world, "a", { x: 100, y: 160 });
    const drone = addDrone(world, "b", { hp: 0, respawnTick: 1 });
    for (let tick = 0; tick < DRONE.protectedTicks; tick++) {
      fireShot(world, "a", { x: drone.x || 352, y: 160 - 60, aim: Math.PI / 2, weapon: 0 });
      step(world);
      expect(drone.hp, `tick ${tick}`).toBe(DRONE.hp);
      world.state.projectiles.clear();
      expect(drone.status & STATUS.protected).toBe(tick < DRONE.protectedTicks - 1 ? STATUS.protected : 0);
    }
    fireShot(world, "a", { x: drone.x, y: 160 - 60, aim: Math.PI / 2, weapon: 0 });
    step(world);
    expect(drone.hp).toBe(84);
  });

  test("[PROTECT-2] a blow on a protected drone appends a hit of 0 damage and ends the shot", () => {
    const world = createWorld(openArena());
    addDrone(world, "a", { x: 400, y: 600 });
    addDrone(world, "b", { x: 460, y: 600, protectedTicks: 9 });
    fireShot(world, "a", { x: 400, y: 600, aim: 0, weapon: 0 });
    const events = step(world, 2);
    expect(events).toEqual([expect.objectContaining({ type: "hit", damage: 0 })]);
    expect(world.state.projectiles.size).toBe(0);
  });

  test.each([
    ["blaster", BUTTON.fire],
    ["scatter", BUTTON.altFire],
    ["rail", BUTTON.altFire],
    ["mortar", BUTTON.altFire],
  ] as const)(
    "[PROTECT-3] protection ends in the tick of the first shot, also of the %s",
    (weapon, buttons) => {
      const world = createWorld(openArena());
      const kit = weapon === "blaster" ? {} : holding(weapon);
      const drone = addDrone(world, "b", { x: 600, y: 600, protectedTicks: 60, ...kit });
      addDrone(world, "a", { x: 660, y: 600 });
      fireShot(world, "a", { x: 660, y: 600, aim: Math.PI, weapon: 0 });
      // The shot hits in the tick in which the victim has just fired.
      stepWorld(world, new Map([["b", [command({ buttons, aim: 1 })]]]), seenNow);
      step(world);
      expect(drone).toMatchObject({ protectedTicks: 0, hp: 84, status: 0 });
    },
  );

  test("[PROTECT-4] moving and dashing do not end protection", () => {
    const world = createWorld(openArena());
    const drone = addDrone(world, "b", { protectedTicks: 60 });
    stepWorld(world, new Map([["b", [command({ moveX: 127, buttons: BUTTON.dash })]]]), seenNow);
    expect(drone).toMatchObject({ protectedTicks: 59, status: STATUS.protected | STATUS.dash });
  });
});

describe("results", () => {
  test.each(["results", "over"])("[RESULTS-1] in %s no shot, beam or shell does damage", (phase) => {
    const world = createWorld(openArena());
    Object.assign(world.state, { phase, phaseEndsTick: 1_000 });
    addDrone(world, "a", { x: 400, y: 600, ...holding("rail") });
    const drone = addDrone(world, "b", { x: 520, y: 600, hp: 1 });
    fireShot(world, "a", { x: 400, y: 600, aim: 0, weapon: 0 });
    fireShot(world, "a", { x: 400, y: 600, aim: 0, weapon: 2, reach: 28 });
    stepWorld(world, new Map([["a", [command({ buttons: BUTTON.altFire })]]]), seenNow);
    const events = step(world, 10);
    expect(events.map(({ type }) => type).sort()).toEqual(["burst", "hit", "hit"]);
    expect(drone.hp).toBe(1);
    expect(drone.vx).toBeGreaterThan(0);
  });
});
