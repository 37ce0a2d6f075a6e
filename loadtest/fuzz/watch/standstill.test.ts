/** The watch over a room's tick: it tells a room that stands still from a machine that is busy. */
import { expect, test } from "vitest";
import { Standstill } from "./standstill.ts";

const reports = (ticks: readonly number[]) => {
  const standstill = new Standstill();
  return ticks.map((tick) => standstill.answered(tick));
};

test("[FUZZ-33] a tick that stands still for two pings that the server answers is reported, once", () => {
  expect(reports([30, 60, 60, 60, 60])).toEqual([false, false, false, true, false]);
});

test("[FUZZ-34] a server that answers a ping before it ticks, after a pause of any length, is not reported", () => {
  expect(reports([30, 60, 60, 90, 90, 120])).not.toContain(true);
});
