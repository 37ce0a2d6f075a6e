/** The districts of the city: nine regions with a hue and a sign each, by which one finds one's way. */
import type { Arena } from "#shared/arena/arena.ts";

export interface District {
  /** Column as a letter and row as a number, as on a map: "A1" is the north-west. */
  readonly sign: string;
  readonly hue: string;
  /** World px. */
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

const SIDE = 3;
const LETTERS = "ABC";
/** Row by row; neighbours differ clearly. */
const HUES = [
  ["#ff4fa3", "#ffb03a", "#37d6ff"],
  ["#8f7bff", "#f4f1ff", "#ff6a3d"],
  ["#2fe0a0", "#4f8dff", "#e85bff"],
] as const;

const districtsOfArena = new WeakMap<Arena, readonly District[]>();

export function districtsOf(arena: Arena): readonly District[] {
  const known = districtsOfArena.get(arena);
  if (known) return known;
  const width = arena.widthPx / SIDE;
  const height = arena.heightPx / SIDE;
  const districts = HUES.flatMap((hues, row) =>
    hues.map((hue, column) => ({
      sign: `${LETTERS[column]}${row + 1}`,
      hue,
      left: column * width,
      top: row * height,
      width,
      height,
    })),
  );
  districtsOfArena.set(arena, districts);
  return districts;
}

/** The hue of the district at a place, world px; places outside the arena belong to the nearest. */
export function districtHueAt(arena: Arena, x: number, y: number): string {
  const at = (place: number, length: number) =>
    Math.min(SIDE - 1, Math.max(0, Math.floor((place / length) * SIDE)));
  return (HUES[at(y, arena.heightPx)] ?? HUES[0])[at(x, arena.widthPx)] ?? HUES[0][0];
}
