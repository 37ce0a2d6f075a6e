import { describe, expect, test } from "vitest";
import { TICKS_PER_SEC } from "#shared/config.ts";
import { MODES } from "#shared/modes/modes.ts";
import { MOVE_MAX } from "#shared/schema/input.ts";
import type { ModeName } from "#shared/schema/names.ts";
import { isAlive } from "#shared/sim/world.ts";
import { readArena } from "#shared/testing/readMap.ts";
import { BotMatch } from "#shared/trial/botMatch.ts";
import type { SkillName } from "./skill.ts";

const foundry = readArena("foundry");
const anvil = readArena("anvil");

const team = (size: number, skill: SkillName = "normal") => Array.from({ length: size }, () => skill);

/** Limits that a short match reaches. */
const SCORE_LIMITS: Readonly<Record<ModeName, number>> = {
  deathmatch: 4,
  teamDeathmatch: 8,
  captureTheFlag: 1,
  kingOfTheHill: 15,
};

describe("matches of bots", () => {
  for (const mode of Object.keys(MODES) as ModeName[]) {
    test(`[BRAIN-20] ${mode}: eight bots reach the score limit within four minutes`, () => {
      const match = new BotMatch(foundry, 11, team(8), { mode, scoreLimit: SCORE_LIMITS[mode] });
      const { state } = match.world;
      while (state.phase === "live" && state.tick < 240 * TICKS_PER_SEC) match.step();
      expect(state.phase).toBe("results");
    });
  }

  test("[BRAIN-21] every command of a bot fits the wire's ranges", () => {
    const match = new BotMatch(foundry, 3, ["easy", "normal", "hard", ...team(5)]);
    for (let tick = 0; tick < 60 * TICKS_PER_SEC; tick++) {
      for (const [command] of match.step().commands.values()) {
        if (!command) throw new Error("no command");
        const { moveX, moveY, aim, buttons, reach = 0 } = command;
        const sticksAreLegal = [moveX, moveY].every(
          (axis) => Number.isInteger(axis) && Math.abs(axis) <= MOVE_MAX,
        );
        const isLegal =
          sticksAreLegal &&
          Math.abs(aim) <= Math.PI &&
          Number.isInteger(buttons) &&
          (buttons & ~7) === 0 &&
          Number.isInteger(reach) &&
          reach >= 0 &&
          reach <= 255;
        if (!isLegal) expect(command).toBe("legal");
      }
    }
  });

  test("[BRAIN-22] the same seed gives the same match", () => {
    const play = () => {
      const match = new BotMatch(foundry, 5, team(6));
      for (let tick = 0; tick < 40 * TICKS_PER_SEC; tick++) match.step();
      return Array.from(match.world.state.drones.values(), ({ x, y, hp, score }) => [x, y, hp, score]);
    };
    expect(play()).toEqual(play());
  });

  test("[BRAIN-23] a hard bot beats an easy one in a duel, whichever joins first", () => {
    const wins = Array.from({ length: 10 }, (_, duel) => {
      const skills: SkillName[] = duel % 2 === 0 ? ["hard", "easy"] : ["easy", "hard"];
      const match = new BotMatch(anvil, 100 + duel, skills, { mode: "deathmatch", scoreLimit: 4 });
      const { drones } = match.world.state;
      while (match.world.state.phase === "live" && match.world.state.tick < 9000) match.step();
      return (drones.get(`bot-${duel % 2}`)?.score ?? 0) >= 4;
    });
    expect(wins.filter(Boolean).length).toBeGreaterThanOrEqual(9);
  });
});

/** Places at which a drone that wanted to move stayed within 60 px for 3 s. */
function stuckPlaces(match: BotMatch, ticks: number): string[] {
  const boxes = new Map<string, { xs: number[]; ys: number[] }>();
  const places: string[] = [];
  for (let tick = 0; tick < ticks; tick++) {
    const { commands, events } = match.step();
    for (const event of events) if (event.type === "spawn") boxes.delete(event.drone);
    for (const [id, drone] of match.world.state.drones.entries()) {
      const command = commands.get(id)?.[0];
      if (!isAlive(drone) || !command || (command.moveX === 0 && command.moveY === 0)) {
        boxes.delete(id);
        continue;
      }
      const box = boxes.get(id) ?? { xs: [], ys: [] };
      boxes.set(id, box);
      box.xs.push(drone.x);
      box.ys.push(drone.y);
      if (box.xs.length <= 3 * TICKS_PER_SEC) continue;
      box.xs.shift();
      box.ys.shift();
      if (spread(box.xs) > 60 || spread(box.ys) > 60) continue;
      places.push(`${id} at ${drone.x},${drone.y} in tick ${tick}`);
      boxes.delete(id);
    }
  }
  return places;
}

const spread = (numbers: readonly number[]) => Math.max(...numbers) - Math.min(...numbers);

describe("navigation", () => {
  test.for([
    ["anvil", "kingOfTheHill", 4],
    ["causeway", "captureTheFlag", 10],
    ["foundry", "kingOfTheHill", 10],
    ["orchard", "deathmatch", 10],
    ["sprawl", "captureTheFlag", 24],
  ] as const)("[BRAIN-24] no bot is stuck on %s, %s, for 3 s within 90 s", ([map, mode, bots]) => {
    const match = new BotMatch(readArena(map), 8, team(bots), { mode });
    expect(stuckPlaces(match, 90 * TICKS_PER_SEC)).toEqual([]);
  });
});
