import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { parseArena } from "#shared/arena/parseArena.ts";
import { type Duellist, shareOfWins } from "./assistDuels.ts";

const path = new URL("../../shared/arena/maps/anvil.tmj", import.meta.url);
const arena = parseArena(JSON.parse(readFileSync(path, "utf8")), "anvil");
const DUELS = { duels: 80, seed: 1 };
const MOUSE: Duellist = { hands: "mouse", assist: 0 };

it("[ASSIST-5] thumbs with all the assist that the settings give do not win more than half of their duels against a mouse", () => {
  expect(shareOfWins(arena, { hands: "thumb", assist: 1 }, MOUSE, DUELS)).toBeLessThanOrEqual(0.5);
}, 240_000);
