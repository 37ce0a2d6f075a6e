/** When a ramp takes the server to slip. */
import { expect, test } from "vitest";
import { slipIn } from "./ramp.ts";

const HELD = { ticksHeld: 0.99, patchesHeld: 0.985, workP99Ms: 24 };

test("[LOAD-RAMP-1] a server holds a step if it holds 98 % of its ticks and of its patches, in time", () => {
  expect(slipIn(HELD, 25)).toBeUndefined();
  expect(slipIn({ ...HELD, ticksHeld: 0.97 }, 25)).toBe("97.0 % of the ticks are held");
  expect(slipIn({ ...HELD, patchesHeld: 0.975 }, 25)).toBe("97.5 % of the patches are held");
  expect(slipIn({ ...HELD, workP99Ms: 26 }, 25)).toBe("a tick with its patch takes 26.0 ms (p99)");
});

test("[LOAD-RAMP-2] without the server's metrics the patches alone decide", () => {
  const blind = { ticksHeld: undefined, workP99Ms: undefined };
  expect(slipIn({ ...blind, patchesHeld: 0.99 }, 25)).toBeUndefined();
  expect(slipIn({ ...blind, patchesHeld: 0.9 }, 25)).toBe("90.0 % of the patches are held");
});
