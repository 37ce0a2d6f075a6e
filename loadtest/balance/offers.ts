/** What there is to play: each map with each mode that it is made for. */
import { readdirSync, readFileSync } from "node:fs";
import type { Arena } from "#shared/arena/arena.ts";
import { parseArena } from "#shared/arena/parseArena.ts";
import type { ModeName } from "#shared/modes/modes.ts";

export interface Offer {
  readonly map: string;
  readonly mode: ModeName;
}

const FOLDER = new URL("../../shared/arena/maps/", import.meta.url);
const arenas = new Map<string, Arena>();

export function arenaOf(map: string): Arena {
  const known = arenas.get(map);
  if (known) return known;
  const arena = parseArena(JSON.parse(readFileSync(new URL(`${map}.tmj`, FOLDER), "utf8")), map);
  arenas.set(map, arena);
  return arena;
}

export function offersOf(): Offer[] {
  const maps = readdirSync(FOLDER).flatMap((file) => /^(.+)\.tmj$/.exec(file)?.[1] ?? []);
  return maps.flatMap((map) => arenaOf(map).modes.map((mode) => ({ map, mode })));
}

/** As many bots as make a good fight of a map: halfway between its least and its most, in two equal sides. */
export function playersOf(map: string): number {
  const { min, max } = arenaOf(map).players;
  return Math.max(2, 2 * Math.round((min + max) / 4));
}
