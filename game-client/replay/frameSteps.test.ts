/** The frames of a replay, as the browser draws them and as a video needs them. */
import { expect, test } from "vitest";
import { FrameSteps } from "./frameSteps.ts";

test("[CLIP-5] frames are the browser's, then exact steps, then the browser's again, and their time never goes back", () => {
  const steps = new FrameSteps();
  expect(steps.next({ nowMs: 1000, deltaMs: 16 })).toEqual({ nowMs: 1000, deltaMs: 16 });
  steps.step(40);
  expect(steps.next({ nowMs: 1000, deltaMs: 16 })).toEqual({ nowMs: 1040, deltaMs: 40 });
  expect(steps.next({ nowMs: 1000, deltaMs: 16 })).toEqual({ nowMs: 1080, deltaMs: 40 });
  steps.step(undefined);
  expect(steps.next({ nowMs: 1010, deltaMs: 10 })).toEqual({ nowMs: 1080, deltaMs: 10 });
  expect(steps.next({ nowMs: 1026, deltaMs: 16 })).toEqual({ nowMs: 1096, deltaMs: 16 });
  // A video that took longer than it plays leaves nothing behind.
  steps.step(40);
  steps.next({ nowMs: 1026, deltaMs: 16 });
  steps.step(undefined);
  expect(steps.next({ nowMs: 9000, deltaMs: 7000 })).toEqual({ nowMs: 9070, deltaMs: 7000 });
});
