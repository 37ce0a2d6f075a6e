/** Guesses of passwords and codes from many networks. */
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { createLimits, type Limits } from "#server/edge/limits.ts";
import { Refused } from "#server/edge/refused.ts";
import type { Visitor } from "#server/edge/visitor.ts";
import { freshAddress } from "#server/testing/asking.ts";
import { countGuess } from "./guesses.ts";

/** Wrong passwords for a room, of everybody together, until it counts as under attack. */
const TOGETHER = 50;
const PER_NETWORK = 10;
const WINDOW_MS = 300_000;

let limits: Limits;
let room: object;
beforeEach(() => {
  vi.useFakeTimers();
  limits = createLimits(undefined);
  room = {};
});
afterEach(() => void vi.useRealTimers());

const stranger = (network = freshAddress()): Visitor => ({ network, identity: undefined, isExempt: false });

/** How many of `tries` guesses are checked. */
async function guess(visitor: Visitor, tries: number, isRight = false, target = room): Promise<number> {
  let checked = 0;
  for (let tried = 0; tried < tries; tried++) {
    const settle = await countGuess(limits, "password", target, visitor).catch((error) => {
      expect(error).toBeInstanceOf(Refused);
      return undefined;
    });
    await settle?.(isRight);
    if (settle) checked++;
  }
  return checked;
}

async function attack(networks: number): Promise<number> {
  let checked = 0;
  for (let network = 0; network < networks; network++) checked += await guess(stranger(), 2 * PER_NETWORK);
  return checked;
}

test("[EDGE-PASSWORD-5] a thousand networks together guess a room's password little more than once each", async () => {
  expect(await attack(1000)).toBeLessThanOrEqual(TOGETHER + 1000);
});

test("[EDGE-PASSWORD-6] an attack refuses nobody who knows the password, nor a first mistake, nor guesses at other rooms", async () => {
  await attack(100);
  expect(await guess(stranger(), 100, true)).toBe(100);
  const clumsy = stranger();
  expect(await guess(clumsy, 1)).toBe(1);
  expect(await guess(clumsy, 1, true)).toBe(0);
  vi.advanceTimersByTime(WINDOW_MS + 1);
  expect(await guess(clumsy, 1, true)).toBe(1);
  expect(await guess(stranger(), 20, false, {})).toBe(PER_NETWORK);
});

test("[EDGE-PASSWORD-7] after the attack a network has its ten guesses again", async () => {
  await attack(100);
  vi.advanceTimersByTime(WINDOW_MS + 1);
  const late = stranger();
  // The first wrong guess shows that the attack is over.
  expect(await guess(late, 20)).toBe(1 + PER_NETWORK);
});

test("[EDGE-PASSWORD-8] a /48 has four networks' guesses, whatever it splits into", async () => {
  let checked = 0;
  for (let at = 0; at < 2_000; at++) {
    checked += await guess(stranger(`2001:db8:1:${(at * 16).toString(16)}::/64`), 1);
  }
  expect(checked).toBeLessThanOrEqual(4 * PER_NETWORK + 4);
});
