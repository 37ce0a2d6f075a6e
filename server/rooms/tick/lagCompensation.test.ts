import { describe, expect, test } from "vitest";
import { interpolationMs, PATCH_MS, REWIND_MAX_MS } from "#shared/config.ts";
import { addDrone, command, createWorld, openArena } from "#shared/testing/builders.ts";
import { LagCompensation } from "./lagCompensation.ts";

/** A drone that moves 1 px a ms to the right: where it is says when that was. */
const history = {
  lastRecordedAt: 10_000,
  valueAt: (_drone: object, atMs: number, field: string) => (field === "x" ? atMs : 600),
};
const roundTrips =
  (ms: number, jitterMs = 0) =>
  () => ({ ms, jitterMs });
const victim = addDrone(createWorld(openArena()), "victim");

const seenPlace = (compensation: LagCompensation, seenAtMs: number) =>
  compensation.sightOf("shooter", command({ seenAtMs })).placeOf("victim", victim);

describe("how far back a stamp is believed", () => {
  test("[REWIND-4] an honest one, to the millisecond", () => {
    expect(seenPlace(new LagCompensation(history, roundTrips(120)), 9850)?.x).toBe(9850);
  });

  test("[REWIND-5] one forged by 500 ms at 40 ms round trip goes 40 ms, interpolation and a patch back, no farther", () => {
    const place = seenPlace(new LagCompensation(history, roundTrips(40)), 9500);
    expect(10_000 - (place?.x ?? 0)).toBe(40 + interpolationMs(0) + PATCH_MS);
  });

  test("[REWIND-6] whatever the round trip and its jitter, never over 300 ms", () => {
    for (const ms of [250, 400, 2000]) {
      const place = seenPlace(new LagCompensation(history, roundTrips(ms, 100)), 1);
      expect(10_000 - (place?.x ?? 0)).toBe(REWIND_MAX_MS);
    }
  });

  test("[REWIND-7] one from the future, or none at all, is the newest patch", () => {
    const compensation = new LagCompensation(history, roundTrips(120));
    for (const stamp of [99_999, 0, -5]) expect(seenPlace(compensation, stamp)?.x).toBe(10_000);
  });

  test("[REWIND-8] one from before the victim's return, or from the patch it happened in, sees nobody", () => {
    const now = { ...history, lastRecordedAt: 9800 };
    const compensation = new LagCompensation(now, roundTrips(200));
    const back = addDrone(createWorld(openArena()), "back");
    const placeAt = (seenAtMs: number) =>
      compensation.sightOf("shooter", command({ seenAtMs })).placeOf("back", back);
    compensation.noteSpawn(back);
    // The newest patch still shows the wreck, and the next one is a mixture of both on its way.
    expect(placeAt(9800)).toBeUndefined();
    expect(placeAt(0)).toBeUndefined();
    now.lastRecordedAt = 10_000;
    expect(placeAt(9850)).toBeUndefined();
    expect(placeAt(9900)?.x).toBe(9900);
  });
});

describe("how long cover takes to count", () => {
  const farthestBackMs = (victimRoundTripMs: number) => {
    const compensation = new LagCompensation(history, roundTrips(victimRoundTripMs));
    const sight = compensation.sightOf("shooter", command({ seenAtMs: 9900 }));
    const [present, ...past] = [...sight.recentPlacesOf("victim", victim)];
    expect(present).toBe(victim);
    return Math.max(0, ...past.map(({ x }) => 10_000 - x));
  };

  test("[REWIND-9] 100 ms by the victim's own screen, which is ahead of the server by half its round trip", () => {
    expect(farthestBackMs(0)).toBe(100);
    expect(farthestBackMs(100)).toBe(50);
    expect(farthestBackMs(250)).toBe(0);
  });
});
