/** The maps that this server offers, read and checked once at start. */
import { readFileSync } from "node:fs";
import type { Arena } from "#shared/arena/arena.ts";
import { parseArena } from "#shared/arena/parseArena.ts";

export const MAPS_FOLDER = new URL("../shared/arena/maps/", import.meta.url);

/** Throws ArenaError, or SyntaxError with the file's name, when the map is not usable. */
export function loadArena(name: string): Arena {
  const file = new URL(`${name}.tmj`, MAPS_FOLDER);
  const text = readFileSync(file, "utf8");
  try {
    return parseArena(JSON.parse(text), name);
  } catch (error) {
    if (error instanceof SyntaxError) error.message = `map "${name}" is not JSON: ${error.message}`;
    throw error;
  }
}
