/** When the store is asked to delete identities that cannot come back. */
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { DailySweep } from "#server/services/dailySweep.ts";
import { type Store, StoreAwayError } from "#server/store/store.ts";
import { scheduleIdentitySweep } from "./identitySweep.ts";

const MINUTE = 60_000;

let slices: string[];
let isAway: boolean;
let sweep: DailySweep;
/** Three slices. */
const NEXT: Readonly<Record<string, string | null>> = { "": "f", f: "m", m: null };
const ask = async (_name: string, { after }: { after: string }) => {
  slices.push(after);
  if (isAway) throw new StoreAwayError("away");
  return NEXT[after];
};

beforeEach(() => {
  vi.useFakeTimers();
  slices = [];
  isAway = false;
  sweep = scheduleIdentitySweep({ ask, isAway: false, close: async () => {} } as unknown as Store);
});
afterEach(() => {
  sweep.close();
  vi.useRealTimers();
});

test("[SWEEP-2] identities are swept ten minutes after the start and then daily, slice by slice", async () => {
  await vi.advanceTimersByTimeAsync(9 * MINUTE);
  expect(slices).toEqual([]);
  await vi.advanceTimersByTimeAsync(MINUTE);
  expect(slices).toEqual(["", "f", "m"]);
  await vi.advanceTimersByTimeAsync(24 * 60 * MINUTE);
  expect(slices).toHaveLength(6);
});

test("[SWEEP-3] a store that is away is asked again after ten minutes, and nothing is asked after the end", async () => {
  isAway = true;
  await vi.advanceTimersByTimeAsync(10 * MINUTE);
  expect(slices).toEqual([""]);
  isAway = false;
  await vi.advanceTimersByTimeAsync(10 * MINUTE);
  expect(slices).toEqual(["", "", "f", "m"]);
  sweep.close();
  await vi.advanceTimersByTimeAsync(48 * 60 * MINUTE);
  expect(slices).toHaveLength(4);
});
