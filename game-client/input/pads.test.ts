/** Tests what runs once a frame to read the gamepads. */
import { expect, it } from "vitest";
import { fakePage } from "./fakePage.ts";
import { eachFrame } from "./pads.ts";

it("[PAD-14] what looks at the pads each frame no longer does once a press that it found has ended it", () => {
  const page = fakePage();
  let looks = 0;
  const stop = eachFrame(() => {
    if (++looks === 2) stop();
  });
  for (let frame = 0; frame < 5; frame++) page.frame();
  expect(looks).toBe(2);
});
