/**
 * A draft is an arena that people draw: two layers of cells, objects and properties. The editor room's schema has the same
 * shape, so that edits apply to either.
 */

/** Most columns and rows: a draft keeps all these cells, so that a size is nothing but two properties. */
export const SIDE_MAX = 96;
/** Cells of a layer are bits, row by row: each row is so many words of 32 columns. */
export const ROW_WORDS = SIDE_MAX / 32;

export const CELL_LAYERS = ["walls", "bushes"] as const;
export type CellLayer = (typeof CELL_LAYERS)[number];

/** Random numbers below it meet rarely, and have at most eight digits. */
export const OBJECT_ID_MAX = 2 ** 24;

export const OBJECT_LAYERS = ["spawns", "pickups", "flags", "hills"] as const;
export type ObjectLayer = (typeof OBJECT_LAYERS)[number];

/** The fields of a Tiled object: px, and a `type` that its layer knows (a team's letter, a pickup). Only hills have a size. */
export interface ObjectFields {
  layer: ObjectLayer;
  type: string;
  name: string;
  x: number;
  y: number;
  width: number;
  height: number;
}

/** Values are text, as in a Tiled file; a missing one means the parser's default. `columns` and `rows` are always there. */
export const PROPERTY_NAMES = ["title", "theme", "modes", "players", "columns", "rows"] as const;
export type PropertyName = (typeof PROPERTY_NAMES)[number];

/** A layer of cells. */
export interface Words {
  readonly length: number;
  [index: number]: number;
}

interface Keyed<Value> {
  readonly size: number;
  get(key: string): Value | undefined;
  has(key: string): boolean;
  set(key: string, value: Value): unknown;
  delete(key: string): boolean;
  entries(): Iterable<[string, Value]>;
}

/** The target of edits: a `Draft`, or the state of an editor room. */
export interface DraftContent {
  readonly walls: Words;
  readonly bushes: Words;
  /** The key is Tiled's number of the object, in decimal. A page draws a new one at random, below OBJECT_ID_MAX. */
  readonly objects: Keyed<ObjectFields>;
  readonly properties: Keyed<string>;
}

/** A draft in memory. */
export class Draft implements DraftContent {
  readonly walls = new Uint32Array(SIDE_MAX * ROW_WORDS);
  readonly bushes = new Uint32Array(SIDE_MAX * ROW_WORDS);
  readonly objects = new Map<string, ObjectFields>();
  readonly properties = new Map<string, string>();

  constructor(columns: number, rows: number) {
    this.properties.set("columns", String(columns)).set("rows", String(rows));
  }
}

export function copyOf(content: DraftContent): Draft {
  const { columns, rows } = sizeOf(content);
  const copy = new Draft(columns, rows);
  for (const layer of CELL_LAYERS)
    for (let word = 0; word < copy[layer].length; word++) copy[layer][word] = content[layer][word] ?? 0;
  for (const [id, fields] of content.objects.entries()) copy.objects.set(id, fieldsOf(fields));
  for (const [name, value] of content.properties.entries()) copy.properties.set(name, value);
  return copy;
}

/** A plain copy: the object may be of a schema. */
export const fieldsOf = ({ layer, type, name, x, y, width, height }: ObjectFields): ObjectFields => ({
  ...{ layer, type, name, x, y, width, height },
});

export const sizeOf = ({ properties }: Pick<DraftContent, "properties">) => ({
  columns: Number(properties.get("columns")),
  rows: Number(properties.get("rows")),
});

export const isInside = (column: number, row: number): boolean =>
  column >= 0 && row >= 0 && column < SIDE_MAX && row < SIDE_MAX;

export const cellAt = (layer: Words, column: number, row: number): 0 | 1 =>
  isInside(column, row) && (((layer[wordOf(column, row)] ?? 0) >>> (column % 32)) & 1) === 1 ? 1 : 0;

export function setCell(layer: Words, column: number, row: number, value: 0 | 1): void {
  const word = wordOf(column, row);
  const bit = 1 << (column % 32);
  const before = layer[word] ?? 0;
  layer[word] = (value ? before | bit : before & ~bit) >>> 0;
}

const wordOf = (column: number, row: number): number => row * ROW_WORDS + (column >>> 5);
