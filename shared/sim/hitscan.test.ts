import { describe, expect, test } from "vitest";
import { stepWorld } from "#shared/game/step.ts";
import { BUTTON } from "#shared/schema/input.ts";
import { addDrone, command, createWorld, drawArena, holding, openArena } from "#shared/testing/builders.ts";
import { HITSCANS } from "#shared/tuning.ts";
import { type SeenBy, seenNow } from "./sight.ts";

const RAIL = { ...holding("rail"), ammo: 99 };
const rail = command({ buttons: BUTTON.altFire });
const fires = new Map([["a", [rail]]]);

/** A sight that shows every victim at one place, with `recent` as its recent places. */
const seenAt =
  (x: number, y: number, recent: { x: number; y: number }[] = [{ x, y }]): SeenBy =>
  () => ({ placeOf: () => ({ x, y }), recentPlacesOf: () => recent });

describe("the rail gun", () => {
  test("[RAIL-1] a rail hits at once at any distance within its range and appends a beam", () => {
    const world = createWorld(openArena());
    addDrone(world, "a", { ...RAIL, x: 400, y: 600 });
    const victim = addDrone(world, "b", { x: 1300, y: 600 });
    const events = stepWorld(world, fires, seenNow);
    expect(victim.hp).toBe(40);
    expect(events[0]).toMatchObject({ type: "beam", shooter: "a", x: 400, y: 600, toX: 1300 - 26, toY: 600 });
    expect(events[1]).toMatchObject({ type: "hit", victim: "b", shooter: "a", damage: 60 });
  });

  test("[RAIL-2] a rail is ready again after exactly 45 ticks", () => {
    const world = createWorld(openArena());
    addDrone(world, "a", { ...RAIL, x: 400, y: 600 });
    let beams = 0;
    for (let tick = 0; tick < 91; tick++) {
      beams += stepWorld(world, fires, seenNow).filter(({ type }) => type === "beam").length;
    }
    expect(beams).toBe(Math.floor(90 / HITSCANS.rail.cooldownTicks) + 1);
  });

  test("[RAIL-3] a rail stops at a wall and at the first drone", () => {
    const world = createWorld(drawArena("##########", "#S.#...S.#", "#S.....S.#", "##########"));
    addDrone(world, "a", { ...RAIL, x: 96, y: 96 });
    const hidden = addDrone(world, "b", { x: 400, y: 96 });
    const [beam] = stepWorld(world, fires, seenNow);
    expect(beam).toMatchObject({ type: "beam", toX: 3 * 64 });
    expect(hidden.hp).toBe(100);

    const open = createWorld(openArena());
    addDrone(open, "a", { ...RAIL, x: 400, y: 600 });
    const far = addDrone(open, "far", { x: 900, y: 600 });
    const near = addDrone(open, "near", { x: 700, y: 600 });
    stepWorld(open, fires, seenNow);
    expect([near.hp, far.hp]).toEqual([40, 100]);
  });

  test("[RAIL-4] two drones that fire at each other in the same tick both hit", () => {
    const world = createWorld(openArena());
    const a = addDrone(world, "a", { ...RAIL, x: 400, y: 600, hp: 10 });
    const b = addDrone(world, "b", { ...RAIL, x: 700, y: 600, hp: 10 });
    const back = command({ buttons: BUTTON.altFire, aim: Math.PI });
    stepWorld(world, new Map([...fires, ["b", [back]]]), seenNow);
    expect([a.hp, b.hp]).toEqual([0, 0]);
  });

  test("[RAIL-5] a drone that peeks out from a corner can be hit on the visible part of its hull", () => {
    const arena = drawArena("##########", "#S.......#", "#....#####", "#S......S#", "##########");
    for (const y of [136, 140, 145]) {
      const world = createWorld(arena);
      addDrone(world, "a", { ...RAIL, x: 96, y: 110 });
      const victim = addDrone(world, "b", { x: 500, y: y - 22 });
      stepWorld(world, fires, seenNow);
      expect(victim.hp, `centre at y=${y - 22}`).toBe(40);
    }
  });

  test("[REWIND-1] a rail hits where the shooter saw the target, and misses where it has gone since", () => {
    for (const [seen, hp] of [
      [seenAt(800, 600), 40],
      [seenNow, 100],
    ] as const) {
      const world = createWorld(openArena());
      addDrone(world, "a", { ...RAIL, x: 400, y: 600 });
      const victim = addDrone(world, "b", { x: 800, y: 700 });
      stepWorld(world, fires, seen);
      expect(victim.hp).toBe(hp);
    }
  });

  test("[REWIND-2] a rail misses a drone that was not in the world yet in the shooter's view", () => {
    const world = createWorld(openArena());
    addDrone(world, "a", { ...RAIL, x: 400, y: 600 });
    const victim = addDrone(world, "b", { x: 800, y: 600 });
    stepWorld(world, fires, () => ({ placeOf: () => undefined, recentPlacesOf: () => [victim] }));
    expect(victim.hp).toBe(100);
  });

  test("[REWIND-3] a drone that was behind a wall at all its recent places is not hit; one exposed place is enough", () => {
    // The shooter saw the victim in the gap of row 1; the victim is now behind the wall of row 2.
    const arena = drawArena("##########", "#S......S#", "#..#####.#", "#S......S#", "##########");
    const behind = { x: 400, y: 224 };
    const gap = { x: 400, y: 96 };
    for (const [recent, hp] of [
      [[behind, behind], 100],
      [[behind, gap], 40],
    ] as const) {
      const world = createWorld(arena);
      addDrone(world, "a", { ...RAIL, x: 96, y: 96 });
      const victim = addDrone(world, "b", behind);
      stepWorld(world, fires, seenAt(gap.x, gap.y, [...recent]));
      expect(victim.hp).toBe(hp);
    }
  });
});
