import { expect, test } from "vitest";
import { OVERTIME_TICKS, TICKS_PER_SEC } from "#shared/config.ts";
import type { ArenaWorld } from "#shared/game/createWorld.ts";
import { stepWorld } from "#shared/game/step.ts";
import { packEvent } from "#shared/protocol/eventCodec.ts";
import { BUTTON } from "#shared/schema/input.ts";
import { fireShot } from "#shared/sim/combat.ts";
import type { SimEvent } from "#shared/sim/event.ts";
import type { Rules } from "#shared/sim/rules.ts";
import { seenNow } from "#shared/sim/sight.ts";
import type { Stats, World } from "#shared/sim/world.ts";
import {
  addDrone,
  command,
  createWorld,
  drawArena,
  holding,
  openArena,
  shootDown,
} from "#shared/testing/builders.ts";
import { readArena } from "#shared/testing/readMap.ts";
import { BotMatch } from "#shared/trial/botMatch.ts";
import { HITSCANS, PROJECTILES } from "#shared/tuning.ts";
import { callOff } from "./match.ts";
import { countStats, statsOf } from "./stats.ts";

const BLASTER = PROJECTILES.blaster.damage;

/** Drones of these ids and teams, far from each other and without spawn protection. */
function fight(teams: Readonly<Record<string, number>>, rules: Partial<Rules> = {}): ArenaWorld {
  const world = createWorld(openArena(), 1, rules);
  for (const [index, [id, team]] of Object.entries(teams).entries()) {
    addDrone(world, id, { team, x: 200 + 200 * index, y: 600, protectedTicks: 0 });
  }
  return world;
}

function step(world: ArenaWorld, ticks = 1): SimEvent[] {
  return Array.from({ length: ticks }, () => stepWorld(world, new Map(), seenNow)).flat();
}

/** One tick in which a blaster's shot of `shooter` hits `victim`. */
function hit(world: ArenaWorld, shooter: string, victim: string): void {
  const drone = world.state.drones.get(victim);
  if (!drone) throw new Error(`no drone has the id "${victim}"`);
  fireShot(world, shooter, { x: drone.x, y: drone.y, aim: 0, weapon: 0 });
  const shot = world.state.projectiles.get(String(world.lastProjectileId));
  if (shot) shot.bornTick++;
  step(world);
}

/** Of four bots after two minutes. */
function statsAfterBotMatch(seed: number): Stats[] {
  const match = new BotMatch(readArena("foundry"), seed, ["hard", "hard", "normal", "normal"]);
  for (let tick = 0; tick < 120 * TICKS_PER_SEC; tick++) match.step();
  return [...match.world.stats.values()];
}

const assists = (world: World) =>
  Object.fromEntries([...world.stats].map(([id, stats]) => [id, stats.assists]));

test("[STATS-4] enemies who damaged the victim in its last 10 s assist, once each; the killer and its own mates do not", () => {
  const world = fight(
    { killer: 0, helper: 0, mate: 1, victim: 1 },
    { mode: "teamDeathmatch", teams: 2, friendlyFire: true },
  );
  for (const shooter of ["helper", "helper", "mate", "killer"]) hit(world, shooter, "victim");
  shootDown(world, "killer", "victim");
  expect(assists(world)).toMatchObject({ killer: 0, helper: 1, victim: 0 });
  expect(statsOf(world, "mate").assists).toBe(0);
});

test("[STATS-5] damage older than 10 s, or to an earlier life of the victim, is no assist", () => {
  const world = fight({ killer: 0, early: 1, late: 2, victim: 3 });
  hit(world, "early", "victim");
  hit(world, "late", "victim");
  step(world, 10 * TICKS_PER_SEC - 1);
  // "late" is exactly 10 s ago, "early" a tick longer.
  shootDown(world, "killer", "victim");
  expect(assists(world)).toMatchObject({ early: 0, late: 1 });
  const victim = world.state.drones.get("victim");
  if (victim) Object.assign(victim, { hp: 100, respawnTick: 0 });
  shootDown(world, "killer", "victim");
  expect(assists(world)).toMatchObject({ early: 0, late: 1 });
});

test("[STATS-6] damage that is healed by a respawn without a kill is no assist", () => {
  const world = fight({ killer: 0, helper: 1, victim: 2 });
  hit(world, "helper", "victim");
  countStats(world, { type: "spawn", drone: "victim", x: 0, y: 0 });
  shootDown(world, "killer", "victim");
  expect(assists(world)).toMatchObject({ helper: 0 });
});

test("[STATS-7] shots, hits, kills and damage are counted by the weapon that fired", () => {
  const world = fight({ a: 0, b: 1, c: 2 });
  hit(world, "a", "b");
  const shooter = world.state.drones.get("a");
  if (shooter) Object.assign(shooter, { ...holding("rail"), aim: 0 });
  for (const [id, hp] of [
    ["b", 100],
    ["c", 100],
  ] as const) {
    const drone = world.state.drones.get(id);
    if (drone) Object.assign(drone, { hp, shield: 0 });
  }
  stepWorld(world, new Map([["a", [command({ aim: 0, buttons: BUTTON.altFire })]]]), seenNow);
  shootDown(world, "a", "c");
  const { rail, blaster } = statsOf(world, "a").weapons;
  expect(rail).toEqual({ shots: 1, hits: 1, kills: 0, damage: HITSCANS.rail.damage });
  // fireShot adds shots that no trigger fired. The last one only found 1 hp.
  expect(blaster).toEqual({ shots: 0, hits: 2, kills: 1, damage: BLASTER + 1 });
  expect(statsOf(world, "a")).toMatchObject({ hits: 3, damage: BLASTER + 1 + HITSCANS.rail.damage });
});

test("[STATS-8] with friendly fire, hits on team mates count as hits, but their damage does not count", () => {
  const world = fight({ a: 0, mate: 0, enemy: 1 }, { mode: "teamDeathmatch", teams: 2, friendlyFire: true });
  hit(world, "a", "mate");
  expect(statsOf(world, "a")).toMatchObject({ hits: 1, damage: 0 });
  hit(world, "a", "enemy");
  expect(statsOf(world, "a")).toMatchObject({ hits: 2, damage: BLASTER });
});

test("[STATS-9] every drone on a hill that its team alone holds is credited each tick, whatever the hill scores", () => {
  const arena = drawArena("########", "#0....1#", "#..H...#", "########");
  const world = createWorld(arena, 1, { mode: "kingOfTheHill", teams: 2 });
  const on = { x: 3.5 * 64, y: 2.5 * 64 };
  addDrone(world, "a", { ...on, team: 0 });
  addDrone(world, "mate", { ...on, team: 0 });
  const rival = addDrone(world, "rival", { x: 100, y: 100, team: 1 });
  step(world, 17);
  Object.assign(rival, on);
  step(world, 5);
  expect(["a", "mate", "rival"].map((id) => statsOf(world, id).hillTicks)).toEqual([17, 17, 0]);
});

test("[STATS-10] over whole bot matches the weapons add up to the totals, and one side's kills to the other's deaths", () => {
  const drones = [1, 2].flatMap(statsAfterBotMatch);
  const sum = (of: (stats: Stats) => number) => drones.reduce((total, stats) => total + of(stats), 0);
  for (const stats of drones) {
    const weapons = Object.values(stats.weapons);
    for (const what of ["shots", "hits", "kills", "damage"] as const) {
      expect(weapons.reduce((total, weapon) => total + weapon[what], 0)).toBe(stats[what]);
    }
  }
  expect(sum(({ kills }) => kills)).toBe(sum(({ deaths }) => deaths));
  expect(sum(({ kills }) => kills)).toBeGreaterThan(5);
  expect(sum(({ assists }) => assists)).toBeGreaterThan(0);
});

test("[STATS-11] how a match ended is not on the wire", () => {
  expect(packEvent({ type: "match", phase: "results", how: "draw" })).toEqual(
    packEvent({ type: "match", phase: "results" }),
  );
});

test("[MATCH-17] the end says how the match ended", () => {
  const endOf = (events: SimEvent[]) =>
    events.flatMap((event) => (event.type === "match" && event.phase === "results" ? [event.how] : []));
  const limited = () => fight({ a: 0, b: 1 }, { scoreLimit: 2, timeLimitTicks: 60 });
  const won = limited();
  expect(endOf([...shootDown(won, "a", "b"), ...step(won)])).toEqual([]);
  const victim = won.state.drones.get("b");
  if (victim) Object.assign(victim, { hp: 100 });
  expect(endOf(shootDown(won, "a", "b"))).toEqual(["scoreLimit"]);
  const timed = limited();
  shootDown(timed, "a", "b");
  expect(endOf(step(timed, 60))).toEqual(["timeLimit"]);
  expect(endOf(step(limited(), 60 + OVERTIME_TICKS))).toEqual(["draw"]);
  const events: SimEvent[] = [];
  callOff(limited(), events);
  expect(endOf(events)).toEqual(["calledOff"]);
});
