import { afterEach, expect, test } from "vitest";
import { answerForSeat, isHeldByAnotherTab } from "./seatHolder.ts";

const stops: (() => void)[] = [];
afterEach(() => {
  for (const stop of stops.splice(0)) stop();
});
/** A page that is in the seat of this token, or in none. */
const openTab = (token: string | undefined) => void stops.push(answerForSeat(() => token));

/** Long enough that only an answer ends the wait. */
const LONG_MS = 60_000;

test("[SEAT-HOLDER-1] a tab that is in the seat answers a copy of it", async () => {
  openTab("ROOM1:other");
  openTab("ROOM1:key");
  expect(await isHeldByAnotherTab("ROOM1:key", LONG_MS)).toBe(true);
});

test("[SEAT-HOLDER-2] tabs in other seats or in none do not answer, and the wait ends", async () => {
  openTab("ROOM1:other");
  openTab(undefined);
  expect(await isHeldByAnotherTab("ROOM1:key", 50)).toBe(false);
});
