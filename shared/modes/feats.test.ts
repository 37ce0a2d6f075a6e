/** Tests each feat beside the nearest case that is none, and their sums over bot matches in every mode. */
import { expect, test } from "vitest";
import { TICKS_PER_SEC } from "#shared/config.ts";
import type { ArenaWorld } from "#shared/game/createWorld.ts";
import { stepWorld } from "#shared/game/step.ts";
import { FEAT_NAMES, type FeatName, MODE_NAMES } from "#shared/schema/names.ts";
import { fireShot } from "#shared/sim/combat.ts";
import type { SimEvent } from "#shared/sim/event.ts";
import type { Rules } from "#shared/sim/rules.ts";
import { seenNow } from "#shared/sim/sight.ts";
import type { Stats } from "#shared/sim/world.ts";
import { addDrone, createWorld, drawArena, fireAt, openArena, shootDown } from "#shared/testing/builders.ts";
import { readArena } from "#shared/testing/readMap.ts";
import { BotMatch } from "#shared/trial/botMatch.ts";
import { BOUNTY_LEAD, BOUNTY_STREAK, isStreak, leaderOf } from "./feats.ts";
import { rulesOf } from "./rules.ts";
import { statsOf } from "./stats.ts";

const SIDES = { mode: "teamDeathmatch", teams: 2, friendlyFire: true } as const;

function fight(teams: Readonly<Record<string, number>>, rules: Partial<Rules> = {}): ArenaWorld {
  const world = createWorld(openArena(), 1, rules);
  for (const [index, [id, team]] of Object.entries(teams).entries()) {
    addDrone(world, id, { team, x: 200 + 200 * index, y: 600, protectedTicks: 0 });
  }
  return world;
}

const step = (world: ArenaWorld, ticks = 1): SimEvent[] =>
  Array.from({ length: ticks }, () => stepWorld(world, new Map(), seenNow)).flat();

/** "feat drone value" of each feat among the events. */
const feats = (events: readonly SimEvent[], of?: FeatName): string[] =>
  events.flatMap((event) =>
    event.type === "feat" && (of ?? event.feat) === event.feat
      ? [`${event.feat} ${event.drone} ${event.value}`]
      : [],
  );

function revive(world: ArenaWorld, id: string): void {
  const drone = world.state.drones.get(id);
  if (drone) Object.assign(drone, { hp: 100, respawnTick: 0, protectedTicks: 0 });
}

/** The killer destroys the victim, which is whole again for the next time. */
function beat(world: ArenaWorld, killer: string, victim: string): SimEvent[] {
  revive(world, victim);
  return shootDown(world, killer, victim);
}

/** A shot of `shooter` damages `victim` in the next tick. */
function hurt(world: ArenaWorld, shooter: string, victim: string): void {
  const drone = world.state.drones.get(victim);
  if (!drone) return;
  fireShot(world, shooter, { x: drone.x, y: drone.y, aim: 0, weapon: 0 });
  const shot = world.state.projectiles.get(String(world.lastProjectileId));
  if (shot) shot.bornTick++;
  step(world);
}

test("[FEAT-1] each recent helper assists; the killer and a helper of long ago do not", () => {
  const world = fight({ killer: 0, early: 1, late: 2, victim: 3 });
  hurt(world, "early", "victim");
  hurt(world, "late", "victim");
  hurt(world, "killer", "victim");
  step(world, 10 * TICKS_PER_SEC - 2);
  expect(feats(shootDown(world, "killer", "victim"))).toEqual(["assist late 1"]);
});

test("[FEAT-2] kills within 4 s of each other are a series, and a later one begins anew", () => {
  const world = fight({ a: 0, b: 1 });
  const series = (pauseTicks: number) => {
    step(world, pauseTicks - 1);
    return feats(beat(world, "a", "b"), "multiKill");
  };
  expect(series(1)).toEqual([]);
  expect(series(4 * TICKS_PER_SEC)).toEqual(["multiKill a 2"]);
  expect(series(1)).toEqual(["multiKill a 3"]);
  expect(series(4 * TICKS_PER_SEC + 1)).toEqual([]);
});

test("[FEAT-3] two kills in one tick are a double kill", () => {
  const world = fight({ a: 0, b: 1, c: 2 });
  fireAt(world, "a", "b");
  fireAt(world, "a", "c");
  expect(feats(step(world))).toEqual(["multiKill a 2"]);
});

test("[FEAT-4] a streak is told at 3, 5, 8 and 12 kills, and ends with one's own destruction", () => {
  expect(Array.from({ length: 20 }, (_, kills) => kills).filter(isStreak)).toEqual([3, 5, 8, 12, 17]);
  const world = fight({ a: 0, b: 1 });
  const told = Array.from({ length: 8 }, () => feats(beat(world, "a", "b"), "streak")).flat();
  expect(told).toEqual(["streak a 3", "streak a 5", "streak a 8"]);
  beat(world, "b", "a");
  revive(world, "a");
  expect([1, 2, 3].map(() => feats(beat(world, "a", "b"), "streak"))).toEqual([[], [], ["streak a 3"]]);
});

test("[FEAT-5] destroying one's last destroyer is revenge, once; destroying an earlier one is not", () => {
  const world = fight({ a: 0, b: 1, c: 2 });
  beat(world, "b", "a");
  revive(world, "a");
  beat(world, "c", "a");
  revive(world, "a");
  expect(feats(beat(world, "a", "b"), "revenge")).toEqual([]);
  expect(feats(beat(world, "a", "c"), "revenge")).toEqual(["revenge a 1"]);
  expect(feats(beat(world, "a", "c"), "revenge")).toEqual([]);
});

test("[FEAT-6] two drones that destroy each other in one tick take no revenge", () => {
  const world = fight({ a: 0, b: 1 });
  fireAt(world, "a", "b");
  fireAt(world, "b", "a");
  const events = step(world);
  expect(events.filter(({ type }) => type === "kill")).toHaveLength(2);
  expect(feats(events, "revenge")).toEqual([]);
});

test("[FEAT-13] a shot that destroys the destroyer later, in flight while its owner is gone, is no revenge either", () => {
  const world = fight({ a: 0, b: 1 });
  fireAt(world, "b", "a");
  step(world);
  fireAt(world, "a", "b");
  const events = step(world);
  expect(events.filter(({ type }) => type === "kill")).toHaveLength(1);
  expect(feats(events, "revenge")).toEqual([]);
  // The owner goes on seeing through the eyes of its destroyer.
  expect(world.state.drones.get("a")?.killer).toBe("b");
});

test("[FEAT-7] the bounty is on who leads alone by 3 points, also for the second, and on a streak of 5", () => {
  const scores = (...all: number[]) => all.map((score, at) => ({ id: `d${at}`, score }));
  expect(leaderOf(scores(2, 5, 1))).toBe("d1");
  expect(leaderOf(scores(3, 5))).toBeUndefined();
  expect(leaderOf(scores(5, 5, 0))).toBeUndefined();
  expect(leaderOf(scores(5))).toBeUndefined();
  const world = fight({ first: 0, second: 1, other: 2 });
  Object.assign(world.state.drones.get("first") ?? {}, { score: 5 });
  Object.assign(world.state.drones.get("second") ?? {}, { score: 5 - BOUNTY_LEAD });
  expect(feats(beat(world, "other", "second"), "bounty")).toEqual([]);
  // The kill brings the second a point nearer: what counts is the lead before it.
  expect(feats(beat(world, "second", "first"), "bounty")).toEqual(["bounty second 1"]);
  expect(feats(beat(world, "second", "first"), "bounty")).toEqual([]);
  statsOf(world, "other").streak = BOUNTY_STREAK;
  expect(feats(beat(world, "first", "other"), "bounty")).toEqual(["bounty first 1"]);
});

test("[FEAT-8] the kill of a team mate is no feat", () => {
  const world = fight({ a: 0, mate: 0, enemy: 1 }, SIDES);
  beat(world, "mate", "a");
  revive(world, "a");
  statsOf(world, "mate").streak = BOUNTY_STREAK;
  expect(feats(beat(world, "a", "mate"))).toEqual([]);
});

test("[FEAT-9] destroying the carrier of the own flag saves it, and so does its return by touch, not by time", () => {
  const arena = drawArena("##########", "#0.A..B.1#", "#........#", "#........#", "##########");
  const world = createWorld(arena, 1, { mode: "captureTheFlag", teams: 2, friendlyFire: true });
  const flag = world.state.flags.get("1");
  if (!flag) throw new Error("there is no flag");
  addDrone(world, "thief", { team: 0, x: 160, y: 224, protectedTicks: 0 });
  addDrone(world, "mate", { team: 0, x: 96, y: 224, protectedTicks: 0 });
  addDrone(world, "guard", { team: 1, x: 544, y: 224, protectedTicks: 0 });
  const carry = () => {
    revive(world, "thief");
    flag.carrier = "thief";
    world.carriedAt.set(1, { x: 160, y: 224 });
  };
  carry();
  expect(feats(shootDown(world, "guard", "thief"))).toContain("flagSave guard 1");
  carry();
  expect(feats(shootDown(world, "mate", "thief"), "flagSave")).toEqual([]);
  Object.assign(world.state.drones.get("thief") ?? {}, { respawnTick: 1e6 });
  flag.droppedTick = -1e6;
  Object.assign(flag, { carrier: "", x: 320, y: 224 });
  const timed = step(world);
  expect(timed).toContainEqual({ type: "flag", what: "returned", team: 1, drone: "" });
  expect(feats(timed)).toEqual([]);
  Object.assign(flag, { carrier: "", x: 544, y: 224, droppedTick: world.state.tick });
  expect(feats(step(world))).toEqual(["flagSave guard 1"]);
});

test("[FEAT-10] destroying an enemy on the hill saves it; beside the hill, or a mate on it, does not", () => {
  const arena = drawArena("########", "#0....1#", "#..H...#", "########");
  const world = createWorld(arena, 1, { mode: "kingOfTheHill", teams: 2, friendlyFire: true });
  const on = { x: 3.5 * 64, y: 2.5 * 64 };
  addDrone(world, "a", { team: 0, x: 100, y: 100, protectedTicks: 0 });
  addDrone(world, "mate", { ...on, team: 0, protectedTicks: 0 });
  const enemy = addDrone(world, "enemy", { ...on, team: 1, protectedTicks: 0 });
  expect(feats(shootDown(world, "a", "mate"), "hillSave")).toEqual([]);
  expect(feats(shootDown(world, "a", "enemy"), "hillSave")).toEqual(["hillSave a 1"]);
  revive(world, "enemy");
  Object.assign(enemy, { x: 100, y: 160 });
  expect(feats(shootDown(world, "a", "enemy"), "hillSave")).toEqual([]);
});

test("[FEAT-11] feats give no points", () => {
  const world = fight({ a: 0, b: 1 });
  for (let kills = 0; kills < 5; kills++) beat(world, "a", "b");
  expect(world.state.drones.get("a")?.score).toBe(5);
  expect(Object.values(statsOf(world, "a").feats).length).toBeGreaterThan(1);
});

const ARENA_OF = {
  deathmatch: "foundry",
  teamDeathmatch: "foundry",
  captureTheFlag: "causeway",
  kingOfTheHill: "anvil",
} as const;

test.each(MODE_NAMES)(
  "[FEAT-12] over a bot match of %s the sums fit, and no feat follows the results",
  (mode) => {
    const skills = ["hard", "hard", "hard", "normal", "normal", "normal"] as const;
    const rules = { ...rulesOf(mode), timeLimitTicks: 90 * TICKS_PER_SEC };
    const match = new BotMatch(readArena(ARENA_OF[mode]), 3, skills, rules);
    const told = new Map<string, number>();
    let isOver = false;
    for (let tick = 0; tick < 100 * TICKS_PER_SEC; tick++) {
      for (const event of match.step().events) {
        if (event.type === "match" && event.phase === "results") isOver = true;
        if (event.type !== "feat") continue;
        expect(isOver).toBe(false);
        const key = `${event.feat} ${event.drone}`;
        told.set(key, (told.get(key) ?? 0) + 1);
      }
      if (isOver && match.world.state.phase !== "results") break;
    }
    const all = [...match.world.stats];
    const sum = (of: (stats: Stats) => number) => all.reduce((total, [, stats]) => total + of(stats), 0);
    expect(sum(({ kills }) => kills)).toBeGreaterThan(5);
    for (const [id, stats] of all) {
      const { feats, kills, assists, destroyedBy, longestStreak, deaths } = stats;
      for (const name of FEAT_NAMES) expect(feats[name] ?? 0).toBe(told.get(`${name} ${id}`) ?? 0);
      expect(feats.assist ?? 0).toBe(assists);
      for (const name of ["multiKill", "revenge", "bounty", "hillSave"] as const) {
        expect(feats[name] ?? 0).toBeLessThanOrEqual(kills);
      }
      expect((feats.streak ?? 0) > 0).toBe(longestStreak >= 3);
      expect(feats.revenge ?? 0).toBeLessThanOrEqual(deaths);
      expect([...destroyedBy.values()].reduce((total, times) => total + times, 0)).toBe(deaths);
    }
  },
);
