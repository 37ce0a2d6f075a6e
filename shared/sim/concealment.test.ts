import { describe, expect, test } from "vitest";
import { stepWorld } from "#shared/game/step.ts";
import { BUTTON } from "#shared/schema/input.ts";
import { addDrone, command, createWorld, drawArena, holding } from "#shared/testing/builders.ts";
import { BUSH } from "#shared/tuning.ts";
import { isHidden } from "./concealment.ts";
import { seenNow } from "./sight.ts";

const arena = drawArena("############", "#S..........", "#....bb....#", "#.........S#", "############");
/** Centre of the left one of the two bush tiles. */
const BUSH_PLACE = { x: 352, y: 160 };
const NOW = 1000;
const drone = (fields: object = {}) => ({ ...BUSH_PLACE, hp: 100, lastFiredTick: 0, ...fields });
const eyeAt = (dx: number, dy = 0) => ({ x: BUSH_PLACE.x + dx, y: BUSH_PLACE.y + dy });

describe("a drone in a bush", () => {
  test("[BUSH-1] a drone in a bush is seen from up to 150 px", () => {
    expect(isHidden(arena, drone(), eyeAt(150), NOW)).toBe(false);
    expect(isHidden(arena, drone(), eyeAt(-90, 120), NOW)).toBe(false);
    expect(isHidden(arena, drone(), eyeAt(150.0625), NOW)).toBe(true);
    expect(isHidden(arena, drone(), eyeAt(-110, 120), NOW)).toBe(true);
  });

  test("[BUSH-2] a drone is hidden while its centre is over the bush, whatever part of it sticks out", () => {
    const eye = eyeAt(600);
    for (const [x, hidden] of [
      [319.9375, false],
      [320, true],
      [447.9375, true],
      [448, false],
    ] as const) {
      expect(isHidden(arena, drone({ x }), eye, NOW)).toBe(hidden);
    }
  });

  test("[BUSH-3] a shot reveals a drone in a bush for one second", () => {
    const firedAgo = (ticks: number) =>
      isHidden(arena, drone({ lastFiredTick: NOW - ticks }), eyeAt(600), NOW);
    expect([0, 1, BUSH.firedShowsTicks - 1].map(firedAgo)).toEqual([false, false, false]);
    expect(firedAgo(BUSH.firedShowsTicks)).toBe(true);
  });

  test("[BUSH-4] a destroyed drone in a bush is visible", () => {
    expect(isHidden(arena, drone({ hp: 0 }), eyeAt(600), NOW)).toBe(false);
  });

  test("[BUSH-5] a client sees every drone in its view, because it does not receive when they fired", () => {
    const { lastFiredTick: _, ...synced } = drone();
    expect(isHidden(arena, synced, eyeAt(600), NOW)).toBe(false);
  });

  test.each([["fire"], ["altFire"]] as const)(
    "[BUSH-6] firing with %s in a step reveals the drone in that step",
    (button) => {
      const world = createWorld(arena);
      const hider = addDrone(world, "hider", { ...BUSH_PLACE, ...holding("rail") });
      const eye = eyeAt(300);
      stepWorld(world, new Map([["hider", [command()]]]), seenNow);
      expect(isHidden(arena, hider, eye, world.state.tick)).toBe(true);
      stepWorld(world, new Map([["hider", [command({ buttons: BUTTON[button] })]]]), seenNow);
      for (let tick = 0; tick < BUSH.firedShowsTicks; tick++) {
        expect(isHidden(arena, hider, eye, world.state.tick)).toBe(false);
        stepWorld(world, new Map(), seenNow);
      }
      expect(isHidden(arena, hider, eye, world.state.tick)).toBe(true);
    },
  );
});
