import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { stepWorld } from "#shared/game/step.ts";
import { BUTTON, REACH_STEP_PX } from "#shared/schema/input.ts";
import { addDrone, command, createWorld, drawArena, holding, openArena } from "#shared/testing/builders.ts";
import { DRONE, PROJECTILES } from "#shared/tuning.ts";
import { burst } from "./burst.ts";
import { fireShot } from "./combat.ts";
import type { SimEvent } from "./event.ts";
import { seenNow } from "./sight.ts";
import type { World } from "./world.ts";

const MORTAR = 2;
const { rangePx, damage, cooldownTicks, ammo, speedPxPerSec, lob } = PROJECTILES.mortar;
const { minPx, splashPx, edgeShare, knockBackPxPerSec } = lob ?? {
  minPx: 0,
  splashPx: 0,
  edgeShare: 0,
  knockBackPxPerSec: 0,
};

/** Steps until a shell bursts; returns all events up to then. */
function untilBurst(world: World): { burst: Extract<SimEvent, { type: "burst" }>; events: SimEvent[] } {
  const events: SimEvent[] = [];
  for (let tick = 0; tick < 60; tick++) {
    events.push(...stepWorld(world, new Map(), seenNow));
    const found = events.find((event) => event.type === "burst");
    if (found) return { burst: found, events };
  }
  throw new Error("no shell burst");
}

const lobTo = (world: World, reachPx: number, aim = 0, owner = "a") =>
  fireShot(world, owner, { x: 600, y: 600, aim, weapon: MORTAR, reach: reachPx / REACH_STEP_PX });

/** Bursts a shell of `a` at this place at once. */
function burstAt(world: World, x: number, y: number): SimEvent[] {
  const events: SimEvent[] = [];
  lobTo(world, 200);
  const shell = world.state.projectiles.get(String(world.lastProjectileId));
  if (shell) burst(world, shell, { x, y }, events);
  world.state.projectiles.clear();
  return events;
}

describe("the mortar", () => {
  test.each([
    [400, 400],
    [0, minPx],
    [minPx - 2 * REACH_STEP_PX, minPx],
    [rangePx, rangePx],
    [255 * REACH_STEP_PX, rangePx],
  ])("[MORTAR-1] a shell aimed at %d px lands at %d px, once it has flown that far", (pointed, lands) => {
    const world = createWorld(openArena());
    addDrone(world, "a");
    lobTo(world, pointed);
    const { burst: landed } = untilBurst(world);
    expect(landed).toMatchObject({ shooter: "a", weapon: "mortar", x: 600 + lands, y: 600 });
    const flownTicks = world.state.tick;
    expect(flownTicks).toBe(Math.ceil(((lands - 30) / speedPxPerSec) * 30));
    expect(world.state.projectiles.size).toBe(0);
  });

  test("[MORTAR-2] the second trigger fires a shell that lands at the command's reach", () => {
    const world = createWorld(openArena());
    addDrone(world, "a", { x: 600, y: 600, ...holding("mortar") });
    stepWorld(
      world,
      new Map([["a", [command({ buttons: BUTTON.altFire, aim: Math.PI / 2, reach: 50 })]]]),
      seenNow,
    );
    const { burst: landed } = untilBurst(world);
    expect(landed.x).toBeCloseTo(600, 6);
    expect(landed.y).toBeCloseTo(800, 6);
  });

  test("[MORTAR-3] a shell flies over walls and drones and bursts behind them", () => {
    const wall = "#".repeat(20);
    const world = createWorld(drawArena(wall, ...Array(14).fill("#S........#.......S#"), wall));
    addDrone(world, "a", { x: 500, y: 600 });
    const below = addDrone(world, "below", { x: 560, y: 600 });
    const behind = addDrone(world, "behind", { x: 800, y: 600 });
    fireShot(world, "a", { x: 500, y: 600, aim: 0, weapon: MORTAR, reach: 300 / REACH_STEP_PX });
    const { events } = untilBurst(world);
    expect(events.map(({ type }) => type)).toEqual(["burst", "hit"]);
    expect([below.hp, behind.hp]).toEqual([DRONE.hp, DRONE.hp - damage]);
  });

  test.each([
    ["in the centre", 0, damage],
    ["the hull on the centre", DRONE.radiusPx, damage],
    ["halfway", DRONE.radiusPx + splashPx / 2, Math.round((damage * (1 + edgeShare)) / 2)],
    ["just inside the edge", DRONE.radiusPx + splashPx - 0.5, Math.round(damage * edgeShare)],
    ["at the edge", DRONE.radiusPx + splashPx, 0],
  ])("[MORTAR-4] splash damage falls off with distance: %s", (_where, px, hurt) => {
    const world = createWorld(openArena());
    addDrone(world, "a", { x: 200, y: 200 });
    const victim = addDrone(world, "b", { x: 1000 + px, y: 600 });
    burstAt(world, 1000, 600);
    expect(DRONE.hp - victim.hp).toBe(hurt);
  });

  test("[MORTAR-5] a burst pushes drones away, the more the nearer, except one exactly on its place", () => {
    const world = createWorld(openArena());
    const near = addDrone(world, "near", { x: 1000, y: 622 });
    const far = addDrone(world, "far", { x: 900, y: 600 });
    const on = addDrone(world, "on", { x: 1000, y: 600 });
    burstAt(world, 1000, 600);
    expect(near).toMatchObject({ vx: 0, vy: knockBackPxPerSec });
    expect(far.vx).toBeLessThan(-knockBackPxPerSec * edgeShare);
    expect(far.vx).toBeGreaterThan(-knockBackPxPerSec);
    expect(on).toMatchObject({ vx: 0, vy: 0 });
  });

  test.each([false, true])(
    "[MORTAR-6] a burst pushes its own shooter but never hurts it, with friendly fire %s",
    (friendlyFire) => {
      const world = createWorld(openArena(), 1, { friendlyFire });
      const self = addDrone(world, "a", { x: 1030, y: 600 });
      const events = burstAt(world, 1000, 600);
      expect(self.hp).toBe(DRONE.hp);
      expect(self.vx).toBeGreaterThan(400);
      expect(events.map(({ type }) => type)).toEqual(["burst"]);
    },
  );

  test.each([
    [false, 0],
    [true, damage],
  ])("[MORTAR-7] with friendly fire %s a burst pushes a team mate and takes %d", (friendlyFire, hurt) => {
    const world = createWorld(openArena(), 1, { mode: "teamDeathmatch", friendlyFire });
    addDrone(world, "a", { x: 200, y: 200, team: 0 });
    const mate = addDrone(world, "mate", { x: 1020, y: 600, team: 0 });
    const enemy = addDrone(world, "enemy", { x: 980, y: 600, team: 1 });
    burstAt(world, 1000, 600);
    expect(DRONE.hp - mate.hp).toBe(hurt);
    expect(mate.vx).toBe(knockBackPxPerSec);
    expect(DRONE.hp - enemy.hp).toBe(damage);
  });

  test("[MORTAR-8] any number of bursts leaves every drone at a speed that walls can stop", () => {
    const anyBurst = fc.record({
      dx: fc.integer({ min: -140, max: 140 }),
      dy: fc.integer({ min: -140, max: 140 }),
    });
    fc.assert(
      fc.property(fc.array(anyBurst, { maxLength: 12 }), anyBurst, (bursts, { dx, dy }) => {
        const world = createWorld(openArena());
        const drone = addDrone(world, "b", {
          x: 1000,
          y: 600,
          hp: 100,
          protectedTicks: 99,
          vx: dx * 5,
          vy: dy * 5,
        });
        for (const at of bursts) burstAt(world, 1000 + at.dx, 600 + at.dy);
        expect(Math.hypot(drone.vx, drone.vy)).toBeLessThan(1000.1);
        expect([drone.vx * 32, drone.vy * 32].every(Number.isInteger)).toBe(true);
      }),
    );
  });

  test("[MORTAR-9] a dashing drone that a burst pushes into the corner of a wall stays outside it", () => {
    // Diagonally at 1,414 px/s it would be over the corner within one sub-step.
    const arena = drawArena(
      "############",
      "#S........S#",
      "#..........#",
      "#....#.....#",
      "#..........#",
      "#S........S#",
      "############",
    );
    const corner = { x: 5 * 64, y: 3 * 64 };
    for (let back = 20; back < 60; back += 0.25) {
      const world = createWorld(arena);
      const drone = addDrone(world, "b", {
        x: corner.x - back,
        y: corner.y - back,
        vx: 678,
        vy: 678,
        protectedTicks: 99,
        dashTicks: 4,
      });
      for (const _ of [1, 2, 3]) burstAt(world, drone.x - 20, drone.y - 20);
      for (let tick = 0; tick < 4; tick++) {
        stepWorld(world, new Map([["b", [command()]]]), seenNow);
        const dx = Math.max(corner.x - drone.x, 0, drone.x - corner.x - 64);
        const dy = Math.max(corner.y - drone.y, 0, drone.y - corner.y - 64);
        expect(Math.hypot(dx, dy), `from ${back}`).toBeGreaterThan(DRONE.radiusPx - 0.1);
      }
    }
  });

  test("[MORTAR-10] the mortar fires every 36 ticks, for as many shots as it was given", () => {
    const world = createWorld(openArena());
    addDrone(world, "a", holding("mortar"));
    const firedIn: number[] = [];
    for (let tick = 0; tick < 6 * cooldownTicks; tick++) {
      const before = world.lastProjectileId;
      stepWorld(world, new Map([["a", [command({ buttons: BUTTON.altFire, reach: 100 })]]]), seenNow);
      if (world.lastProjectileId > before) firedIn.push(tick);
    }
    expect(firedIn).toEqual(Array.from({ length: ammo }, (_, shot) => shot * cooldownTicks));
  });

  test("[MORTAR-11] a burst neither hurts nor pushes a destroyed drone", () => {
    const world = createWorld(openArena());
    addDrone(world, "a", { x: 200, y: 200 });
    const wreck = addDrone(world, "b", { x: 1010, y: 600, hp: 0, respawnTick: 99 });
    expect(burstAt(world, 1000, 600)).toHaveLength(1);
    expect(wreck).toMatchObject({ vx: 0, vy: 0 });
  });

  test("[MORTAR-12] a projectile that hits in the same tick as a burst still hits", () => {
    for (const shellFirst of [true, false]) {
      const world = createWorld(openArena());
      addDrone(world, "a", { x: 200, y: 200 });
      addDrone(world, "s", { x: 200, y: 400 });
      addDrone(world, "b", { x: 800, y: 600, hp: 16 });
      const shell = { x: 700, y: 600, aim: 0, weapon: MORTAR, reach: 110 / REACH_STEP_PX };
      const bolt = { x: 800 - 28 - 95, y: 600, aim: 0, weapon: 0 };
      if (shellFirst) fireShot(world, "a", shell);
      fireShot(world, "s", bolt);
      if (!shellFirst) fireShot(world, "a", shell);
      for (const shot of world.state.projectiles.values()) shot.bornTick = shot.weapon === MORTAR ? 97 : 98;
      world.state.tick = 100;
      // The projectile reaches the hull in its third tick, the shell its goal in its fourth.
      const events = stepWorld(world, new Map(), seenNow);
      expect(events).toContainEqual(expect.objectContaining({ type: "burst" }));
      expect(events).toContainEqual({ type: "kill", victim: "b", killer: "s", weapon: "blaster" });
    }
  });
});
