/** Reads a map's custom properties: its modes, its recommended number of players, its theme and its use. */
import { MATCH_PLAYERS_MIN } from "#shared/config.ts";
import { MODES } from "#shared/modes/modes.ts";
import { MODE_NAMES, type ModeName } from "#shared/schema/names.ts";
import { ARENA_USES, type Arena, type ArenaUse } from "./arena.ts";
import { ArenaError } from "./arenaError.ts";
import { THEME_NAMES, type ThemeName } from "./themes.ts";
import type { TiledMap } from "./tiledMap.ts";

type Contents = Pick<Arena, "name" | "spawns" | "flags" | "hills">;

/** From a list like "deathmatch, kingOfTheHill"; without the property, every mode whose required layer exists. */
export function readModes(map: TiledMap, contents: Contents): ModeName[] {
  const canPlay = (mode: ModeName) => {
    const { needs } = MODES[mode];
    return needs === undefined || contents[needs].length > 0;
  };
  const text = readText(map, "modes", contents.name);
  if (text === undefined) return MODE_NAMES.filter(canPlay);
  const refuse = (problem: string) => new ArenaError(contents.name, 'property "modes"', problem);
  const names = text.split(",").map((name) => name.trim());
  const modes = MODE_NAMES.filter((mode) => names.includes(mode));
  const stranger = names.find((name) => !MODE_NAMES.includes(name as ModeName));
  if (stranger !== undefined) {
    throw refuse(`"${stranger}" is not a mode, there are ${MODE_NAMES.join(", ")}`);
  }
  const unplayable = modes.find((mode) => !canPlay(mode));
  if (unplayable) throw refuse(`${unplayable} needs a layer "${MODES[unplayable].needs}"`);
  return modes;
}

/** From a range like "2-4"; without the property, at most one drone per spawn point. */
export function readPlayers(map: TiledMap, contents: Contents): Arena["players"] {
  const text = readText(map, "players", contents.name);
  if (text === undefined) return { min: MATCH_PLAYERS_MIN, max: contents.spawns.length };
  const [, min, max] = /^\s*(\d+)\s*-\s*(\d+)\s*$/.exec(text)?.map(Number) ?? [];
  if (!min || !max || min > max) {
    throw new ArenaError(contents.name, 'property "players"', `is "${text}", must be like "2-4"`);
  }
  return { min, max };
}

/** Without the property, the first theme. */
export const readTheme = (map: TiledMap, { name }: Contents): ThemeName =>
  readChoice(map, name, "theme", THEME_NAMES);

/** Without the property, "match". */
export const readUse = (map: TiledMap, { name }: Contents): ArenaUse =>
  readChoice(map, name, "use", ARENA_USES);

/** One of these values; the first of them without the property. */
function readChoice<Value extends string>(
  map: TiledMap,
  mapName: string,
  property: string,
  values: readonly [Value, ...Value[]],
): Value {
  const text = readText(map, property, mapName) ?? values[0];
  const value = values.find((known) => known === text);
  if (value) return value;
  throw new ArenaError(
    mapName,
    `property "${property}"`,
    `"${text}" is not a ${property}, there are ${values.join(", ")}`,
  );
}

function readText(map: TiledMap, property: string, mapName: string): string | undefined {
  const found = map.properties.find(({ name }) => name === property);
  if (!found || typeof found.value === "string") return found?.value as string | undefined;
  throw new ArenaError(mapName, `property "${property}"`, `must be of type string, is ${typeof found.value}`);
}
