/** Fetches the map that the room plays on, from the server that plays it. */
import type { Arena } from "#shared/arena/arena.ts";
import { parseArena } from "#shared/arena/parseArena.ts";
import { pathTo, ROUTE } from "#shared/protocol/http.ts";

/** Throws ArenaError, or an Error that says what the server answered. */
export async function loadArena(map: string): Promise<Arena> {
  const url = pathTo(ROUTE.map, { name: map });
  const response = await fetch(url);
  if (!response.ok) throw new Error(`${url}: the server answered ${response.status}`);
  return parseArena(await response.json(), map);
}
