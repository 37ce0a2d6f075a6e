import { describe, expect, test } from "vitest";
import { stepWorld } from "#shared/game/step.ts";
import type { ModeName } from "#shared/schema/names.ts";
import type { Rules } from "#shared/sim/rules.ts";
import { seenNow } from "#shared/sim/sight.ts";
import { addDrone, createWorld, fireAt, openArena, shootDown } from "#shared/testing/builders.ts";
import { DRONE } from "#shared/tuning.ts";

/** `a` and `mate` against `b` and `other`, far apart. */
function match(mode: ModeName, rules: Partial<Rules> = {}) {
  const world = createWorld(openArena(), 1, { mode, ...rules });
  const teams = mode === "deathmatch" ? [0, 1, 2, 3] : [0, 1, 0, 1];
  const ids = ["a", "b", "mate", "other"];
  for (const [index, id] of ids.entries()) {
    addDrone(world, id, { x: 400 + 400 * index, y: 600, team: teams[index] ?? 0 });
  }
  const scores = () => ids.map((id) => world.state.drones.get(id)?.score);
  return { world, scores, teams: () => [world.state.scoreA, world.state.scoreB] };
}

const wait = (world: Parameters<typeof stepWorld>[0], ticks: number) => {
  for (let tick = 0; tick < ticks; tick++) stepWorld(world, new Map(), seenNow);
};

describe("deathmatch", () => {
  test("[MODE-DM-1] a kill scores for the killer; teams have no score", () => {
    const { world, scores, teams } = match("deathmatch");
    shootDown(world, "a", "b");
    shootDown(world, "a", "mate");
    shootDown(world, "other", "a");
    expect(scores()).toEqual([2, 0, 0, 1]);
    expect(teams()).toEqual([0, 0]);
  });

  test("[MODE-DM-2] a hit that does not destroy scores nothing, and neither does a killer who has left", () => {
    const { world, scores } = match("deathmatch");
    shootDown(world, "gone", "b");
    expect(scores()).toEqual([0, 0, 0, 0]);
    const events = shootDown(world, "a", "mate");
    expect(events).toContainEqual({ type: "kill", victim: "mate", killer: "a", weapon: "blaster" });
    wait(world, DRONE.respawnTicks);
    expect(scores()).toEqual([1, 0, 0, 0]);
  });

  test("[MODE-DM-3] the best score ends the match, not the sum", () => {
    const { world } = match("deathmatch", { scoreLimit: 2 });
    shootDown(world, "a", "b");
    shootDown(world, "mate", "other");
    expect(world.state.phase).toBe("live");
    wait(world, DRONE.respawnTicks);
    shootDown(world, "a", "b");
    expect(world.state.phase).toBe("results");
  });
});

describe("team deathmatch", () => {
  test("[MODE-TDM-1] a kill scores for the team and for the killer", () => {
    const { world, scores, teams } = match("teamDeathmatch");
    shootDown(world, "a", "b");
    shootDown(world, "mate", "other");
    shootDown(world, "other", "a");
    expect(scores()).toEqual([1, 0, 1, 1]);
    expect(teams()).toEqual([2, 1]);
  });

  test("[MODE-TDM-2] killing a team mate costs both a point, below zero if need be", () => {
    const { world, scores, teams } = match("teamDeathmatch", { friendlyFire: true });
    shootDown(world, "a", "mate");
    expect(scores()).toEqual([-1, 0, 0, 0]);
    expect(teams()).toEqual([-1, 0]);
  });

  test("[MODE-TDM-3] the team's score ends the match, whoever scored", () => {
    const { world } = match("teamDeathmatch", { scoreLimit: 2 });
    shootDown(world, "a", "b");
    expect(world.state.phase).toBe("live");
    shootDown(world, "mate", "other");
    expect(world.state.phase).toBe("results");
  });

  test("[MODE-TDM-4] the points of a player who leaves stay with the team", () => {
    const { world, teams } = match("teamDeathmatch", { timeLimitTicks: 20 });
    shootDown(world, "a", "b");
    world.state.drones.delete("a");
    wait(world, 20);
    expect(teams()).toEqual([1, 0]);
    expect(world.state.phase).toBe("results");
  });

  test("[MODE-TDM-5] when both teams score their last point in one tick, the match continues as a draw", () => {
    const { world, teams } = match("teamDeathmatch", { scoreLimit: 1 });
    fireAt(world, "a", "b");
    shootDown(world, "b", "a");
    expect(teams()).toEqual([1, 1]);
    expect(world.state.phase).toBe("live");
    shootDown(world, "mate", "other");
    expect(world.state.phase).toBe("results");
  });
});
