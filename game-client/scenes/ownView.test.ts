import { describe, expect, test } from "vitest";
import { TICK_MS } from "#shared/config.ts";
import { LEAN } from "#shared/sim/view.ts";
import { command } from "#shared/testing/builders.ts";
import { createOwnView } from "./ownView.ts";

const ARENA = { widthPx: 4000, heightPx: 3000 } as Parameters<typeof createOwnView>[0];
const SELF = { x: 2000, y: 1500 };
const RIGHT = command({ aim: 0, reach: 255 });

/** Draws frames of these lengths (ms) while the player aims to the right. Returns how far each shows the view to lean. */
function drawn(frames: readonly number[], startsMs: number): number[] {
  const view = createOwnView(ARENA);
  let clockMs = startsMs;
  return frames.map((deltaMs) => {
    const before = Math.floor(clockMs / TICK_MS);
    clockMs += deltaMs;
    const due = Math.floor(clockMs / TICK_MS) - before;
    view.advance(deltaMs, due);
    for (let each = 0; each < due; each++) view.step(RIGHT, true);
    return view.around(SELF).x - SELF.x;
  });
}

/** 60 frames a second, with some early, some late and one that takes three ticks. */
const UNEVEN = Array.from({ length: 240 }, (_, frame) => [16, 17, 12, 22, 15][frame % 5] ?? 0).with(50, 104);

describe("the player's view between two ticks", () => {
  test.each([0, 10, 30])("[LEAN-9] moves on in every frame and never back, %i ms into a tick", (startsMs) => {
    const leans = drawn(UNEVEN, startsMs);
    for (const [frame, lean] of leans.entries()) {
      if (frame > 0) expect(lean, `frame ${frame}`).toBeGreaterThanOrEqual((leans[frame - 1] ?? 0) - 1e-9);
    }
    expect(leans.at(-1)).toBeCloseTo(LEAN.maxPx, 1);
  });

  test("[LEAN-10] moves as far in a frame as the frame is long, after its first tick", () => {
    const leans = drawn(UNEVEN.slice(0, 40), 0);
    for (let frame = 6; frame < 40; frame++) {
      const [now = 0, last = 0] = [leans[frame], leans[frame - 1]];
      const perMs = (now - last) / (UNEVEN[frame] ?? 1) / (LEAN.maxPx - last);
      // The lean closes a share of 0.12 of its way each tick; linear between ticks, its rate varies by that much.
      expect(perMs * TICK_MS).toBeGreaterThan(0.1);
      expect(perMs * TICK_MS).toBeLessThan(0.15);
    }
  });

  test("[LEAN-11] does not lean when it shows another drone", () => {
    const view = createOwnView(ARENA);
    view.step(RIGHT, true);
    expect(view.through(SELF)).toEqual(SELF);
  });
});
