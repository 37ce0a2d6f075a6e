/** The pairs of map and mode that can be played: each map with the modes it was made for. */
import { readdirSync, readFileSync } from "node:fs";
import type { Arena } from "#shared/arena/arena.ts";
import { parseArena } from "#shared/arena/parseArena.ts";
import type { ModeName } from "#shared/schema/names.ts";
import { botsIn } from "#shared/trial/plan.ts";

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

/** The maps of matches. */
const mapNames = (): string[] =>
  readdirSync(FOLDER)
    .flatMap((file) => /^(.+)\.tmj$/.exec(file)?.[1] ?? [])
    .filter((map) => arenaOf(map).use === "match");

export const allOffers = (): Offer[] =>
  mapNames().flatMap((map) => arenaOf(map).modes.map((mode) => ({ map, mode })));

/** The bots in a match by default. */
export const defaultPlayers = (map: string): number => botsIn(arenaOf(map));

/** All maps, the one with the fewest tiles first. */
export function mapsBySize(): string[] {
  const tiles = (map: string) => arenaOf(map).columns * arenaOf(map).rows;
  return mapNames().sort((a, b) => tiles(a) - tiles(b));
}
