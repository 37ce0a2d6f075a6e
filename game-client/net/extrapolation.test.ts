import { expect, test } from "vitest";
import type { Drone } from "#shared/schema/state.ts";
import type { ArenaLink } from "./arenaLink.ts";
import { createExtrapolation } from "./extrapolation.ts";

/** A room whose clock and patches the test controls. */
function fakeRoom() {
  const drone = { x: 100, y: 100, hp: 100 } as Drone;
  const time = { now: 1000, patch: 1000 };
  let notify = () => {};
  const listen = (listener: () => void) => {
    notify = listener;
  };
  const onStateChange = Object.assign(listen, { remove: () => {} });
  const room = {
    state: { drones: new Map([["a", drone]]) },
    clock: { serverNow: () => time.now, lastServerTime: () => time.patch, smoothedRtt: () => 0 },
    onStateChange,
  } as unknown as ArenaLink;
  const patch = (x: number) => {
    time.patch += 50;
    time.now = time.patch;
    drone.x = x;
    notify();
  };
  return { room, drone, time, patch };
}

const DELAY_MS = 75;
const TELEPORT_PX = 165;

test("[EXTRA-1] adds nothing while patches arrive in time, and continues at the last velocity when one is late", () => {
  const { room, drone, time, patch } = fakeRoom();
  const extrapolation = createExtrapolation(room, () => DELAY_MS, TELEPORT_PX);
  patch(100);
  patch(110);
  expect(extrapolation.offset(drone).x).toBe(0);
  time.now += DELAY_MS + 30;
  expect(extrapolation.offset(drone).x).toBeCloseTo((10 / 50) * 30);
});

test("[EXTRA-2] extrapolates for at most 100 ms", () => {
  const { room, drone, time, patch } = fakeRoom();
  const extrapolation = createExtrapolation(room, () => DELAY_MS, TELEPORT_PX);
  patch(100);
  patch(110);
  time.now += 5000;
  expect(extrapolation.offset(drone).x).toBeCloseTo((10 / 50) * 100);
});

test("[EXTRA-3] neither a respawned nor a destroyed drone is extrapolated", () => {
  const { room, drone, time, patch } = fakeRoom();
  const extrapolation = createExtrapolation(room, () => DELAY_MS, TELEPORT_PX);
  patch(100);
  patch(900);
  time.now += 500;
  expect(extrapolation.offset(drone).x).toBe(0);
  patch(910);
  drone.hp = 0;
  time.now += 500;
  expect(extrapolation.offset(drone).x).toBe(0);
});
