import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { MOVE_MAX, REACH_STEP_PX } from "#shared/schema/input.ts";
import { PROJECTILES } from "#shared/tuning.ts";
import { CENTRE, createStickAim, directionOf, lengthOf, toMove, withDeadZone } from "./stick.ts";
import { dragStick, sideOf } from "./touch.ts";

const axis = fc.double({ min: -1, max: 1, noNaN: true });
const stick = fc.record({ x: axis, y: axis });

describe("sticks", () => {
  it("[STICK-1] the output is 0 inside the dead zone and 1 at the rim", () => {
    expect(withDeadZone({ x: 0.1, y: -0.1 }, 0.16, 0.94)).toEqual(CENTRE);
    expect(lengthOf(withDeadZone({ x: 0.94, y: 0 }, 0.16, 0.94))).toBeCloseTo(1);
    expect(withDeadZone({ x: 0.17, y: 0 }, 0.16, 0.94).x).toBeLessThan(0.02);
    expect(withDeadZone({ x: Number.NaN, y: 0 }, 0.16, 0.94)).toEqual(CENTRE);
  });

  it("[STICK-2] a dead zone keeps the direction and never leaves the circle, seed 7", () => {
    const holds = (raw: { x: number; y: number }) => {
      const through = withDeadZone(raw, 0.16, 0.94);
      expect(lengthOf(through)).toBeLessThanOrEqual(1 + 1e-9);
      if (lengthOf(through) > 0)
        expect(Math.atan2(through.y, through.x)).toBeCloseTo(Math.atan2(raw.y, raw.x));
    };
    fc.assert(fc.property(stick, holds), { seed: 7 });
  });

  it("[STICK-3] moves are integers in the range of the wire and inside the circle, seed 7", () => {
    const holds = (raw: { x: number; y: number }) => {
      const { x, y } = toMove(raw);
      for (const part of [x, y]) expect(Number.isInteger(part) && !Object.is(part, -0)).toBe(true);
      expect(Math.hypot(x, y)).toBeLessThan(MOVE_MAX + 1);
    };
    fc.assert(fc.property(stick, holds), { seed: 7 });
    expect(toMove({ x: 1, y: 0 })).toEqual({ x: MOVE_MAX, y: 0 });
  });

  it("[STICK-4] two direction buttons push as far as one, and opposite buttons cancel out", () => {
    expect(directionOf(["moveUp"])).toEqual({ x: 0, y: -1 });
    expect(lengthOf(directionOf(["moveUp", "moveRight"]))).toBeCloseTo(1);
    expect(directionOf(["moveLeft", "moveRight", "fire"])).toEqual({ x: 0, y: 0 });
  });

  it("[STICK-5] the barrel keeps its direction when the stick is released, then turns to the movement", () => {
    const barrel = createStickAim();
    const down = barrel.follow({ x: 0, y: 1 }, CENTRE, 0);
    expect(down.aim).toBeCloseTo(Math.PI / 2);
    expect(down.reach).toBe(PROJECTILES.mortar.rangePx / REACH_STEP_PX);
    expect(barrel.follow(CENTRE, { x: -1, y: 0 }, 900)).toEqual(down);
    expect(barrel.follow(CENTRE, { x: -1, y: 0 }, 1001).aim).toBeCloseTo(Math.PI);
    expect(barrel.follow({ x: 0.5, y: 0 }, CENTRE, 1100).reach).toBe(down.reach / 2);
  });
});

describe("touch sticks", () => {
  it("[TOUCH-1] a thumb on the left gets the moving stick, on the right the aiming stick, in the middle none", () => {
    expect([20, 150, 180, 210, 340].map((x) => sideOf(x, 360))).toEqual([
      "move",
      "move",
      undefined,
      "aim",
      "aim",
    ]);
  });

  it("[TOUCH-2] the stick stays while the thumb is inside the rim and is dragged along beyond it", () => {
    expect(dragStick({ x: 100, y: 100 }, { x: 126, y: 100 }, 52)).toEqual({
      x: 100,
      y: 100,
      push: { x: 0.5, y: 0 },
    });
    const dragged = dragStick({ x: 100, y: 100 }, { x: 100, y: 204 }, 52);
    expect(dragged.push).toEqual({ x: 0, y: 1 });
    expect(dragged.y).toBeCloseTo(152);
  });
});
