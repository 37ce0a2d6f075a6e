/** Makes drafts: ids and keys of their links, and the arena that an empty one begins with. */
import { randomBytes, randomInt } from "node:crypto";
import type { NewDraft } from "#server/store/arenas/drafts.ts";
import type { ThemeName } from "#shared/arena/themes.ts";
import { Draft, type ObjectFields, setCell } from "#shared/editor/draft.ts";
import { blankTmj, tilePxOf, writeTmj } from "#shared/editor/tmj.ts";
import { shownTitle } from "./draftFacts.ts";

const ID_LETTERS = "0123456789abcdefghijklmnopqrstuvwxyz";
const ID_LENGTH = 12;

/** Draws a new id and key. */
export const newDraft = (title: string, tiledJson: string): NewDraft => ({
  id: Array.from({ length: ID_LENGTH }, () => ID_LETTERS[randomInt(ID_LETTERS.length)]).join(""),
  editKey: randomBytes(16).toString("base64url"),
  title: shownTitle(title),
  tiledJson,
});

export interface EmptyArena {
  title: string;
  theme: ThemeName;
  columns: number;
  rows: number;
}

/** Spawn points of each side. */
const SPAWNS = 4;
/** Smaller arenas begin without flags, a hill and pickups. */
const ROOMY = { columns: 16, rows: 12 } as const;

/**
 * The Tiled file of an arena that can be played as it is: a closed border, spawn points of both sides, and in a roomy one flags,
 * a hill and pickups for every mode. It is the same after a half turn.
 */
export function emptyArena({ title, theme, columns, rows }: EmptyArena): string {
  const draft = new Draft(columns, rows);
  draft.properties.set("theme", theme);
  if (shownTitle(title)) draft.properties.set("title", shownTitle(title));
  for (let column = 0; column < columns; column++)
    for (let row = 0; row < rows; row++)
      if (column % (columns - 1) === 0 || row % (rows - 1) === 0) setCell(draft.walls, column, row, 1);
  for (const object of objectsOf(columns, rows)) draft.objects.set(String(draft.objects.size + 1), object);
  return JSON.stringify(writeTmj(draft));
}

const TILE_PX = tilePxOf(blankTmj());

function objectsOf(columns: number, rows: number): ObjectFields[] {
  const isRoomy = columns >= ROOMY.columns && rows >= ROOMY.rows;
  const [west, middle] = [isRoomy ? 2.5 : 1.5, rows / 2];
  const place = (
    layer: ObjectFields["layer"],
    [x, y]: readonly [number, number],
    more: Partial<ObjectFields> = {},
  ): ObjectFields => ({
    ...{ layer, type: "", name: "", x: x * TILE_PX, y: y * TILE_PX, width: 0, height: 0 },
    ...more,
  });
  const pair = (layer: ObjectFields["layer"], x: number, y: number, types: readonly [string, string]) => [
    place(layer, [x, y], { type: types[0] }),
    place(layer, [columns - x, rows - y], { type: types[1] }),
  ];
  const spawnRow = (nth: number) => Math.floor(1 + ((nth + 0.5) * (rows - 2)) / SPAWNS) + 0.5;
  const spawns = Array.from({ length: SPAWNS }, (_, nth) => pair("spawns", west, spawnRow(nth), ["a", "b"]));
  if (!isRoomy) return spawns.flat();
  const hill = { name: "1 middle", width: 4 * TILE_PX, height: 4 * TILE_PX };
  return [
    ...spawns.flat(),
    ...pair("pickups", columns / 2, 2, ["health", "health"]),
    ...pair("flags", west + 2, middle, ["a", "b"]),
    place("hills", [columns / 2 - 2, middle - 2], hill),
  ];
}
