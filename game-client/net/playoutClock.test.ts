import { expect, test } from "vitest";
import type { ArenaLink } from "./arenaLink.ts";
import { createPlayoutClock } from "./playoutClock.ts";

/** A room whose patches the test sends: stamped `sentMs` by the server's clock, arriving at `atMs` by the page's. */
function fakeRoom() {
  const time = { now: 0, server: 0 };
  let notify = () => {};
  const onStateChange = Object.assign(
    (listener: () => void) => {
      notify = listener;
    },
    { remove: () => {} },
  );
  const clock = { lastServerTime: () => time.server, jitter: () => 0 };
  const room = { clock, onStateChange } as unknown as ArenaLink;
  const arrive = (sentMs: number, atMs: number) => {
    Object.assign(time, { server: sentMs, now: atMs });
    notify();
  };
  return { time, arrive, clock: createPlayoutClock(room, () => time.now) };
}

test("[PLAYOUT-1] the fastest patch sets the clock, and late patches do not pull it back", () => {
  const { time, arrive, clock } = fakeRoom();
  arrive(1000, 5040);
  arrive(1050, 5080);
  arrive(1100, 5250);
  arrive(1150, 5260);
  time.now = 5300;
  expect(clock.serverNow()).toBeGreaterThan(1269);
  expect(clock.serverNow()).toBeLessThanOrEqual(1270);
});

test("[PLAYOUT-2] the clock follows a slower network path gradually", () => {
  const { arrive, clock } = fakeRoom();
  for (let ms = 0; ms < 2000; ms += 50) arrive(ms, ms + 20);
  for (let ms = 2000; ms < 62_000; ms += 50) arrive(ms, ms + 80);
  expect(clock.serverNow()).toBeCloseTo(clock.lastServerTime(), 0);
});

test("[PLAYOUT-3] a delay of ten seconds sets the clock back at once", () => {
  const { time, arrive, clock } = fakeRoom();
  arrive(1000, 1020);
  arrive(1050, 11_070);
  arrive(1100, 11_120);
  time.now = 11_130;
  expect(clock.serverNow()).toBeCloseTo(1110, 0);
});
