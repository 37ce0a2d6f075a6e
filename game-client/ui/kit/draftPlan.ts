/** A draft as a plan of it is drawn: with all that can be shown, be it playable or not. */
import { TEAM_LETTERS } from "#shared/arena/objects.ts";
import { THEME_NAMES } from "#shared/arena/themes.ts";
import {
  type CellLayer,
  cellAt,
  type DraftContent,
  type ObjectFields,
  type ObjectLayer,
  sizeOf,
} from "#shared/editor/draft.ts";
import type { Drawable } from "./arenaDrawing.ts";

/** `tilePx`: side of a tile. */
export function planOf(draft: DraftContent, tilePx: number): Drawable {
  const { columns, rows } = sizeOf(draft);
  const cells = (layer: CellLayer) =>
    Uint8Array.from({ length: columns * rows }, (_, index) =>
      cellAt(draft[layer], index % columns, Math.floor(index / columns)),
    );
  const objects = [...draft.objects.entries()].map(([, fields]) => fields);
  const inLayer = (wanted: ObjectLayer) => objects.filter(({ layer }) => layer === wanted);
  return {
    ...{ tilePx, columns, rows, widthPx: columns * tilePx, heightPx: rows * tilePx },
    ...{ solid: cells("walls"), bushes: cells("bushes") },
    spawns: inLayer("spawns").map((object) => ({ ...placeOf(object), ...teamOf(object) })),
    flags: inLayer("flags").map((object) => ({ ...placeOf(object), team: teamOf(object).team ?? 0 })),
    hills: inLayer("hills").map(({ x, y, width, height }) => ({ x, y, width, height })),
    theme: THEME_NAMES.find((name) => name === draft.properties.get("theme")) ?? THEME_NAMES[0],
  };
}

const placeOf = ({ x, y }: ObjectFields) => ({ x, y });

const teamOf = ({ type }: ObjectFields): { team?: number } => {
  const team = TEAM_LETTERS.indexOf(type);
  return team >= 0 ? { team } : {};
};
