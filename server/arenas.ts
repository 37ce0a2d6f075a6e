/** The maps that this server offers, read and validated once at start. */
import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import type { Arena } from "#shared/arena/arena.ts";
import { parseArena } from "#shared/arena/parseArena.ts";

const MAPS_FOLDER = new URL("../shared/arena/maps/", import.meta.url);
const MAP_FILE = /^(.+)\.tmj$/;

export interface OfferedMap {
  readonly arena: Arena;
  /** The text of the Tiled file, which clients receive unchanged. */
  readonly tiledJson: string;
  /** Of the text, hexadecimal: names an arena by its content. */
  readonly sha256: string;
}

/** By name. Importing this file throws ArenaError, or SyntaxError with the map's name, if a map is invalid. */
export const MAPS: ReadonlyMap<string, OfferedMap> = new Map(
  readdirSync(MAPS_FOLDER).flatMap((file) => {
    const name = MAP_FILE.exec(file)?.[1];
    return name ? [[name, readMap(name)]] : [];
  }),
);

/** Throws if there is no such map. */
export function arenaOf(name: string): Arena {
  const map = MAPS.get(name);
  if (!map) throw new Error(`there is no map "${name}"; there are ${[...MAPS.keys()].join(", ")}`);
  return map.arena;
}

function readMap(name: string): OfferedMap {
  const tiledJson = readFileSync(new URL(`${name}.tmj`, MAPS_FOLDER), "utf8");
  try {
    const sha256 = createHash("sha256").update(tiledJson).digest("hex");
    return { arena: parseArena(JSON.parse(tiledJson), name), tiledJson, sha256 };
  } catch (error) {
    if (error instanceof SyntaxError) error.message = `map "${name}" is not JSON: ${error.message}`;
    throw error;
  }
}
