import { expect, test } from "vitest";
import { createFightClock } from "./fightClock.ts";

test("[PAUSE-1] the fight clock stands still while the room is paused and continues without a jump", () => {
  const clock = createFightClock();
  expect(clock.advance(1000, 16, false)).toEqual({ nowMs: 1000, deltaMs: 16 });
  expect(clock.advance(1016, 16, true)).toEqual({ nowMs: 1000, deltaMs: 0 });
  expect(clock.advance(9016, 8000, true)).toEqual({ nowMs: 1000, deltaMs: 0 });
  expect(clock.advance(9032, 16, false)).toEqual({ nowMs: 1016, deltaMs: 16 });
});
