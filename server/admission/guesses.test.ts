/** Guesses of passwords and codes from many networks. */
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { createLimits, type Limits } from "#server/edge/limits.ts";
import { Refused } from "#server/edge/refused.ts";
import type { Visitor } from "#server/edge/visitor.ts";
import { freshAddress } from "#server/testing/asking.ts";
import { countGuess } from "./guesses.ts";

/** Wrong passwords for a room, of everybody together, until it counts as under attack. */
const TOGETHER = 50;
const PER_NETWORK = 30;
const PER_IDENTITY = 10;
/** Wrong passwords of a network while the room is under attack. */
const ATTACKED = 2;
const WINDOW_MS = 300_000;

let limits: Limits;
/** Each test has a room of its own, because tries are counted for the whole process. */
let rooms = 0;
let room: string;
beforeEach(() => {
  vi.useFakeTimers();
  limits = createLimits(undefined);
  room = `room ${++rooms}`;
});
afterEach(() => void vi.useRealTimers());

const stranger = (network = freshAddress()): Visitor => ({ network, identity: undefined, isExempt: false });

/** How many of `tries` guesses are checked. */
async function guess(visitor: Visitor, tries: number, isRight = false, target = room): Promise<number> {
  let checked = 0;
  for (let tried = 0; tried < tries; tried++) {
    const conclude = await countGuess(limits, "password", target, visitor).catch((error) => {
      expect(error).toBeInstanceOf(Refused);
      return undefined;
    });
    await conclude?.(isRight);
    if (conclude) checked++;
  }
  return checked;
}

async function attack(networks: number): Promise<number> {
  let checked = 0;
  for (let network = 0; network < networks; network++) checked += await guess(stranger(), 2 * PER_NETWORK);
  return checked;
}

test("[EDGE-PASSWORD-5] a thousand networks together guess a room's password little more than twice each", async () => {
  expect(await attack(1000)).toBeLessThanOrEqual(TOGETHER + ATTACKED * 1000);
});

test("[EDGE-PASSWORD-6] an attack refuses nobody who knows the password, nor a first mistake, nor guesses at other rooms", async () => {
  await attack(100);
  expect(await guess(stranger(), 100, true)).toBe(100);
  const clumsy = stranger();
  expect(await guess(clumsy, 1)).toBe(1);
  expect(await guess(clumsy, 1, true)).toBe(1);
  expect(await guess(clumsy, 1)).toBe(1);
  expect(await guess(clumsy, 1, true)).toBe(0);
  vi.advanceTimersByTime(WINDOW_MS + 1);
  expect(await guess(clumsy, 1, true)).toBe(1);
  expect(await guess(stranger(), 50, false, `${room} 2`)).toBe(PER_NETWORK);
});

test("[EDGE-PASSWORD-7] after the attack a network has its thirty guesses again", async () => {
  await attack(100);
  vi.advanceTimersByTime(WINDOW_MS + 1);
  const late = stranger();
  // The first wrong guess shows that the attack is over.
  expect(await guess(late, 50)).toBe(1 + PER_NETWORK);
});

test("[EDGE-PASSWORD-8] a /48 has four networks' guesses, whatever it splits into", async () => {
  let checked = 0;
  for (let at = 0; at < 2_000; at++) {
    checked += await guess(stranger(`2001:db8:1:${(at * 16).toString(16)}::/64`), 1);
  }
  expect(checked).toBeLessThanOrEqual(4 * PER_NETWORK + 4 * ATTACKED);
});

test("[EDGE-PASSWORD-9] an identity has ten wrong guesses at a room, its network thirty, and those at other rooms count apart", async () => {
  const pupil = (identity: string): Visitor => ({ ...stranger("192.0.2.1"), identity });
  expect(await guess(pupil("a"), 20)).toBe(PER_IDENTITY);
  expect(await guess(pupil("b"), 1, true)).toBe(1);
  expect(await guess(pupil("b"), 20)).toBe(PER_IDENTITY);
  expect(await guess(pupil("a"), 1, true, `${room} 2`)).toBe(1);
  expect(await guess(pupil("c"), 20)).toBe(PER_NETWORK - 2 * PER_IDENTITY);
  expect(await guess(pupil("d"), 1, true)).toBe(0);
  expect(await guess(pupil("d"), 1, true, `${room} 2`)).toBe(1);
});

test("[EDGE-PASSWORD-10] two people of one network, who know the password, ask at the same moment during an attack", async () => {
  await attack(100);
  const one = await countGuess(limits, "password", room, stranger("192.0.2.1"));
  const other = await countGuess(limits, "password", room, stranger("192.0.2.1"));
  await one(true);
  await other(true);
});

test("[EDGE-PASSWORD-11] of guesses at the same moment as many are checked as of those one by one", async () => {
  const visitor = stranger();
  const tries = Array.from({ length: 100 }, () => guess(visitor, 1));
  expect((await Promise.all(tries)).filter((checked) => checked === 1)).toHaveLength(PER_NETWORK);
});
