/**
 * Symmetries of a map: everything that is drawn is drawn at its images, too. Each is a group of moves of the map onto
 * itself, so that the images of an image are the same set.
 */
import type { Symmetry } from "#client/editor/toolNames.ts";
import type { ObjectFields, ObjectLayer } from "#shared/editor/draft.ts";
import { type Cell, keyOf, type Size } from "./cells.ts";

interface Point {
  readonly x: number;
  readonly y: number;
}

/** A move of the map onto itself. */
interface Move {
  /** The image of a place in a map of this width and height. */
  place(place: Point, width: number, height: number): Point;
  /** Whether it brings one side's end of the map to the other's: then teams swap. */
  readonly swapsTeams: boolean;
  readonly turnsSides: boolean;
}

const HALF_TURN: Move = {
  place: ({ x, y }, width, height) => ({ x: width - x, y: height - y }),
  swapsTeams: true,
  turnsSides: false,
};
const QUARTERS: readonly Move[] = [
  { place: ({ x, y }, width) => ({ x: width - y, y: x }), swapsTeams: false, turnsSides: true },
  { place: ({ x, y }, width) => ({ x: y, y: width - x }), swapsTeams: false, turnsSides: true },
];

/** All moves but the one that moves nothing. */
const MOVES: Readonly<Record<Symmetry, readonly Move[]>> = {
  none: [],
  mirror: [{ place: ({ x, y }, width) => ({ x: width - x, y }), swapsTeams: true, turnsSides: false }],
  halfTurn: [HALF_TURN],
  quarterTurn: [HALF_TURN, ...QUARTERS],
};

/** A quarter turn needs a square map; on another one, a half turn is left of it. */
export const symmetryOn = (symmetry: Symmetry, { columns, rows }: Size): Symmetry =>
  symmetry === "quarterTurn" && columns !== rows ? "halfTurn" : symmetry;

/** The cells and their images, each once. */
export function withImages(cells: Iterable<Cell>, symmetry: Symmetry, size: Size): Cell[] {
  const moves = MOVES[symmetryOn(symmetry, size)];
  const all = new Map<number, Cell>();
  for (const cell of cells) {
    // Cells beside the map keep no key of their own: nobody paints them.
    for (const image of [cell, ...moves.map((move) => cellImage(cell, move, size))])
      if (image.column >= 0 && image.row >= 0 && image.column < size.columns && image.row < size.rows)
        all.set(keyOf(image), image);
  }
  return [...all.values()];
}

function cellImage({ column, row }: Cell, move: Move, { columns, rows }: Size): Cell {
  const { x, y } = move.place({ x: column + 0.5, y: row + 0.5 }, columns, rows);
  return { column: Math.floor(x), row: Math.floor(y) };
}

const SWAPPED: Readonly<Record<string, string>> = { a: "b", b: "a" };
/** Objects that belong to a team. */
const TEAMED: readonly ObjectLayer[] = ["spawns", "flags"];

const hasTeam = ({ layer, type }: Pick<ObjectFields, "layer" | "type">): boolean =>
  TEAMED.includes(layer) && SWAPPED[type] !== undefined;

interface SizePx {
  readonly width: number;
  readonly height: number;
}

/** Gives the image of an object by one move of the map. */
export type ToImage = (fields: ObjectFields) => ObjectFields;

/**
 * The moves that give this object images. `sizePx`: of the map. A team has one end of the map, so that a quarter turn gives
 * objects of a team the image of its half turn alone.
 */
export function movesOf(
  fields: Pick<ObjectFields, "layer" | "type">,
  symmetry: Symmetry,
  { width, height }: SizePx,
): ToImage[] {
  return MOVES[symmetryOn(symmetry, { columns: width, rows: height })]
    .filter(({ swapsTeams }) => swapsTeams || !hasTeam(fields))
    .map((move) => (object) => objectImage(object, move, width, height));
}

/** The images of an object that do not lie on it or on one another, without the object itself. */
export function objectImages(fields: ObjectFields, symmetry: Symmetry, sizePx: SizePx): ObjectFields[] {
  const seen = new Set([spotOf(fields)]);
  return movesOf(fields, symmetry, sizePx)
    .map((toImage) => toImage(fields))
    .filter((image) => {
      const isNew = !seen.has(spotOf(image));
      seen.add(spotOf(image));
      return isNew;
    });
}

/** Two objects of a layer with the same spot lie on one another. */
export const spotOf = ({ layer, x, y, width, height }: ObjectFields): string =>
  [layer, x, y, width, height].join(" ");

function objectImage(fields: ObjectFields, move: Move, width: number, height: number): ObjectFields {
  const size = move.turnsSides
    ? { width: fields.height, height: fields.width }
    : { width: fields.width, height: fields.height };
  // The image of a rectangle's middle is the middle of its image.
  const middle = { x: fields.x + fields.width / 2, y: fields.y + fields.height / 2 };
  const { x, y } = move.place(middle, width, height);
  const type = move.swapsTeams && hasTeam(fields) ? (SWAPPED[fields.type] ?? fields.type) : fields.type;
  return { ...fields, ...size, type, x: x - size.width / 2, y: y - size.height / 2 };
}
