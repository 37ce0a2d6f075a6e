/** Builds an Arena from a Tiled map. A faulty map throws an ArenaError that names the place of the fault. */
import type { Arena } from "./arena.ts";
import { type Placed, readFlags, readHills, readPickups, readSpawns } from "./objects.ts";
import { readModes, readPlayers, readTheme, readUse } from "./properties.ts";
import { requireReachable } from "./reach.ts";
import { parseTiledMap } from "./tiledMap.ts";
import { readGround } from "./tiles.ts";

/** `json` is the parsed file; `name` is the map's name in errors and on the wire. Throws ArenaError. */
export function parseArena(json: unknown, name: string): Arena {
  const map = parseTiledMap(json, name);
  const ground = readGround(map, name);
  const spawns = readSpawns(map, ground);
  const pickups = readPickups(map, ground);
  const flags = readFlags(map, ground);
  const hills = readHills(map, ground);
  requireReachable(ground, { spawns, pickups, flags, hills });
  const arena = {
    ...ground,
    spawns: spotsOf(spawns),
    pickups: spotsOf(pickups),
    flags: spotsOf(flags),
    hills: spotsOf(hills),
  };
  return {
    ...arena,
    modes: readModes(map, arena),
    players: readPlayers(map, arena),
    theme: readTheme(map, arena),
    use: readUse(map, arena),
  };
}

const spotsOf = <Spot>(placed: readonly Placed<Spot>[]): Spot[] => placed.map(({ spot }) => spot);
