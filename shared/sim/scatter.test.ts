import { describe, expect, test } from "vitest";
import { stepWorld } from "#shared/game/step.ts";
import { BUTTON } from "#shared/schema/input.ts";
import type { Projectile } from "#shared/schema/state.ts";
import { addDrone, command, createWorld, drawArena, holding, openArena } from "#shared/testing/builders.ts";
import { DRONE, PROJECTILES } from "#shared/tuning.ts";
import { fireShot } from "./combat.ts";
import { pelletsOf } from "./projectile.ts";
import { seenNow } from "./sight.ts";
import type { World } from "./world.ts";

const SCATTER = 1;
const { pellets, spreadRad, rangePx, damage, cooldownTicks, ammo } = PROJECTILES.scatter;
const pulls = new Map([["a", [command({ buttons: BUTTON.altFire })]]]);
const AIM_STEP_RAD = (2 * Math.PI) / 65536;

function run(world: World, ticks: number) {
  return Array.from({ length: ticks }, () => stepWorld(world, new Map(), seenNow)).flat();
}

const shotAt = (step: number) => ({ x: 1280, y: 640, aim: step * AIM_STEP_RAD, weapon: SCATTER });

describe("the scatter gun", () => {
  test("[SCATTER-1] the scatter fires eight pellets, each in its own eighth of the spread", () => {
    const gap = spreadRad / (pellets - 1);
    for (let step = 0; step < 65536; step += 997) {
      const shot = shotAt(step);
      const aims = pelletsOf(shot, openArena()).map(({ aim }) => aim - shot.aim);
      expect(aims).toHaveLength(8);
      for (const [place, aim] of aims.entries()) {
        expect(Math.abs(aim - (place * gap - spreadRad / 2))).toBeLessThanOrEqual(gap / 2 + 1e-9);
      }
    }
  });

  test("[SCATTER-2] the page from a command, the server from its entity and the page from a patch compute the same spread", () => {
    const arena = openArena();
    const world = createWorld(arena);
    addDrone(world, "a");
    for (let step = 0; step < 65536; step += 331) {
      const predicted = shotAt(step);
      fireShot(world, "a", predicted);
      const entity = world.state.projectiles.get(String(world.lastProjectileId)) as Projectile;
      expect(pelletsOf(entity, arena)).toEqual(pelletsOf(predicted, arena));
    }
  });

  test("[SCATTER-11] an aim that the wire rounds, or that is a full turn off, gives the same seed", () => {
    const offsets = (aim: number) =>
      pelletsOf({ ...shotAt(0), aim }, openArena()).map((pellet) => (pellet.aim - aim).toFixed(6));
    for (const step of [0, 1, 1000, 65535]) {
      const aim = step * AIM_STEP_RAD;
      for (const same of [aim + 0.4 * AIM_STEP_RAD, aim - 0.4 * AIM_STEP_RAD, aim - 2 * Math.PI]) {
        expect(offsets(same)).toEqual(offsets(aim));
      }
    }
  });

  test("[SCATTER-3] the next step of the aim gives another spread", () => {
    const offsets = (step: number) =>
      pelletsOf(shotAt(step), openArena()).map(({ aim }) => (aim - step * AIM_STEP_RAD).toFixed(6));
    expect(offsets(1000)).not.toEqual(offsets(1001));
  });

  test("[SCATTER-4] a wall ends one pellet, and the others fly on", () => {
    const arena = drawArena("############", "#S.....#..S#", "#..........#", "#S........S#", "############");
    const reaches = pelletsOf({ x: 250, y: 145, aim: 0, weapon: SCATTER }, arena).map(
      ({ reachPx }) => reachPx,
    );
    expect(Math.min(...reaches)).toBeLessThan(rangePx - 50);
    expect(Math.max(...reaches)).toBe(rangePx);

    const world = createWorld(arena);
    addDrone(world, "a", { x: 250, y: 145 });
    const behind = addDrone(world, "behind", { x: 560, y: 96 });
    const open = addDrone(world, "open", { x: 560, y: 180 });
    fireShot(world, "a", { x: 250, y: 145, aim: 0, weapon: SCATTER });
    run(world, 30);
    expect(behind.hp).toBe(DRONE.hp);
    expect(open.hp).toBeLessThan(DRONE.hp);
    expect(world.state.projectiles.size).toBe(0);
  });

  test("[SCATTER-5] all eight pellets hit a drone that is near, and each sets its bit of `spent`", () => {
    const world = createWorld(openArena());
    addDrone(world, "a", { x: 600, y: 600 });
    const victim = addDrone(world, "b", { x: 660, y: 600, shield: 100 });
    addDrone(world, "c", { x: 840, y: 660 });
    fireShot(world, "a", { x: 600, y: 600, aim: 0, weapon: SCATTER });
    const shot = world.state.projectiles.get("1") as Projectile;
    const events = run(world, 3);
    const hits = events.filter(({ type }) => type === "hit");
    expect(hits).toHaveLength(8);
    expect(victim.shield + victim.hp).toBe(200 - 8 * damage);
    expect(shot.spent).toBe(255);
    expect(world.state.projectiles.size).toBe(0);
  });

  test("[SCATTER-6] pellets that miss fly on and hit drones farther away", () => {
    const world = createWorld(openArena());
    addDrone(world, "a", { x: 600, y: 600 });
    const near = addDrone(world, "near", { x: 800, y: 600 });
    const far = addDrone(world, "far", { x: 900, y: 660 });
    fireShot(world, "a", { x: 600, y: 600, aim: 0, weapon: SCATTER });
    const shot = world.state.projectiles.get("1") as Projectile;
    run(world, 6);
    expect(near.hp).toBeLessThan(DRONE.hp);
    expect(shot.spent).toBeGreaterThan(0);
    expect(shot.spent).toBeLessThan(255);
    run(world, 6);
    expect(far.hp).toBeLessThan(DRONE.hp);
    const hits = (DRONE.hp - near.hp + DRONE.hp - far.hp) / damage;
    expect(shot.spent?.toString(2).replaceAll("0", "")).toHaveLength(hits);
  });

  test("[SCATTER-7] one shot kills a drone once; the remaining pellets fly on to the next", () => {
    const world = createWorld(openArena());
    addDrone(world, "a", { x: 600, y: 600 });
    addDrone(world, "b", { x: 670, y: 600, hp: 2 * damage });
    const next = addDrone(world, "c", { x: 790, y: 600 });
    fireShot(world, "a", { x: 600, y: 600, aim: 0, weapon: SCATTER });
    const events = run(world, 12);
    expect(events.filter(({ type }) => type === "kill")).toHaveLength(1);
    expect(events.filter((event) => event.type === "hit" && event.victim === "b")).toHaveLength(2);
    expect(next.hp).toBeLessThan(DRONE.hp);
  });

  test("[SCATTER-8] no pellet passes the scatter's range", () => {
    const world = createWorld(openArena());
    addDrone(world, "a", { x: 600, y: 600 });
    const beyond = addDrone(world, "b", { x: 600 + rangePx + DRONE.radiusPx + 6, y: 600 });
    fireShot(world, "a", { x: 600, y: 600, aim: 0, weapon: SCATTER });
    run(world, 20);
    expect(beyond.hp).toBe(DRONE.hp);
    expect(world.state.projectiles.size).toBe(0);
  });

  test("[SCATTER-9] the scatter fires every 24 ticks while the second trigger is held, until its ammo is spent", () => {
    const world = createWorld(openArena());
    const drone = addDrone(world, "a", holding("scatter"));
    const firedIn: number[] = [];
    for (let tick = 0; tick < 10 * cooldownTicks; tick++) {
      const before = world.lastProjectileId;
      stepWorld(world, pulls, seenNow);
      if (world.lastProjectileId > before) firedIn.push(tick);
    }
    expect(firedIn).toEqual(Array.from({ length: ammo }, (_, shot) => shot * cooldownTicks));
    expect(drone.ammo).toBe(0);
  });

  test("[SCATTER-10] two commands in one tick do not make it fire faster", () => {
    const world = createWorld(openArena());
    addDrone(world, "a", holding("scatter"));
    const twice = new Map([["a", [...(pulls.get("a") ?? []), ...(pulls.get("a") ?? [])]]]);
    for (let tick = 0; tick < cooldownTicks; tick++) stepWorld(world, twice, seenNow);
    expect(world.lastProjectileId).toBe(2);
  });
});

describe("both triggers", () => {
  test("[WEAPON-1] the blaster never runs out, and has its own cooldown", () => {
    const world = createWorld(openArena());
    const drone = addDrone(world, "a", { x: 200, ...holding("scatter") });
    const both = new Map([["a", [command({ buttons: BUTTON.fire | BUTTON.altFire })]]]);
    stepWorld(world, both, seenNow);
    expect(world.lastProjectileId).toBe(2);
    for (let tick = 1; tick < 1800; tick++) stepWorld(world, both, seenNow);
    expect(world.lastProjectileId).toBe(1800 / PROJECTILES.blaster.cooldownTicks + ammo);
    expect(drone.ammo).toBe(0);
  });

  test("[WEAPON-2] a second trigger without ammo fires nothing and costs nothing", () => {
    const world = createWorld(openArena());
    const drone = addDrone(world, "a", { special: 1, ammo: 0, protectedTicks: 30 });
    stepWorld(world, pulls, seenNow);
    expect(world.lastProjectileId).toBe(0);
    expect(drone).toMatchObject({ specialCooldownTicks: 0, ammo: 0, protectedTicks: 29 });
  });

  test("[WEAPON-3] each shot counts as one attempt per pellet", () => {
    const world = createWorld(openArena());
    addDrone(world, "a", holding("scatter"));
    stepWorld(world, pulls, seenNow);
    expect(world.stats.get("a")?.shots).toBe(8);
    addDrone(world, "r", holding("rail"));
    stepWorld(world, new Map([["r", [command({ buttons: BUTTON.altFire | BUTTON.fire })]]]), seenNow);
    expect(world.stats.get("r")?.shots).toBe(2);
  });
});
