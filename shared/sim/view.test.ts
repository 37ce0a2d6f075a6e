import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { VIEW_HEIGHT_PX, VIEW_WIDTH_PX } from "#shared/config.ts";
import { REACH_STEP_PX } from "#shared/schema/input.ts";
import { command } from "#shared/testing/builders.ts";
import { LEAN, type Lean, stepLean, VIEW_BEYOND_PX, viewCentre } from "./view.ts";

const WIDE = { widthPx: 4000, heightPx: 3000 };

/** One tick of a player whose pointer rests `x`, `y` px from the middle of the screen. Returns the middle of the view. */
function aimAndStep(eye: Lean, lean: Lean, pointer: Lean) {
  const centre = viewCentre(eye, lean, WIDE);
  const dx = centre.x + pointer.x - eye.x;
  const dy = centre.y + pointer.y - eye.y;
  const reach = Math.min(255, Math.round(Math.hypot(dx, dy) / REACH_STEP_PX));
  stepLean(lean, command({ aim: Math.atan2(dy, dx), reach }), true);
  return viewCentre(eye, lean, WIDE);
}

const offset = (most: number) => fc.integer({ min: -most, max: most });
const places = fc.record({ x: fc.integer({ min: 30, max: 3970 }), y: fc.integer({ min: 30, max: 2970 }) });
const pointers = fc.record({ x: offset(800), y: offset(450) });

describe("the lean of a view", () => {
  test("[LEAN-1] comes to rest under a still pointer, at any place of the arena", () => {
    fc.assert(
      fc.property(places, pointers, (eye, pointer) => {
        const lean = { x: 0, y: 0 };
        let at = viewCentre(eye, lean, WIDE);
        for (let tick = 0; tick < 150; tick++) at = aimAndStep(eye, lean, pointer);
        const then = aimAndStep(eye, lean, pointer);
        expect(Math.hypot(then.x - at.x, then.y - at.y)).toBeLessThan(0.05);
      }),
    );
  });

  test("[LEAN-2] goes to its rest without turning back", () => {
    const lean = { x: 0, y: 0 };
    const eye = { x: 2000, y: 1500 };
    let before = eye.x;
    for (let tick = 0; tick < 150; tick++) {
      const { x } = aimAndStep(eye, lean, { x: 220, y: 0 });
      expect(x).toBeGreaterThanOrEqual(before);
      before = x;
    }
    // The pointer is 330 px from the drone when the view leans by a third of that.
    expect(Math.abs(before - eye.x - 110)).toBeLessThan(1);
  });

  test("[LEAN-3] is 150 px at most, whatever the commands say", () => {
    const commands = fc.array(
      fc.record({ aim: fc.double({ min: -10, max: 10, noNaN: true }), reach: fc.nat({ max: 1_000_000 }) }),
      { maxLength: 60 },
    );
    fc.assert(
      fc.property(commands, (sent) => {
        const lean = { x: 0, y: 0 };
        for (const each of sent) stepLean(lean, command(each), true);
        expect(Math.hypot(lean.x, lean.y)).toBeLessThanOrEqual(LEAN.maxPx + 1e-9);
      }),
    );
  });

  test("[LEAN-4] goes back to nothing while the drone is destroyed", () => {
    const lean = { x: 150, y: 0 };
    for (let tick = 0; tick < 100; tick++) stepLean(lean, command({ aim: 0, reach: 255 }), false);
    expect(Math.hypot(lean.x, lean.y)).toBeLessThan(0.01);
  });
});

describe("the middle of a view", () => {
  test("[LEAN-5] keeps the view over the arena and a strip around it, and a free eye in its middle", () => {
    fc.assert(
      fc.property(places, pointers, (eye, lean) => {
        const { x, y } = viewCentre(eye, lean, WIDE);
        expect(x - VIEW_WIDTH_PX / 2).toBeGreaterThanOrEqual(-VIEW_BEYOND_PX);
        expect(x + VIEW_WIDTH_PX / 2).toBeLessThanOrEqual(WIDE.widthPx + VIEW_BEYOND_PX);
        expect(y - VIEW_HEIGHT_PX / 2).toBeGreaterThanOrEqual(-VIEW_BEYOND_PX);
        expect(y + VIEW_HEIGHT_PX / 2).toBeLessThanOrEqual(WIDE.heightPx + VIEW_BEYOND_PX);
      }),
    );
    expect(viewCentre({ x: 2000, y: 1500 }, { x: 20, y: -30 }, WIDE)).toEqual({ x: 2020, y: 1470 });
  });

  test("[LEAN-6] is the middle of an arena that is smaller than the view", () => {
    const small = { widthPx: 1200, heightPx: 640 };
    expect(viewCentre({ x: 100, y: 600 }, { x: 150, y: 0 }, small)).toEqual({ x: 600, y: 320 });
  });
});
