import type { Arena } from "./arena.ts";
import { ArenaError } from "./arenaError.ts";
import { checkArena } from "./checkArena.ts";

/** `json` is the parsed file; `name` is the map's name in errors and on the wire. Throws ArenaError with the first fault. */
export function parseArena(json: unknown, name: string): Arena {
  const { arena, faults } = checkArena(json, name);
  if (arena) return arena;
  throw new ArenaError(name, faults[0] ?? { code: "notATiledMap", place: {}, values: {} });
}
