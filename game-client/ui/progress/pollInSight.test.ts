/** The repeated request of a page that is looked at, now and then. */
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { pollInSight } from "./pollInSight.ts";

const EVERY_MS = 1000;

let page: EventTarget & { hidden: boolean };
/** Ends the requests under way, in the order in which they were made. */
let answers: (() => void)[];
let asked: number;
const ask = () => {
  asked++;
  return new Promise<void>((resolve) => {
    answers.push(resolve);
  });
};
const answer = async () => {
  answers.shift()?.();
  await vi.advanceTimersByTimeAsync(0);
};
const show = (isShown: boolean) => {
  page.hidden = !isShown;
  page.dispatchEvent(new Event("visibilitychange"));
};

beforeEach(() => {
  vi.useFakeTimers();
  page = Object.assign(new EventTarget(), { hidden: false });
  vi.stubGlobal("document", page);
  [answers, asked] = [[], 0];
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

test("[PAGES-7] a page that comes into sight while a request is under way makes no second one, then or later", async () => {
  const stop = pollInSight(ask, EVERY_MS);
  show(false);
  show(true);
  expect(asked).toBe(1);
  await answer();
  await vi.advanceTimersByTimeAsync(EVERY_MS);
  expect(asked).toBe(2);
  await answer();
  await vi.advanceTimersByTimeAsync(EVERY_MS);
  expect(asked).toBe(3);
  stop();
});

test("[PAGES-8] a page out of sight asks nothing, and asks at once when it is looked at again", async () => {
  const stop = pollInSight(ask, EVERY_MS);
  await answer();
  show(false);
  await vi.advanceTimersByTimeAsync(5 * EVERY_MS);
  expect(asked).toBe(1);
  show(true);
  expect(asked).toBe(2);
  stop();
});

test("[PAGES-9] nothing is asked after the page is left, not even when an answer comes late", async () => {
  const stop = pollInSight(ask, EVERY_MS);
  stop();
  await answer();
  show(false);
  show(true);
  await vi.advanceTimersByTimeAsync(5 * EVERY_MS);
  expect(asked).toBe(1);
});
