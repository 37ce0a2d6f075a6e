/** Tests how a match that was told once goes on until it is told again. */
import { expect, test } from "vitest";
import type { ShownMatch } from "#client/roomDirectory.ts";
import type { LiveKill } from "#shared/protocol/live.ts";
import { recentKills, timeOf } from "./liveModel.ts";

const kill = (number: number, agoMs: number): LiveKill => ({
  ...{ number, agoMs, weapon: "blaster" },
  killer: { name: "Ann", team: 0 },
  victim: { name: "Ben", team: 1 },
});

const aMatch = (fields: Partial<ShownMatch> = {}): ShownMatch => ({
  ...{ code: "BCDFG", title: "", mode: "deathmatch", map: "foundry", phase: "live" },
  ...{ leftMs: 65_000, paused: false, scoreLimit: 10, teamScores: [] },
  ...{ players: 1, playersMax: 8, bots: 3, spectators: 0, spectatorsMax: 8 },
  ...{ lines: [], kills: [], atMs: 1_000 },
  ...fields,
});

test("[LIVE-15] a match's clock goes on from when it was told, into overtime, and stands while the match does", () => {
  expect(timeOf(aMatch(), 1_000)).toBe("1:05");
  expect(timeOf(aMatch(), 6_000)).toBe("1:00");
  expect(timeOf(aMatch(), 78_000)).toBe("+0:12");
  expect(timeOf(aMatch({ paused: true }), 6_000)).toBe("1:05");
  expect(timeOf(aMatch({ phase: "waiting", leftMs: null }), 6_000)).toBe("Waiting");
  expect(timeOf(aMatch({ phase: "results" }), 6_000)).toBe("Results");
});

test("[LIVE-16] kills show the newest first, until they are too old", () => {
  const match = aMatch({ kills: [kill(1, 9_000), kill(2, 3_000), kill(3, 0)] });
  const shown = (nowMs: number) => recentKills(match, 10_000, nowMs).map(({ number }) => number);
  expect(shown(1_000)).toEqual([3, 2, 1]);
  expect(shown(2_500)).toEqual([3, 2]);
  expect(shown(12_000)).toEqual([]);
});
