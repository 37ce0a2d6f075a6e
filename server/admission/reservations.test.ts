/** Seats that a network holds without taking them up. */
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { Refused } from "#server/edge/refused.ts";
import type { Visitor } from "#server/edge/visitor.ts";
import { Reservations, SEAT_RESERVED_SEC } from "./reservations.ts";

const HELD_MAX = 5;
const VISITOR: Visitor = { network: "192.0.2.1", identity: "ann", isExempt: false };

let reservations: Reservations;
let lastSeat = 0;
beforeEach(() => {
  vi.useFakeTimers();
  reservations = new Reservations();
});
afterEach(() => void vi.useRealTimers());

/** Reserves until a refusal, or 100 seats; resolves to their session ids. */
async function reserveAll(visitor = VISITOR): Promise<string[]> {
  const seats: string[] = [];
  while (seats.length < 100) {
    const sessionId = `seat ${++lastSeat}`;
    const reserve = async () => ({ processId: "process", roomId: "room", sessionId });
    try {
      seats.push((await reservations.hold(visitor, reserve)).sessionId);
    } catch (error) {
      expect(error).toBeInstanceOf(Refused);
      return seats;
    }
  }
  return seats;
}

test("[EDGE-LIMIT-32] seats that are taken up late build no credit", async () => {
  const first = await reserveAll();
  expect(first).toHaveLength(HELD_MAX);
  vi.advanceTimersByTime(SEAT_RESERVED_SEC * 1000 + 1);
  const second = await reserveAll();
  expect(second).toHaveLength(HELD_MAX);
  for (const seat of first) reservations.takeUp(seat);
  expect(await reserveAll()).toEqual([]);
  for (const seat of second) reservations.takeUp(seat);
  for (const seat of second) reservations.takeUp(seat);
  expect(await reserveAll()).toHaveLength(HELD_MAX);
});

test("[EDGE-LIMIT-33] a seat that another network takes up is no longer held by its own", async () => {
  const [seat = ""] = await reserveAll();
  reservations.takeUp(seat);
  expect(await reserveAll({ ...VISITOR, identity: undefined })).toHaveLength(1);
});

test("[EDGE-LIMIT-34] a request that fails holds nothing", async () => {
  for (let tries = 0; tries < 2 * HELD_MAX; tries++) {
    await expect(reservations.hold(VISITOR, async () => Promise.reject(new Error("full")))).rejects.toThrow(
      "full",
    );
  }
  expect(await reserveAll()).toHaveLength(HELD_MAX);
});
