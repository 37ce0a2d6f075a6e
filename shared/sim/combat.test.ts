import { describe, expect, test } from "vitest";
import { stepWorld } from "#shared/game/step.ts";
import { BUTTON } from "#shared/schema/input.ts";
import { addDrone, command, createWorld, openArena } from "#shared/testing/builders.ts";
import { DRONE, PROJECTILES } from "#shared/tuning.ts";
import { fireShot } from "./combat.ts";
import type { SimEvent } from "./event.ts";
import { flightOf } from "./projectile.ts";
import { seenNow } from "./sight.ts";
import type { World } from "./world.ts";

const DAMAGE = PROJECTILES.blaster.damage;
const fire = command({ buttons: BUTTON.fire });

/** Steps until `done`, at most 300 ticks, while the drones in `triggers` hold the trigger. */
function stepUntil(world: World, triggers: string[], done: (events: SimEvent[]) => boolean): SimEvent[] {
  const all: SimEvent[] = [];
  for (let i = 0; i < 300; i++) {
    const events = stepWorld(world, new Map(triggers.map((id) => [id, [fire]])), seenNow);
    all.push(...events);
    if (done(events)) return all;
  }
  throw new Error("not done within 300 ticks");
}

const hasKill = (events: SimEvent[]) => events.some((event) => event.type === "kill");

describe("the blaster", () => {
  test("[BLASTER-1] the blaster fires once per cooldown while its trigger is held", () => {
    const world = createWorld(openArena());
    addDrone(world, "a");
    for (let tick = 1; tick <= 61; tick++) stepWorld(world, new Map([["a", [fire]]]), seenNow);
    expect(world.lastProjectileId).toBe(Math.floor(60 / PROJECTILES.blaster.cooldownTicks) + 1);
  });

  test("[BLASTER-2] each hit appends an event; the last one is followed by an explosion and a kill", () => {
    const world = createWorld(openArena());
    addDrone(world, "a", { x: 400, y: 600 });
    const victim = addDrone(world, "b", { x: 600, y: 600 });
    const events = stepUntil(world, ["a"], hasKill);
    expect(events.map((event) => event.type)).toEqual([
      ...Array.from({ length: Math.ceil(DRONE.hp / DAMAGE) }, () => "hit"),
      "explode",
      "kill",
    ]);
    expect(events.at(-1)).toEqual({ type: "kill", victim: "b", killer: "a", weapon: "blaster" });
    expect(victim.hp).toBe(0);
    expect(world.state.tick).toBeLessThan(30 * 2.5);
  });

  test("[BLASTER-3] a hit event has the point where the shot meets the hull", () => {
    const world = createWorld(openArena());
    addDrone(world, "a", { x: 400, y: 600 });
    addDrone(world, "b", { x: 600, y: 600 });
    const [hit] = stepUntil(world, ["a"], (events) => events.length > 0);
    const rim = 600 - DRONE.radiusPx - PROJECTILES.blaster.shotRadiusPx;
    expect(hit).toMatchObject({ type: "hit", shooter: "a", victim: "b", damage: DAMAGE, x: rim, y: 600 });
  });

  test("[BLASTER-4] a shot whose muzzle is inside the other hull hits at once", () => {
    const world = createWorld(openArena());
    addDrone(world, "a", { x: 600, y: 600 });
    const victim = addDrone(world, "b", { x: 610, y: 600 });
    stepWorld(world, new Map([["a", [fire]]]), seenNow);
    expect(victim.hp).toBe(DRONE.hp - DAMAGE);
  });

  test("[BLASTER-5] a wall stops a shot and protects the drone behind it", () => {
    const world = createWorld(openArena());
    addDrone(world, "a", { x: 100, y: 600 });
    const shot = { x: 100, y: 600, aim: Math.PI, weapon: 0 };
    fireShot(world, "a", shot);
    const projectile = world.state.projectiles.get("1");
    expect(projectile && flightOf(projectile, world.arena).pellets[0]?.reachPx).toBeCloseTo(100 - 64, 6);
    for (let i = 0; i < 3; i++) stepWorld(world, new Map(), seenNow);
    expect(world.state.projectiles.size).toBe(0);
  });

  test("[BLASTER-6] a shot ends at its range", () => {
    const world = createWorld(openArena());
    addDrone(world, "a", { x: 400, y: 600 });
    const victim = addDrone(world, "b", { x: 400 + PROJECTILES.blaster.rangePx + 40, y: 600 });
    stepWorld(world, new Map([["a", [fire]]]), seenNow);
    for (let i = 0; i < 60; i++) stepWorld(world, new Map(), seenNow);
    expect(victim.hp).toBe(DRONE.hp);
    expect(world.state.projectiles.size).toBe(0);
  });

  test("[BLASTER-7] no drone on the line slips between two ticks of a shot", () => {
    for (let x = 440; x < 900; x += 7) {
      const world = createWorld(openArena());
      addDrone(world, "a", { x: 400, y: 600 });
      const victim = addDrone(world, "b", { x, y: 620 });
      stepWorld(world, new Map([["a", [fire]]]), seenNow);
      for (let i = 0; i < 30; i++) stepWorld(world, new Map(), seenNow);
      expect(victim.hp, `victim at x=${x}`).toBe(DRONE.hp - DAMAGE);
    }
  });

  test("[BLASTER-8] of two shots that arrive together one kills and the other flies on", () => {
    const world = createWorld(openArena());
    addDrone(world, "a", { x: 400, y: 600 });
    addDrone(world, "b", { x: 800, y: 600 });
    addDrone(world, "victim", { x: 600, y: 600, hp: 10 });
    fireShot(world, "a", { x: 500, y: 600, aim: 0, weapon: 0 });
    fireShot(world, "b", { x: 700, y: 600, aim: Math.PI, weapon: 0 });
    const events = stepUntil(world, [], hasKill);
    expect(events.filter((event) => event.type === "kill")).toHaveLength(1);
    expect(world.state.projectiles.size).toBe(1);
  });
});

test("[HIT-1] of two shots in a tick, the one that arrives first within the tick kills, however far it has flown", () => {
  const world = createWorld(openArena());
  addDrone(world, "near", { x: 1000, y: 300 });
  addDrone(world, "far", { x: 1000, y: 900 });
  const victim = addDrone(world, "victim", { x: 800, y: 600, hp: 10 });
  // In the tick of the hit the old shot is 10 px from the rim, the new one 25 px.
  const rim = DRONE.radiusPx + PROJECTILES.blaster.shotRadiusPx;
  fireShot(world, "far", { x: 800 - rim - 10 - 62, y: 600, aim: 0, weapon: 0 });
  for (const shot of world.state.projectiles.values()) shot.bornTick -= 1;
  world.state.tick++;
  fireShot(world, "near", { x: 800 + rim + 25, y: 600, aim: Math.PI, weapon: 0 });
  for (const shot of world.state.projectiles.values()) if (shot.owner === "near") shot.bornTick += 1;
  const events = stepWorld(world, new Map(), seenNow);
  expect(events).toContainEqual({ type: "kill", victim: "victim", killer: "far", weapon: "blaster" });
  expect(victim.hp).toBe(0);
});

test("[HIT-2] a shot never hits a drone behind the muzzle, however near", () => {
  const world = createWorld(openArena());
  addDrone(world, "a", { x: 600, y: 600 });
  const behind = addDrone(world, "b", { x: 576, y: 600 });
  stepWorld(world, new Map([["a", [fire]]]), seenNow);
  expect(behind.hp).toBe(DRONE.hp);
});

describe("destruction and respawn", () => {
  test("[DEATH-1] a kill is a point; a destroyed drone neither moves nor fires, and respawns with full hp after 3 s", () => {
    const world = createWorld(openArena());
    const killer = addDrone(world, "a", { x: 400, y: 600 });
    const victim = addDrone(world, "b", { x: 600, y: 600 });
    stepUntil(world, ["a"], hasKill);
    expect(killer.score).toBe(1);
    expect(victim.score).toBe(0);

    const diedAt = { tick: world.state.tick, x: victim.x, shots: world.lastProjectileId };
    for (let i = 1; i < DRONE.respawnTicks; i++) {
      stepWorld(world, new Map([["b", [command({ moveX: 127, buttons: BUTTON.fire })]]]), seenNow);
      expect(victim.hp).toBe(0);
    }
    expect(victim.x).toBe(diedAt.x);
    expect(world.lastProjectileId).toBe(diedAt.shots);

    const events = stepWorld(world, new Map(), seenNow);
    expect(events).toContainEqual({ type: "spawn", drone: "b", x: victim.x, y: victim.y });
    expect(victim.hp).toBe(DRONE.hp);
    expect(world.state.tick - diedAt.tick).toBe(90);
  });

  test("[SPAWN-1] where no point is safe, a drone respawns at the one whose nearest living enemy is farthest", () => {
    const arena = openArena();
    const world = createWorld(arena);
    addDrone(world, "west", { x: 500, y: 600 });
    addDrone(world, "east", { x: 2150, y: 600 });
    addDrone(world, "wreck", { x: 2400, y: 1100, hp: 0, respawnTick: 1000 });
    const back = addDrone(world, "b", { hp: 0 });
    stepWorld(world, new Map(), seenNow);
    expect(back.x).toBeLessThan(2000 / 2);
  });

  test("[SPAWN-2] among points that are all far enough the choice is random and uses each of them", () => {
    const used = new Set<string>();
    for (let seed = 0; seed < 40; seed++) {
      const world = createWorld(openArena(), seed);
      const drone = addDrone(world, "a", { hp: 0 });
      stepWorld(world, new Map(), seenNow);
      used.add(`${drone.x},${drone.y}`);
    }
    expect(used.size).toBe(4);
  });
});
