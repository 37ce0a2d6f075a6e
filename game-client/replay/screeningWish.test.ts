import { expect, test } from "vitest";
import type { Screening } from "#shared/replay/screening.ts";
import { createWish } from "./screeningWish.ts";

const at = (atMs: number): Screening => ({
  ...{ id: "0193a000-0000-7000-8000-000000000001", lengthMs: 60_000, atMs, setAtMs: 0 },
  ...{ rate: 1, isPlaying: true },
});

/** A room that answers when it is told to, and a clock that waits until it is told not to. */
function open() {
  const sent: number[] = [];
  const open: (() => void)[] = [];
  const hold = () => new Promise<void>((resolve) => void open.push(resolve));
  const wish = createWish(({ atMs }) => {
    sent.push(atMs);
    return hold();
  }, hold);
  /** Lets an answer or a wait end. */
  const goOn = async () => {
    open.shift()?.();
    for (let i = 0; i < 4; i++) await Promise.resolve();
  };
  return { wish, sent, goOn };
}

test("[TOGETHER-6] a host's page follows the newest wish until the room has had time to carry it out", async () => {
  const { wish, goOn } = open();
  expect(wish.now).toBeUndefined();
  wish.ask(at(1));
  expect(wish.now?.atMs).toBe(1);
  await goOn();
  expect(wish.now?.atMs).toBe(1);
  await goOn();
  expect(wish.now).toBeUndefined();
});

test("[TOGETHER-7] of many wishes at once the first and the newest are sent, one after the other", async () => {
  const { wish, sent, goOn } = open();
  for (const ms of [1, 2, 3, 4]) wish.ask(at(ms));
  expect([sent, wish.now?.atMs]).toEqual([[1], 4]);
  await goOn();
  expect(sent).toEqual([1]);
  await goOn();
  expect([sent, wish.now?.atMs]).toEqual([[1, 4], 4]);
  await goOn();
  await goOn();
  expect(wish.now).toBeUndefined();
  wish.ask(at(5));
  expect(sent).toEqual([1, 4, 5]);
});
