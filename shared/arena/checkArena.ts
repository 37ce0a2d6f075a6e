/** Builds an Arena from a Tiled map, and lists everything that is wrong with the map. */
import type { Arena } from "./arena.ts";
import { collectFaults, type Fault, type Report } from "./fault.ts";
import { type Placed, readFlags, readHills, readPickups, readSpawns } from "./objects.ts";
import { readModes, readPlayers, readTheme, readTitle, readUse } from "./properties.ts";
import { checkReach } from "./reach.ts";
import { findLayer, isPlayableSize, readTiledMap } from "./tiledMap.ts";
import { readGround } from "./tiles.ts";

export interface CheckedArena {
  /** Undefined if there is a fault. */
  readonly arena: Arena | undefined;
  /** The first 100, in the order in which they were found. */
  readonly faults: readonly Fault[];
}

/** `json` is the parsed file; `name` is the arena's name. Costs a few milliseconds for the largest map. */
export function checkArena(json: unknown, name: string): CheckedArena {
  const { faults, report } = collectFaults();
  const arena = readArena(json, name, report);
  return { arena: faults.length === 0 ? arena : undefined, faults };
}

/** The arena as far as it could be read, also with faults; undefined if nothing could. */
function readArena(json: unknown, name: string, report: Report): Arena | undefined {
  const map = readTiledMap(json, report);
  if (!map) return undefined;
  if (!isPlayableSize(map, report)) {
    // In tiles of the wrong size, no object is where it should be; the layers may be missing all the same.
    findLayer(map, "walls", "tilelayer", report);
    findLayer(map, "spawns", "objectgroup", report);
    return undefined;
  }
  const ground = readGround(map, name, report);
  const spawns = readSpawns(map, ground, report);
  const pickups = readPickups(map, ground, report);
  const flags = readFlags(map, ground, report);
  const hills = readHills(map, ground, report);
  checkReach(ground, { spawns, pickups, flags, hills }, report);
  const title = readTitle(map, report);
  return {
    ...ground,
    ...(title !== undefined && { title }),
    spawns: spotsOf(spawns),
    pickups: spotsOf(pickups),
    flags: spotsOf(flags),
    hills: spotsOf(hills),
    modes: readModes(map, report),
    players: readPlayers(map, spawns.length, report),
    theme: readTheme(map, report),
    use: readUse(map, report),
  };
}

const spotsOf = <Spot>(placed: readonly Placed<Spot>[]): Spot[] => placed.map(({ spot }) => spot);
