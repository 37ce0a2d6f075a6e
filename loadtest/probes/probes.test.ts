import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { PROBES } from "./all.ts";
import { type Lab, openLab } from "./lab.ts";
import { steadily } from "./steadily.ts";

let lab: Lab;
beforeAll(async () => {
  lab = await openLab();
});
afterEach(() => lab.clear());
afterAll(() => lab.close());

test.each(Object.entries(PROBES))(
  "[PROBE] %s",
  async (name, probe) => {
    const { measured, holds } = await steadily(async () => {
      await lab.clear();
      return probe.run(lab, false);
    });
    console.log(`${name}: ${measured} (${probe.bound})`);
    expect(holds, `${probe.claim}: ${measured}, but the bound is ${probe.bound}`).toBe(true);
  },
  240_000,
);
