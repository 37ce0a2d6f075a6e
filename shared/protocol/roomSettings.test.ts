import { expect, test } from "vitest";
import { TICKS_PER_SEC } from "#shared/config.ts";
import { MODES } from "#shared/modes/modes.ts";
import { RoomSettings, rulesUnder, SettingsChange } from "./roomSettings.ts";

test("[ROOM-SETTINGS-1] without any setting a room is playable", () => {
  const settings = RoomSettings.parse({});
  expect(settings).toMatchObject({ mode: "deathmatch", players: 8, listed: false, spectating: "follow" });
  expect(rulesUnder(settings)).toEqual({
    mode: "deathmatch",
    teams: 0,
    scoreLimit: MODES.deathmatch.scoreLimit,
    timeLimitTicks: 5 * 60 * TICKS_PER_SEC,
    friendlyFire: false,
  });
});

test.each([
  ["players", 1],
  ["players", 33],
  ["players", 2.5],
  ["bots", -1],
  ["scoreLimit", 501],
  ["timeLimitMin", 0],
  ["seatKeptSec", 29],
  ["seatKeptSec", 121],
  ["mode", "chess"],
  ["map", "../../etc/passwd"],
  ["botSkill", "godlike"],
  ["listed", "yes"],
])("[ROOM-SETTINGS-2] %s may not be %j", (name, value) => {
  expect(RoomSettings.safeParse({ [name]: value }).success).toBe(false);
  expect(SettingsChange.safeParse({ [name]: value }).success).toBe(false);
});

test("[ROOM-SETTINGS-3] a change contains only what it changes", () => {
  expect(SettingsChange.parse({ players: 12, friendlyFire: true })).toEqual({
    players: 12,
    friendlyFire: true,
  });
  expect(SettingsChange.parse({})).toEqual({});
});

test("[ROOM-SETTINGS-4] a title is clean text of at most 24 characters", () => {
  const title = `\u202e  Friday\u200b   night ${"x".repeat(500)}`;
  expect(RoomSettings.parse({ title }).title).toBe("Friday night xxxxxxxxxxx");
});
