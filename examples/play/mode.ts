/** Plays the example mode with three bots until it is decided. */
import { rulesOf } from "#shared/modes/rules.ts";
import type { ModeName } from "#shared/schema/names.ts";
import { drawArena } from "#shared/testing/builders.ts";
import { BotMatch } from "#shared/trial/botMatch.ts";

// The name is known only in the copy of the game that has the mode.
const mode = "lastDroneStanding" as string as ModeName;
const arena = drawArena(
  "##############",
  "#S..........S#",
  "#....##......#",
  "#............#",
  "#.....##.....#",
  "#S..........S#",
  "##############",
);
const match = new BotMatch(arena, 1, ["hard", "hard", "normal"], rulesOf(mode));
const { state } = match.world;
while (state.phase === "live") match.step();
const scores = Array.from(state.drones.values(), ({ score }) => score);
console.log(JSON.stringify({ mode: state.mode, phase: state.phase, best: Math.max(...scores) }));
