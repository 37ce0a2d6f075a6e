/** Reads a map's custom properties: its title, its modes, its recommended number of players, its theme and its use. */
import { MATCH_PLAYERS_MIN } from "#shared/config.ts";
import { MODES } from "#shared/modes/modes.ts";
import { cleanText } from "#shared/protocol/cleanText.ts";
import { MODE_NAMES, type ModeName } from "#shared/schema/names.ts";
import { ARENA_USES, type Arena, type ArenaUse } from "./arena.ts";
import type { Report } from "./fault.ts";
import { ARENA_TITLE_MAX_CHARS } from "./limits.ts";
import { THEME_NAMES, type ThemeName } from "./themes.ts";
import { shortText, type TiledMap } from "./tiledMap.ts";

/** Undefined without a title, and if nothing of it can be read. */
export const readTitle = (map: TiledMap, report: Report): string | undefined =>
  cleanText(readText(map, "title", report) ?? "", ARENA_TITLE_MAX_CHARS) || undefined;

/** Reads a list like "deathmatch, kingOfTheHill"; without the property it gives every mode whose required layer has objects. */
export function readModes(map: TiledMap, report: Report): ModeName[] {
  const canPlay = (mode: ModeName) => {
    const { needs } = MODES[mode];
    return needs === undefined || hasObjects(map, needs);
  };
  const text = readText(map, "modes", report);
  if (text === undefined) return MODE_NAMES.filter(canPlay);
  const place = { property: "modes" };
  const names = text.split(",").map((name) => name.trim());
  for (const name of names.filter((name) => !MODE_NAMES.includes(name as ModeName))) {
    report("unknownMode", place, { mode: shortText(name), known: MODE_NAMES.join(", ") });
  }
  const modes = MODE_NAMES.filter((mode) => names.includes(mode));
  for (const mode of modes.filter((mode) => !canPlay(mode))) {
    report("unplayableMode", place, { mode, layer: MODES[mode].needs ?? "" });
  }
  return modes;
}

const hasObjects = ({ layers }: TiledMap, layerName: string): boolean =>
  layers.some(
    (layer) => layer.name === layerName && layer.type === "objectgroup" && layer.objects.length > 0,
  );

/** From a range like "2-4"; without the property, at most one drone per spawn point. */
export function readPlayers(map: TiledMap, spawns: number, report: Report): Arena["players"] {
  const most = { min: MATCH_PLAYERS_MIN, max: spawns };
  const text = readText(map, "players", report);
  if (text === undefined) return most;
  const [, min, max] = /^\s*(\d{1,3})\s*-\s*(\d{1,3})\s*$/.exec(text)?.map(Number) ?? [];
  if (min && max && min <= max) return { min, max };
  report("badPlayers", { property: "players" }, { text: shortText(text) });
  return most;
}

/** Without the property, the first theme. */
export const readTheme = (map: TiledMap, report: Report): ThemeName =>
  readChoice(map, "theme", THEME_NAMES, report);

/** Without the property, "match". */
export const readUse = (map: TiledMap, report: Report): ArenaUse =>
  readChoice(map, "use", ARENA_USES, report);

/** One of these values; the first of them without the property. */
function readChoice<Value extends string>(
  map: TiledMap,
  property: string,
  values: readonly [Value, ...Value[]],
  report: Report,
): Value {
  const text = readText(map, property, report) ?? values[0];
  const value = values.find((known) => known === text);
  if (value) return value;
  report("unknownValue", { property }, { value: shortText(text), known: values.join(", ") });
  return values[0];
}

function readText(map: TiledMap, property: string, report: Report): string | undefined {
  const found = map.properties.find(({ name }) => name === property);
  if (!found || typeof found.value === "string") return found?.value as string | undefined;
  report("notText", { property }, { type: typeof found.value });
  return undefined;
}
