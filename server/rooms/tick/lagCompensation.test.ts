import { describe, expect, test } from "vitest";
import { interpolationMs, PATCH_MS, REWIND_MAX_MS } from "#shared/config.ts";
import { addDrone, command, createWorld, openArena } from "#shared/testing/builders.ts";
import { LagCompensation } from "./lagCompensation.ts";

/** A drone that moves right at 1 px per ms, so that its x is the time. */
const history = {
  newestMs: 10_000,
  placeAt: (_drone: object, atMs: number) => ({ x: atMs, y: 600 }),
};
const roundTrips =
  (ms: number, jitterMs = 0) =>
  () => ({ ms, jitterMs });
const victim = addDrone(createWorld(openArena()), "victim");

const seenPlace = (compensation: LagCompensation, seenAtMs: number) =>
  compensation.sightOf("shooter", command({ seenAtMs })).placeOf("victim", victim);

describe("rewind by the stamp", () => {
  test("[REWIND-4] an honest stamp rewinds to the exact millisecond", () => {
    expect(seenPlace(new LagCompensation(history, roundTrips(120)), 9850)?.x).toBe(9850);
  });

  test("[REWIND-5] a stamp 500 ms old at 40 ms round trip rewinds by 40 ms, interpolation and one patch", () => {
    const place = seenPlace(new LagCompensation(history, roundTrips(40)), 9500);
    expect(10_000 - (place?.x ?? 0)).toBe(40 + interpolationMs(0) + PATCH_MS);
  });

  test("[REWIND-6] no round trip or jitter rewinds by more than 300 ms", () => {
    for (const ms of [250, 400, 2000]) {
      const place = seenPlace(new LagCompensation(history, roundTrips(ms, 100)), 1);
      expect(10_000 - (place?.x ?? 0)).toBe(REWIND_MAX_MS);
    }
  });

  test("[REWIND-7] a stamp in the future, or none, sees the newest patch", () => {
    const compensation = new LagCompensation(history, roundTrips(120));
    for (const stamp of [99_999, 0, -5]) expect(seenPlace(compensation, stamp)?.x).toBe(10_000);
  });

  test("[REWIND-8] a stamp before the victim's respawn, or in its patch, does not see the victim", () => {
    const now = { ...history, newestMs: 9800 };
    const compensation = new LagCompensation(now, roundTrips(200));
    const back = addDrone(createWorld(openArena()), "back");
    const placeAt = (seenAtMs: number) =>
      compensation.sightOf("shooter", command({ seenAtMs })).placeOf("back", back);
    compensation.noteSpawn(back);
    // The newest patch still shows the wreck, and positions before the next one are interpolated from both.
    expect(placeAt(9800)).toBeUndefined();
    expect(placeAt(0)).toBeUndefined();
    now.newestMs = 10_000;
    expect(placeAt(9850)).toBeUndefined();
    expect(placeAt(9900)?.x).toBe(9900);
  });
});

describe("cover", () => {
  const farthestBackMs = (victimRoundTripMs: number) => {
    const compensation = new LagCompensation(history, roundTrips(victimRoundTripMs));
    const sight = compensation.sightOf("shooter", command({ seenAtMs: 9900 }));
    const [present, ...past] = [...sight.recentPlacesOf("victim", victim)];
    expect(present).toBe(victim);
    return Math.max(0, ...past.map(({ x }) => 10_000 - x));
  };

  test("[REWIND-9] recent positions go back 100 ms on the victim's own screen, which is half a round trip ahead of the server", () => {
    expect(farthestBackMs(0)).toBe(100);
    expect(farthestBackMs(100)).toBe(50);
    expect(farthestBackMs(250)).toBe(0);
  });
});
