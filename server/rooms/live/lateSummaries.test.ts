/** Tests how late, and of which rooms, summaries are told. */
import { expect, test } from "vitest";
import type { LiveAnswer } from "#server/admission/liveSummary.ts";
import { takeSeat, updateRoster } from "#server/rooms/seats.ts";
import { SPECTATOR_DELAY_MS } from "#shared/config.ts";
import { KILLS_MAX, LINES_MAX } from "#shared/protocol/live.ts";
import { RoomSettings } from "#shared/protocol/roomSettings.ts";
import { createWorld, openArena } from "#shared/testing/builders.ts";
import { LateSummaries } from "./lateSummaries.ts";

/** A room with Ann and Ben whose time the test tells. */
function aRoom() {
  const world = createWorld(openArena());
  for (const name of ["Ann", "Ben"]) takeSeat(world, { id: name, name, bot: name === "Ben" }, 0);
  const settings = { now: RoomSettings.parse({ spectating: "delayed" }) };
  const roomTick = { isStill: false };
  let nowMs = 0;
  const summaries = new LateSummaries({ world, settings, roomTick, nowMs: () => nowMs });
  const scoreOf = (name: string, score: number) => {
    const drone = world.state.drones.get(name);
    if (drone) drone.score = score;
    updateRoster(world);
  };
  /** Passes time as patches do, 50 ms at a time; calls back after each. */
  const pass = (ms: number, look: () => void = () => {}) => {
    for (let passed = 0; passed < ms; passed += 50) {
      nowMs += 50;
      world.state.tick = Math.floor(nowMs / (1000 / 30));
      summaries.note();
      look();
    }
  };
  return { world, settings, summaries, scoreOf, pass, now: () => nowMs };
}

const summaryIn = (answer: LiveAnswer) => (answer.is === "open" ? answer.summary : undefined);

test("[LIVE-1] nothing is told before it is ten seconds old, and everything within eleven", () => {
  const { summaries, pass, scoreOf, now } = aRoom();
  expect(summaries.late()).toEqual({ is: "early" });
  pass(12_300);
  /** When Ann got each score, and when it was first told. */
  const got = new Map<number, number>();
  const told = new Map<number, number>();
  for (let score = 1; score <= 40; score++) {
    scoreOf("Ann", score);
    got.set(score, now());
    pass(700, () => {
      const best = summaryIn(summaries.late())?.lines[0]?.score ?? 0;
      if (!told.has(best)) told.set(best, now());
    });
  }
  pass(12_000, () => {
    const best = summaryIn(summaries.late())?.lines[0]?.score ?? 0;
    if (!told.has(best)) told.set(best, now());
  });
  told.delete(0);
  expect(told.size).toBeGreaterThan(20);
  for (const [score, atMs] of told) {
    expect(atMs - (got.get(score) ?? atMs)).toBeGreaterThanOrEqual(SPECTATOR_DELAY_MS);
  }
  const [last, lastMs] = [...told].at(-1) ?? [];
  expect(last).toBe(40);
  expect((lastMs ?? 0) - (got.get(40) ?? 0)).toBeLessThanOrEqual(SPECTATOR_DELAY_MS + 1_050);
});

test("[LIVE-2] a summary has the best first, and the last kills with the names that they had", () => {
  const { summaries, world, pass, scoreOf } = aRoom();
  scoreOf("Ben", 3);
  summaries.follow([{ type: "kill", killer: "Ben", victim: "Ann", weapon: "rail" }]);
  const killTick = world.state.tick;
  world.state.roster.delete("Ann");
  pass(SPECTATOR_DELAY_MS + 1_000);
  const summary = summaryIn(summaries.late());
  expect(summary?.lines.map(({ name, score, bot }) => [name, score, bot])).toEqual([["Ben", 3, true]]);
  expect(summary?.kills).toEqual([
    {
      ...{ number: 1, tick: killTick, weapon: "rail" },
      killer: { name: "Ben", team: 0 },
      victim: { name: "Ann", team: 0 },
    },
  ]);
});

test("[LIVE-3] however many play and die, a summary stays small, and the kills of a match end with it", () => {
  const { summaries, world, pass } = aRoom();
  for (let at = 0; at < 200; at++) takeSeat(world, { id: `d${at}`, name: `D${at}`, bot: true }, 0);
  const kill = { type: "kill", killer: "Ben", victim: "Ann", weapon: "rail" } as const;
  for (let at = 0; at < 100; at++) summaries.follow([kill, kill]);
  pass(SPECTATOR_DELAY_MS + 1_000);
  const summary = summaryIn(summaries.late());
  expect(summary?.lines.length).toBe(LINES_MAX);
  expect(summary?.bots).toBe(201);
  expect(summary?.kills.map(({ number }) => number)).toEqual(
    Array.from({ length: KILLS_MAX }, (_, at) => 200 - KILLS_MAX + 1 + at),
  );
  summaries.follow([{ type: "match", phase: "live" }]);
  pass(SPECTATOR_DELAY_MS + 1_000);
  expect(summaryIn(summaries.late())?.kills).toEqual([]);
});

test("[LIVE-4] a room with a password or without spectators tells nothing, nor later what happened meanwhile", () => {
  const { summaries, world, settings, pass, scoreOf } = aRoom();
  pass(15_000);
  expect(summaries.late().is).toBe("open");
  world.state.password = true;
  expect(summaries.late()).toEqual({ is: "closed", why: "password" });
  scoreOf("Ann", 7);
  pass(15_000);
  world.state.password = false;
  expect(summaries.late()).toEqual({ is: "early" });
  pass(SPECTATOR_DELAY_MS - 50, () => expect(summaries.late()).toEqual({ is: "early" }));
  pass(2_000);
  expect(summaries.late().is).toBe("open");
  settings.now = { ...settings.now, spectating: "off" };
  expect(summaries.late()).toEqual({ is: "closed", why: "noSpectators" });
});
