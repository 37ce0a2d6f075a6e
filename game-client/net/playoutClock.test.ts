import { expect, test } from "vitest";
import type { ArenaLink } from "./arenaLink.ts";
import { createPlayoutClock } from "./playoutClock.ts";

/** A room whose patches the test sends: of the server's `sentMs`, arriving at the page's `atMs`. */
function fakeRoom() {
  const time = { now: 0, server: 0 };
  let told = () => {};
  const onStateChange = Object.assign(
    (listener: () => void) => {
      told = listener;
    },
    { remove: () => {} },
  );
  const clock = { lastServerTime: () => time.server, jitter: () => 0 };
  const room = { clock, onStateChange } as unknown as ArenaLink;
  const arrive = (sentMs: number, atMs: number) => {
    Object.assign(time, { server: sentMs, now: atMs });
    told();
  };
  return { time, arrive, clock: createPlayoutClock(room, () => time.now) };
}

test("[PLAYOUT-1] the fastest patch sets the clock: late ones do not pull it back", () => {
  const { time, arrive, clock } = fakeRoom();
  arrive(1000, 5040);
  arrive(1050, 5080);
  arrive(1100, 5250);
  arrive(1150, 5260);
  time.now = 5300;
  expect(clock.serverNow()).toBeGreaterThan(1269);
  expect(clock.serverNow()).toBeLessThanOrEqual(1270);
});

test("[PLAYOUT-2] a path that became slower is followed, a little each second", () => {
  const { arrive, clock } = fakeRoom();
  for (let ms = 0; ms < 2000; ms += 50) arrive(ms, ms + 20);
  for (let ms = 2000; ms < 62_000; ms += 50) arrive(ms, ms + 80);
  expect(clock.serverNow()).toBeCloseTo(clock.lastServerTime(), 0);
});

test("[PLAYOUT-3] state that is held back for ten seconds sets the clock back by them at once", () => {
  const { time, arrive, clock } = fakeRoom();
  arrive(1000, 1020);
  arrive(1050, 11_070);
  arrive(1100, 11_120);
  time.now = 11_130;
  expect(clock.serverNow()).toBeCloseTo(1110, 0);
});
