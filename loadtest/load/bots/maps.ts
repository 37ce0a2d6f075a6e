/** The maps of the server under test, each fetched and parsed once per thread. */
import type { Arena } from "#shared/arena/arena.ts";
import { parseArena } from "#shared/arena/parseArena.ts";
import { mapPath } from "#shared/protocol/http.ts";

/** The arena of a map by its name; rejects if the server does not have it. */
export type ArenaOf = (map: string) => Promise<Arena>;

export function createMaps(endpoint: string): ArenaOf {
  const arenas = new Map<string, Promise<Arena>>();
  return (map) => {
    const arena = arenas.get(map) ?? fetchArena(endpoint, map);
    arenas.set(map, arena);
    return arena;
  };
}

async function fetchArena(endpoint: string, map: string): Promise<Arena> {
  const url = new URL(mapPath(map), endpoint);
  const response = await fetch(url);
  if (!response.ok) throw new Error(`${url.pathname}: the server answered ${response.status}`);
  return parseArena(await response.json(), map);
}
