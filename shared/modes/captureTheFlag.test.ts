import { describe, expect, test } from "vitest";
import type { ArenaWorld } from "#shared/game/createWorld.ts";
import { stepWorld } from "#shared/game/step.ts";
import { type Drone, Flag } from "#shared/schema/state.ts";
import type { SimEvent } from "#shared/sim/event.ts";
import { seenNow } from "#shared/sim/sight.ts";
import { addDrone, createWorld, drawArena, shootDown } from "#shared/testing/builders.ts";
import { CAPTURE_THE_FLAG, DRONE } from "#shared/tuning.ts";
import { statsOf } from "./stats.ts";

const arena = drawArena(
  "####################",
  "#0................1#",
  "#..................#",
  "#.A..............B.#",
  "#..................#",
  "#0................1#",
  "####################",
);
const HOME_A = { x: 2.5 * 64, y: 3.5 * 64 };
const HOME_B = { x: 17.5 * 64, y: 3.5 * 64 };
const MIDDLE = { x: 640, y: 224 };
const { reachPx, returnTicks } = CAPTURE_THE_FLAG;

/** `a` of team 0 and `b` of team 1, away from the flags. */
function match(rules = {}, seed = 1) {
  const world = createWorld(arena, seed, { mode: "captureTheFlag", ...rules });
  const a = addDrone(world, "a", { ...MIDDLE, team: 0 });
  const b = addDrone(world, "b", { x: 640, y: 100, team: 1 });
  const flagOf = (team: number) => world.state.flags.get(String(team)) ?? new Flag();
  return { world, a, b, flagA: flagOf(0), flagB: flagOf(1) };
}

const put = (drone: Drone, place: { x: number; y: number }) =>
  Object.assign(drone, { x: place.x, y: place.y });

function flagEvents(world: ArenaWorld, ticks = 1): SimEvent[] {
  const all = Array.from({ length: ticks }, () => stepWorld(world, new Map(), seenNow)).flat();
  return all.filter(({ type }) => type === "flag");
}

/** `a` carries the flag of team 1, in the middle of the arena. */
function carried(rules = {}) {
  const parts = match(rules);
  put(parts.a, HOME_B);
  flagEvents(parts.world);
  put(parts.a, MIDDLE);
  flagEvents(parts.world);
  expect(parts.flagB.carrier).toBe("a");
  return parts;
}

describe("taking", () => {
  test("[MODE-CTF-1] both flags start at home, and an enemy takes one by touching it", () => {
    const { world, a, flagA, flagB } = match();
    expect([flagA, flagB]).toMatchObject([
      { team: 0, ...HOME_A, carrier: "" },
      { team: 1, ...HOME_B, carrier: "" },
    ]);
    put(a, HOME_B);
    expect(flagEvents(world)).toEqual([{ type: "flag", what: "taken", team: 1, drone: "a" }]);
    expect(flagB.carrier).toBe("a");
    expect(flagEvents(world, 5)).toEqual([]);
  });

  test("[MODE-CTF-2] a flag is touched within its reach and not beyond", () => {
    for (const [px, taken] of [
      [reachPx + DRONE.radiusPx, 1],
      [reachPx + DRONE.radiusPx + 0.0625, 0],
    ] as const) {
      const { world, a } = match();
      put(a, { x: HOME_B.x - px, y: HOME_B.y });
      expect(flagEvents(world)).toHaveLength(taken);
    }
  });

  test("[MODE-CTF-3] neither its own team nor a destroyed drone takes a flag", () => {
    const { world, a, b } = match();
    put(b, HOME_B);
    Object.assign(put(a, HOME_B), { hp: 0, respawnTick: 99 });
    expect(flagEvents(world, 3)).toEqual([]);
  });

  test("[MODE-CTF-4] the nearest of two enemies takes a flag; between equals the choice is random", () => {
    const takers = new Set<string>();
    for (let seed = 0; seed < 20; seed++) {
      const { world, a, flagB } = match({}, seed);
      put(a, { x: HOME_B.x - 30, y: HOME_B.y });
      addDrone(world, "rival", { x: HOME_B.x, y: HOME_B.y + 30, team: 0 });
      flagEvents(world);
      takers.add(flagB.carrier);
      const second = match({}, seed);
      put(second.a, { x: HOME_B.x - 30, y: HOME_B.y });
      addDrone(second.world, "rival", { x: HOME_B.x, y: HOME_B.y + 31, team: 0 });
      flagEvents(second.world);
      expect(second.flagB.carrier).toBe("a");
    }
    expect([...takers].sort()).toEqual(["a", "rival"]);
  });
});

describe("dropping and returning", () => {
  test("[MODE-CTF-5] a destroyed carrier drops the flag where it was", () => {
    const { world, flagB } = carried();
    const dropped = shootDown(world, "b", "a").filter(({ type }) => type === "flag");
    expect(dropped).toEqual([{ type: "flag", what: "dropped", team: 1, drone: "a" }]);
    expect(flagB).toMatchObject({ carrier: "", ...MIDDLE });
  });

  test("[MODE-CTF-6] a carrier that leaves the room drops the flag where it was", () => {
    const { world, flagB } = carried();
    world.state.drones.delete("a");
    expect(flagEvents(world)).toEqual([{ type: "flag", what: "dropped", team: 1, drone: "a" }]);
    expect(flagB).toMatchObject({ carrier: "", ...MIDDLE });
  });

  test("[MODE-CTF-7] its own team returns a dropped flag by touching it", () => {
    const { world, b, flagB } = carried();
    shootDown(world, "b", "a");
    put(b, MIDDLE);
    expect(flagEvents(world)).toEqual([{ type: "flag", what: "returned", team: 1, drone: "b" }]);
    expect(flagB).toMatchObject({ carrier: "", ...HOME_B });
    expect(flagEvents(world, 3)).toEqual([]);
  });

  test("[MODE-CTF-8] a dropped flag returns by itself after exactly its time", () => {
    const { world, a, flagB } = carried();
    shootDown(world, "b", "a");
    a.respawnTick = 1_000_000;
    expect(flagEvents(world, returnTicks - 1)).toEqual([]);
    expect(flagEvents(world)).toEqual([{ type: "flag", what: "returned", team: 1, drone: "" }]);
    expect(flagB).toMatchObject(HOME_B);
  });

  test("[MODE-CTF-9] an enemy takes a dropped flag, and its return time starts anew when it is dropped again", () => {
    const { world, a, flagB } = carried();
    shootDown(world, "b", "a");
    a.respawnTick = 1_000_000;
    flagEvents(world, returnTicks - 10);
    const second = addDrone(world, "c", { ...MIDDLE, team: 0 });
    expect(flagEvents(world)).toMatchObject([{ what: "taken", drone: "c" }]);
    put(second, { x: 700, y: 224 });
    flagEvents(world);
    shootDown(world, "b", "c");
    second.respawnTick = 1_000_000;
    expect(flagB).toMatchObject({ x: 700, y: 224 });
    expect(flagEvents(world, returnTicks - 1)).toEqual([]);
    expect(flagEvents(world)).toMatchObject([{ what: "returned" }]);
  });

  test("[MODE-CTF-10] a flag whose place on the map is off the wire's grid still counts as at home", () => {
    const flags = [
      { ...HOME_A, team: 0 },
      { x: 1000.03, y: 200.01, team: 1 },
    ];
    const world = createWorld({ ...arena, flags }, 1, { mode: "captureTheFlag" });
    addDrone(world, "b", { x: 1000, y: 200, team: 1 });
    expect(flagEvents(world, 5)).toEqual([]);
    const a = addDrone(world, "a", { ...HOME_A, team: 0 });
    put(a, { x: 1000, y: 240 });
    expect(flagEvents(world)).toMatchObject([{ what: "taken" }]);
  });
});

describe("capturing", () => {
  test("[MODE-CTF-11] a capture scores for the team and the carrier and returns the flag", () => {
    const { world, a, flagB } = carried();
    put(a, HOME_A);
    expect(flagEvents(world)).toEqual([{ type: "flag", what: "captured", team: 1, drone: "a" }]);
    expect([world.state.scoreA, world.state.scoreB, a.score]).toEqual([
      1,
      0,
      CAPTURE_THE_FLAG.pointsPerCapture,
    ]);
    expect(flagB).toMatchObject({ carrier: "", ...HOME_B });
    expect(statsOf(world, "a").carries).toBe(1);
  });

  test("[MODE-CTF-12] a capture needs the own flag at home, neither carried nor dropped", () => {
    const { world, a, b } = carried();
    put(a, { x: HOME_A.x + 200, y: HOME_A.y });
    put(b, HOME_A);
    expect(flagEvents(world)).toMatchObject([{ what: "taken", team: 0, drone: "b" }]);
    put(b, MIDDLE);
    put(a, HOME_A);
    expect(flagEvents(world, 5)).toEqual([]);
    shootDown(world, "a", "b");
    b.respawnTick = 1_000_000;
    expect(flagEvents(world, 5)).toEqual([]);
    expect(world.state.scoreA).toBe(0);
    addDrone(world, "mate", { ...MIDDLE, team: 0 });
    const events = flagEvents(world, 2);
    expect(events).toMatchObject([
      { what: "returned", drone: "mate" },
      { what: "captured", drone: "a" },
    ]);
  });

  test("[MODE-CTF-17] a carrier that reaches its own dropped flag returns that flag instead of capturing", () => {
    const { world, a, b, flagA } = carried();
    put(b, HOME_A);
    flagEvents(world);
    put(b, { x: 400, y: 224 });
    flagEvents(world);
    shootDown(world, "a", "b");
    expect(flagA).toMatchObject({ carrier: "", x: 400 });
    put(a, { x: 400, y: 224 });
    expect(flagEvents(world, 3)).toEqual([{ type: "flag", what: "returned", team: 0, drone: "a" }]);
    expect(world.state.scoreA).toBe(0);
  });

  test("[MODE-CTF-13] a carrier that is destroyed in the same tick does not capture", () => {
    const { world, a, flagB } = carried();
    put(a, HOME_A);
    const events = shootDown(world, "b", "a").filter(({ type }) => type === "flag");
    expect(events).toEqual([{ type: "flag", what: "dropped", team: 1, drone: "a" }]);
    expect([world.state.scoreA, a.score]).toEqual([0, 0]);
    expect(flagB).toMatchObject(MIDDLE);
  });

  test("[MODE-CTF-14] a capture precedes an enemy's touch in the same tick, for both teams", () => {
    for (const [own, other] of [
      [0, 1],
      [1, 0],
    ] as const) {
      const homes = [HOME_A, HOME_B];
      const world = createWorld(arena, 1, { mode: "captureTheFlag" });
      const carrier = addDrone(world, "carrier", { ...homes[other], team: own });
      flagEvents(world);
      put(carrier, { x: (homes[own]?.x ?? 0) - 40, y: 224 });
      addDrone(world, "thief", { x: (homes[own]?.x ?? 0) + 40, y: 224, team: other });
      expect(flagEvents(world)).toMatchObject([
        { what: "captured", team: other, drone: "carrier" },
        { what: "taken", team: own, drone: "thief" },
      ]);
    }
  });

  test("[MODE-CTF-15] the score limit in captures ends the match, and the carrier gets the award", () => {
    const { world, a } = match({ scoreLimit: CAPTURE_THE_FLAG.scoreLimit });
    for (let captures = 0; captures < CAPTURE_THE_FLAG.scoreLimit; captures++) {
      expect(world.state.phase).toBe("live");
      put(a, HOME_B);
      flagEvents(world);
      put(a, HOME_A);
      flagEvents(world);
    }
    expect(world.state.phase).toBe("results");
    expect(world.state.awards.toJSON()).toContainEqual({ kind: "carries", drone: "a", value: 3 });
  });

  test("[MODE-CTF-16] kills score nothing in capture the flag", () => {
    const { world, a } = match();
    shootDown(world, "a", "b");
    expect([world.state.scoreA, a.score]).toEqual([0, 0]);
  });
});
