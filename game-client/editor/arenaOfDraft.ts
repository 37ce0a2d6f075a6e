/** Gives the game's painters an arena for any draft. It refuses nothing: faulty parts are drawn as well as they can be. */
import type { Arena, FlagSpot, HillSpot, PickupSpot, SpawnPoint } from "#shared/arena/arena.ts";
import { THEME_NAMES, type ThemeName } from "#shared/arena/themes.ts";
import {
  cellAt,
  type Draft,
  type DraftContent,
  type ObjectFields,
  type ObjectLayer,
  sizeOf,
  type Words,
} from "#shared/editor/draft.ts";
import { PICKUP_NAMES, type PickupName } from "#shared/tuning.ts";

/** The type of an object that belongs to a team, by team. */
export const TEAM_LETTERS: readonly string[] = ["a", "b"];

/** Undefined for both teams, and for a type that is no team's. */
export const teamOf = ({ type }: Pick<ObjectFields, "type">): number | undefined => {
  const team = TEAM_LETTERS.indexOf(type);
  return team < 0 ? undefined : team;
};

/** Undefined for a type that is no pickup. */
export const pickupOf = ({ type }: Pick<ObjectFields, "type">): PickupName | undefined =>
  PICKUP_NAMES.find((name) => name === type);

/** The first theme unless the draft names another one that there is. */
export const themeOf = ({ properties }: Pick<Draft, "properties">): ThemeName =>
  THEME_NAMES.find((name) => name === properties.get("theme")) ?? THEME_NAMES[0];

export function arenaOfDraft(draft: Draft, tilePx: number): Arena {
  const { columns, rows } = sizeOf(draft);
  return {
    ...{ name: "draft", tilePx, columns, rows, use: "match" },
    ...{ widthPx: columns * tilePx, heightPx: rows * tilePx },
    solid: cellsOf(draft.walls, columns, rows),
    bushes: cellsOf(draft.bushes, columns, rows),
    spawns: objectsOf(draft, "spawns").map(spawnOf),
    pickups: objectsOf(draft, "pickups").flatMap(pickupSpotOf),
    flags: objectsOf(draft, "flags").flatMap(flagSpotOf),
    hills: objectsOf(draft, "hills").map(hillSpotOf),
    modes: [],
    players: { min: 0, max: 0 },
    theme: themeOf(draft),
  };
}

function cellsOf(layer: Words, columns: number, rows: number): Uint8Array {
  const cells = new Uint8Array(columns * rows);
  for (let row = 0; row < rows; row++)
    for (let column = 0; column < columns; column++)
      cells[row * columns + column] = cellAt(layer, column, row);
  return cells;
}

const objectsOf = (draft: DraftContent, layer: ObjectLayer): ObjectFields[] =>
  Array.from(draft.objects.entries(), ([, fields]) => fields).filter((fields) => fields.layer === layer);

function spawnOf({ x, y, ...fields }: ObjectFields): SpawnPoint {
  const team = teamOf(fields);
  return team === undefined ? { x, y } : { x, y, team };
}

function pickupSpotOf({ x, y, ...fields }: ObjectFields): PickupSpot[] {
  const kind = pickupOf(fields);
  return kind ? [{ x, y, kind }] : [];
}

function flagSpotOf({ x, y, ...fields }: ObjectFields): FlagSpot[] {
  const team = teamOf(fields);
  return team === undefined ? [] : [{ x, y, team }];
}

const hillSpotOf = ({ x, y, width, height }: ObjectFields): HillSpot => ({ x, y, width, height });
