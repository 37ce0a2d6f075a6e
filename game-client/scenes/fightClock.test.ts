import { expect, test } from "vitest";
import { createFightClock } from "./fightClock.ts";

test("[PAUSE-1] the fight clock stands still while the room is paused and continues without a jump", () => {
  const clock = createFightClock();
  expect(clock.advance(1000, 16, 1)).toEqual({ nowMs: 1000, deltaMs: 16 });
  expect(clock.advance(1016, 16, 0)).toEqual({ nowMs: 1000, deltaMs: 0 });
  expect(clock.advance(9016, 8000, 0)).toEqual({ nowMs: 1000, deltaMs: 0 });
  expect(clock.advance(9032, 16, 1)).toEqual({ nowMs: 1016, deltaMs: 16 });
});

test("[PAUSE-10] the fight clock passes as fast as the replay", () => {
  const clock = createFightClock();
  clock.advance(1000, 16, 1);
  expect(clock.advance(1016, 16, 0.25)).toEqual({ nowMs: 1004, deltaMs: 4 });
  expect(clock.advance(1032, 16, 4)).toEqual({ nowMs: 1068, deltaMs: 64 });
});
