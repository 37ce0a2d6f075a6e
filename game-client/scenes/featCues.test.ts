import { expect, test } from "vitest";
import type { Manner } from "#client/audio/player.ts";
import type { FeatName } from "#shared/schema/names.ts";
import { createFeatCues } from "./featCues.ts";

function listen() {
  const heard: { sound: string; manner: Manner | undefined }[] = [];
  const clock = { nowMs: 1_000 };
  const hear = createFeatCues(
    (sound, manner) => heard.push({ sound, manner }),
    "me",
    () => clock.nowMs,
  );
  return {
    heard,
    clock,
    feat: (feat: FeatName, value = 1, drone = "me") => hear({ type: "feat", feat, drone, value }),
  };
}

test("[SOUND-13] a series of own feats rises in pitch, up to an octave", () => {
  const { heard, clock, feat } = listen();
  for (const value of [2, 3, 4, 30]) {
    feat("multiKill", value);
    clock.nowMs += 2_000;
  }
  expect(heard.map(({ manner }) => manner?.semitones)).toEqual([0, 2, 4, 12]);
});

test("[SOUND-14] feats of one kill sound one after another behind the kill, and the fourth is left out", () => {
  const { heard, feat } = listen();
  for (const name of ["multiKill", "streak", "revenge", "bounty"] as const) feat(name, 3);
  expect(heard.map(({ sound }) => sound)).toEqual(["multiKill", "streak", "revenge"]);
  const delays = heard.map(({ manner }) => manner?.delaySec ?? 0);
  expect(delays[0]).toBeGreaterThan(0.1);
  expect(delays[1]).toBeGreaterThan((delays[0] ?? 0) + 0.2);
  expect(delays[2]).toBeLessThanOrEqual(0.9);
});

test("[SOUND-15] of others only a streak of five or more is heard", () => {
  const { heard, feat } = listen();
  for (const name of ["assist", "multiKill", "revenge", "bounty"] as const) feat(name, 9, "other");
  feat("streak", 3, "other");
  expect(heard).toEqual([]);
  feat("streak", 5, "other");
  expect(heard.map(({ sound }) => sound)).toEqual(["streakFar"]);
});
