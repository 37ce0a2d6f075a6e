import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Arena } from "#shared/arena/arena.ts";
import { COUNTDOWN_TICKS, OVERTIME_TICKS, RESULTS_TICKS } from "#shared/config.ts";
import { type ArenaWorld, createWorld } from "#shared/game/createWorld.ts";
import { stepWorld } from "#shared/game/step.ts";
import { MODE_NAMES } from "#shared/schema/names.ts";
import type { SimEvent } from "#shared/sim/event.ts";
import type { Rules } from "#shared/sim/rules.ts";
import { seenNow } from "#shared/sim/sight.ts";
import { addDrone, drawArena, holding, openArena, shootDown } from "#shared/testing/builders.ts";
import { DRONE } from "#shared/tuning.ts";
import { setUpMatch } from "./match.ts";
import { rulesOf } from "./rules.ts";
import { statsOf } from "./stats.ts";

/** Has the objects of every mode. */
const arena = drawArena("############", "#0...h....0#", "#.A..H..B..#", "#1........1#", "############");

/** A match to 3 points, of 10 s at most. */
const shortRules = (changes: Partial<Rules> = {}): Rules => ({
  ...rulesOf(changes.mode ?? "deathmatch"),
  scoreLimit: 3,
  timeLimitTicks: 300,
  ...changes,
});

const RULES = shortRules();

/** A match that is set up and waits for drones. */
function waitingMatch(arena: Arena, seed: number, rules: Rules): ArenaWorld {
  const world = createWorld(arena, seed, rules);
  setUpMatch(world, arena, rules);
  return world;
}

function step(world: ArenaWorld, ticks = 1): SimEvent[] {
  return Array.from({ length: ticks }, () => stepWorld(world, new Map(), seenNow)).flat();
}

/** A match with `a` and `b`, in its first live tick. */
function liveMatch(rules: Partial<Rules> = {}): ArenaWorld {
  const world = waitingMatch(arena, 1, shortRules(rules));
  addDrone(world, "a", { team: 0 });
  addDrone(world, "b", { team: 1 });
  step(world, COUNTDOWN_TICKS + 1);
  expect(world.state.phase).toBe("live");
  for (const drone of world.state.drones.values()) drone.protectedTicks = 0;
  return world;
}

/** The phases of the next ticks, each with its duration in ticks. */
function phases(world: ArenaWorld, ticks: number): [string, number][] {
  const seen: [string, number][] = [];
  for (let tick = 0; tick < ticks; tick++) {
    step(world);
    const last = seen.at(-1);
    if (last?.[0] === world.state.phase) last[1]++;
    else seen.push([world.state.phase, 1]);
  }
  return seen;
}

describe("the phases", () => {
  test("[MATCH-1] a match waits for two drones, counts down, is live, shows results and is over, each for its time", () => {
    const world = waitingMatch(arena, 1, RULES);
    addDrone(world, "a");
    expect(phases(world, 200)).toEqual([["waiting", 200]]);
    addDrone(world, "b");
    expect(phases(world, 3000)).toEqual([
      ["countdown", COUNTDOWN_TICKS],
      // No drone scored, so the draw lasts through overtime.
      ["live", RULES.timeLimitTicks + OVERTIME_TICKS],
      ["results", RESULTS_TICKS],
      ["over", 3000 - COUNTDOWN_TICKS - RULES.timeLimitTicks - OVERTIME_TICKS - RESULTS_TICKS],
    ]);
  });

  test("[MATCH-2] events announce the live phase and the results", () => {
    const world = waitingMatch(arena, 1, RULES);
    for (const id of ["a", "b"]) addDrone(world, id);
    const events = step(world, 2700).filter(({ type }) => type === "match");
    expect(events).toEqual([
      { type: "match", phase: "live" },
      { type: "match", phase: "results", how: "draw" },
    ]);
  });

  test("[MATCH-3] a countdown returns to waiting when too few drones are left", () => {
    const world = waitingMatch(arena, 1, RULES);
    for (const id of ["a", "b"]) addDrone(world, id);
    step(world, 30);
    world.state.drones.delete("b");
    expect(phases(world, 200)).toEqual([["waiting", 200]]);
    addDrone(world, "c");
    expect(phases(world, COUNTDOWN_TICKS + 1).map(([phase]) => phase)).toEqual(["countdown", "live"]);
  });

  test("[MATCH-4] scores, stats and pickups from before the start do not count", () => {
    const world = waitingMatch(arena, 1, RULES);
    const a = addDrone(world, "a", { ...holding("mortar"), shield: 40, hasteTicks: 99, overchargeTicks: 99 });
    const b = addDrone(world, "b", { x: 300, y: 200 });
    step(world);
    shootDown(world, "a", "b");
    expect([a.score, b.hp]).toEqual([0, 0]);
    Object.assign(a, { score: 7, dashCooldownTicks: 50, specialCooldownTicks: 9, vx: 100 });
    world.pickupDueTicks[0] = 10_000;
    world.state.scoreA = 5;
    statsOf(world, "a").kills = 5;
    const fresh = { hp: DRONE.hp, shield: 0, ammo: 0, hasteTicks: 0, overchargeTicks: 0, score: 0, vx: 0 };
    const ready = { dashCooldownTicks: 0, specialCooldownTicks: 0, cooldownTicks: 0 };
    step(world, COUNTDOWN_TICKS - 1);
    expect(world.state.phase).toBe("live");
    for (const drone of [a, b]) expect(drone).toMatchObject({ ...fresh, ...ready });
    expect(world.state).toMatchObject({ scoreA: 0, scoreB: 0 });
    expect([world.state.projectiles.size, world.stats.size]).toEqual([0, 0]);
    step(world);
    expect(world.state.pickups.size).toBe(1);
  });

  test("[MATCH-5] at the start no two drones stand on the same spawn point, wherever they waited", () => {
    for (let seed = 0; seed < 20; seed++) {
      const world = waitingMatch(openArena(), seed, RULES);
      const corners = [...world.arena.spawns];
      const drones = corners.map(({ x, y }, index) => addDrone(world, `d${index}`, { x, y }));
      step(world, COUNTDOWN_TICKS + 1);
      expect(new Set(drones.map(({ x, y }) => `${x},${y}`)).size).toBe(4);
    }
  });

  test("[MATCH-16] a drone that waited by a spawn point does not keep others from it", () => {
    const places = new Set<string>();
    for (let seed = 0; seed < 40; seed++) {
      const world = waitingMatch(openArena(), seed, RULES);
      const first = addDrone(world, "a");
      addDrone(world, "b", world.arena.spawns[0]);
      step(world, COUNTDOWN_TICKS + 1);
      places.add(`${first.x},${first.y}`);
    }
    expect(places.size).toBe(4);
  });

  test("[MATCH-6] a drone that joins late plays from a score of 0", () => {
    const world = liveMatch();
    shootDown(world, "a", "b");
    const late = addDrone(world, "c", { hp: 0 });
    step(world);
    expect(late).toMatchObject({ hp: DRONE.hp, score: 0 });
    shootDown(world, "c", "a");
    expect(late.score).toBe(1);
    expect(world.state.phase).toBe("live");
  });

  test("[MATCH-7] setting up a match again resets everything", () => {
    const world = liveMatch({ mode: "kingOfTheHill" });
    shootDown(world, "a", "b");
    step(world, 3000);
    expect(world.state.phase).toBe("over");
    setUpMatch(world, arena, shortRules());
    expect(world.state).toMatchObject({ phase: "waiting", mode: "deathmatch", scoreA: 0, scoreB: 0 });
    expect(world.state.hill.toJSON()).toEqual({ x: 0, y: 0, width: 0, height: 0, holder: 0, movesTick: 0 });
    expect(world.state.awards).toHaveLength(0);
    expect([...world.state.drones.values()].map(({ score }) => score)).toEqual([0, 0]);
    expect(phases(world, COUNTDOWN_TICKS + 1)).toEqual([
      ["countdown", COUNTDOWN_TICKS],
      ["live", 1],
    ]);
  });

  test.each(MODE_NAMES)("[MATCH-8] a match of %s ends properly after all drones have left", (mode) => {
    const world = liveMatch({ mode });
    step(world, 20);
    world.state.drones.clear();
    step(world, RULES.timeLimitTicks + OVERTIME_TICKS);
    expect(["results", "over"]).toContain(world.state.phase);
    step(world, RESULTS_TICKS);
    expect(world.state.phase).toBe("over");
    expect(world.state.awards).toHaveLength(0);
  });
});

describe("the end", () => {
  test("[MATCH-9] the match ends at the score limit, in the tick of the point", () => {
    const world = liveMatch();
    for (let kills = 0; kills < 2; kills++) {
      shootDown(world, "a", "b");
      step(world, DRONE.respawnTicks);
      expect(world.state.phase).toBe("live");
    }
    const events = shootDown(world, "a", "b");
    expect(events.at(-1)).toEqual({ type: "match", phase: "results", how: "scoreLimit" });
    expect(world.state.drones.get("a")?.score).toBe(3);
  });

  test("[MATCH-10] the match ends at the time limit when one side leads", () => {
    const world = liveMatch();
    shootDown(world, "a", "b");
    expect(phases(world, RULES.timeLimitTicks)).toEqual([
      ["live", RULES.timeLimitTicks - 2],
      ["results", 2],
    ]);
  });

  test("[MATCH-11] a draw at the time limit ends with the next point", () => {
    const world = liveMatch();
    step(world, RULES.timeLimitTicks + 100);
    expect(world.state.phase).toBe("live");
    shootDown(world, "b", "a");
    expect(world.state.phase).toBe("results");
  });

  test("[MATCH-12] a draw at the score limit also ends with the next point", () => {
    const world = liveMatch();
    for (const drone of world.state.drones.values()) drone.score = 3;
    step(world, 5);
    expect(world.state.phase).toBe("live");
    shootDown(world, "b", "a");
    expect(world.state.phase).toBe("results");
  });

  test("[MATCH-13] a leader who leaves before the end takes the lead along", () => {
    const world = liveMatch();
    addDrone(world, "c", { x: 400, y: 200 });
    shootDown(world, "a", "b");
    world.state.drones.delete("a");
    step(world, RULES.timeLimitTicks);
    expect(world.state.phase).toBe("live");
  });

  test("[MATCH-14] no drone scores during results", () => {
    const world = liveMatch({ scoreLimit: 1 });
    shootDown(world, "a", "b");
    const events = shootDown(world, "b", "a");
    expect(events.filter(({ type }) => type === "kill")).toEqual([]);
    expect(world.state.drones.get("b")?.score).toBe(0);
  });
});

describe("awards", () => {
  const awards = (world: ArenaWorld) => world.state.awards.toJSON();

  /** Ends the match with these stats. */
  function finish(world: ArenaWorld, done: Record<string, Partial<ReturnType<typeof statsOf>>>) {
    for (const [id, stats] of Object.entries(done)) Object.assign(statsOf(world, id), stats);
    (world.state.drones.get("a") ?? { score: 0 }).score = 99;
    step(world);
    return awards(world);
  }

  test("[AWARD-1] each award goes to the drone with the highest value", () => {
    const given = finish(liveMatch(), {
      a: { kills: 4, longestStreak: 2, shots: 100, hits: 10, carries: 0 },
      b: { kills: 3, longestStreak: 3, shots: 20, hits: 15, carries: 2 },
    });
    expect(given).toEqual([
      { kind: "kills", drone: "a", value: 4 },
      { kind: "streak", drone: "b", value: 3 },
      { kind: "accuracy", drone: "b", value: 75 },
      { kind: "carries", drone: "b", value: 2 },
    ]);
  });

  test("[AWARD-2] no award is given for values below its minimum", () => {
    expect(finish(liveMatch(), {})).toEqual([]);
    expect(finish(liveMatch(), { a: { longestStreak: 1, shots: 19, hits: 19 } })).toEqual([]);
  });

  test("[AWARD-3] of equal values the drone whose id sorts first gets the award; a drone that has left gets none", () => {
    const tie = { kills: 2 };
    expect(finish(liveMatch(), { b: tie, a: tie })).toEqual([{ kind: "kills", drone: "a", value: 2 }]);
    expect(finish(liveMatch(), { b: tie, a: { kills: 1 }, gone: { kills: 9 } })).toMatchObject([
      { drone: "b" },
    ]);
  });

  test("[AWARD-4] accuracy never exceeds 100 %, although one shell can hit several drones", () => {
    expect(finish(liveMatch(), { a: { shots: 20, hits: 31 } })).toMatchObject([
      { kind: "accuracy", value: 100 },
    ]);
  });

  test("[STATS-1] kills, deaths and streaks are counted as they happen", () => {
    const world = liveMatch();
    addDrone(world, "c", { x: 500, y: 200 });
    shootDown(world, "a", "b");
    shootDown(world, "a", "c");
    shootDown(world, "b", "a");
    expect(statsOf(world, "a")).toMatchObject({ kills: 2, deaths: 1, streak: 0, longestStreak: 2, hits: 2 });
    expect(statsOf(world, "b")).toMatchObject({ kills: 1, deaths: 1, streak: 1, longestStreak: 1 });
    expect(statsOf(world, "c")).toMatchObject({ kills: 0, deaths: 1 });
  });

  test("[STATS-2] destroying a team mate does not count as a kill", () => {
    const world = liveMatch({ mode: "teamDeathmatch", friendlyFire: true });
    addDrone(world, "mate", { x: 500, y: 200, team: 0 });
    shootDown(world, "a", "mate");
    expect(statsOf(world, "a")).toMatchObject({ kills: 0, streak: 0, longestStreak: 0 });
    expect(statsOf(world, "mate").deaths).toBe(1);
  });

  test("[STATS-3] the stats at the end of a match include its last tick", () => {
    const world = liveMatch({ scoreLimit: 1 });
    shootDown(world, "a", "b");
    expect(awards(world)).toEqual([{ kind: "kills", drone: "a", value: 1 }]);
  });
});

test("[MATCH-15] for any joins, leaves and kills, phases follow in order and nothing throws", () => {
  const NEXT: Record<string, string[]> = {
    waiting: ["countdown"],
    countdown: ["live", "waiting"],
    live: ["results"],
    results: ["over"],
    over: [],
  };
  const anyMove = fc.record({
    number: fc.integer({ min: 0, max: 4 }),
    joins: fc.boolean(),
    ticks: fc.nat(120),
  });
  fc.assert(
    fc.property(fc.array(anyMove, { maxLength: 25 }), fc.constantFrom(...MODE_NAMES), (moves, mode) => {
      const world = waitingMatch(arena, 1, shortRules({ mode }));
      for (const { number, joins, ticks } of moves) {
        if (joins) addDrone(world, `d${number}`, { team: number % 2, hp: 0 });
        else world.state.drones.delete(`d${number}`);
        for (let tick = 0; tick < ticks; tick++) {
          const { phase } = world.state;
          step(world);
          if (world.state.phase !== phase) expect(NEXT[phase]).toContain(world.state.phase);
        }
      }
    }),
    { numRuns: 60 },
  );
});
