import { expect, test } from "vitest";
import { TICKS_PER_SEC } from "./config.ts";
import { DRONE, PROJECTILES } from "./tuning.ts";

test("[TUNING-1] the numbers that players feel are the ones that were decided on", () => {
  const { blaster } = PROJECTILES;
  expect({
    shotsToDestroy: Math.ceil(DRONE.hp / blaster.damage),
    shotsPerSec: TICKS_PER_SEC / blaster.cooldownTicks,
    secondsToDestroy: ((Math.ceil(DRONE.hp / blaster.damage) - 1) * blaster.cooldownTicks) / TICKS_PER_SEC,
    secondsToCrossTheView: 1600 / DRONE.maxSpeedPxPerSec,
    secondsOut: DRONE.respawnTicks / TICKS_PER_SEC,
  }).toMatchInlineSnapshot(`
    {
      "secondsOut": 3,
      "secondsToCrossTheView": 4.848484848484849,
      "secondsToDestroy": 1.8,
      "shotsPerSec": 3.3333333333333335,
      "shotsToDestroy": 7,
    }
  `);
});
