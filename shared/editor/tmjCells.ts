/** Reads and writes the cells of a draft in the tile layers of a Tiled file. */
import { type Fields, isFields } from "#shared/arena/tiledMap.ts";
import { tileNumber } from "#shared/arena/tiles.ts";
import { type CellLayer, cellAt, setCell, type Words } from "./draft.ts";

/** Columns and rows. */
export interface Size {
  readonly columns: number;
  readonly rows: number;
}

/** The size that the draft has, and the one that its file had. */
export interface Resize {
  readonly size: Size;
  readonly oldSize: Size;
}

const isSameSize = (one: Size, other: Size): boolean =>
  one.columns === other.columns && one.rows === other.rows;

/** Sets a bit for each cell of a map of this size that has a tile. */
export function readCells(layer: Fields | undefined, words: Words, size: Size): void {
  if (!layer) return;
  resizedData(layer, size).forEach((tile, index) => {
    if (tileNumber(tile) !== 0) setCell(words, index % size.columns, Math.floor(index / size.columns), 1);
  });
}

const dataOf = ({ data }: Fields): readonly unknown[] => (Array.isArray(data) ? data : []);

const layerSize = ({ width, height }: Fields): Size => ({ columns: sideOf(width), rows: sideOf(height) });
const sideOf = (value: unknown): number => (Number.isInteger(value) ? Math.max(0, value as number) : 0);

/** The layer with the draft's cells, in the draft's size; itself if nothing has changed. */
export function writeCells(
  layer: Fields,
  words: Words,
  { size, oldSize }: Resize,
  defaultGid: () => number,
): Fields {
  const data = resizedData(layer, size);
  const gid = lazily(() => commonGid(data) ?? defaultGid());
  const written = data.map((tile, index) => {
    const wanted = cellAt(words, index % size.columns, Math.floor(index / size.columns));
    if (wanted === Math.sign(tileNumber(tile))) return tile;
    return wanted ? gid() : 0;
  });
  if (isSameSize(size, oldSize) && written.every((tile, index) => tile === data[index])) return layer;
  return { ...layer, width: size.columns, height: size.rows, data: written };
}

/**
 * Crops or extends a layer that the draft only carries along, and those of a group. One that had another size than the map, or
 * whose tiles are compressed, stays as it is.
 */
export function resizeLayer(layer: unknown, resize: Resize): unknown {
  const { size, oldSize } = resize;
  if (isSameSize(size, oldSize) || !isFields(layer)) return layer;
  if (layer.type === "group" && Array.isArray(layer.layers))
    return { ...layer, layers: layer.layers.map((inner) => resizeLayer(inner, resize)) };
  if (!isSameSize(layerSize(layer), oldSize) || layer.type !== "tilelayer" || !Array.isArray(layer.data))
    return layer;
  return { ...layer, width: size.columns, height: size.rows, data: resizedData(layer, size) };
}

/** The layer's tiles in another size; its own data if it has that size. */
function resizedData(layer: Fields, { columns, rows }: Size): readonly unknown[] {
  const data = dataOf(layer);
  const old = layerSize(layer);
  if (isSameSize(old, { columns, rows }) && data.length === columns * rows) return data;
  return Array.from({ length: columns * rows }, (_, index) => {
    const column = index % columns;
    return column < old.columns ? (data[Math.floor(index / columns) * old.columns + column] ?? 0) : 0;
  });
}

/** The most frequent tile, without flips. */
function commonGid(data: readonly unknown[]): number | undefined {
  const counts = new Map<number, number>();
  for (const gid of data.map(tileNumber)) if (gid !== 0) counts.set(gid, (counts.get(gid) ?? 0) + 1);
  const [most] = [...counts].sort(([, one], [, other]) => other - one);
  return most?.[0];
}

function lazily(find: () => number): () => number {
  let found: number | undefined;
  return () => (found ??= find());
}

/** Whether any cell within this size is set. */
export function hasCells(words: Words, { columns, rows }: Size): boolean {
  for (let row = 0; row < rows; row++)
    for (let column = 0; column < columns; column++) if (cellAt(words, column, row)) return true;
  return false;
}

/** A layer as Tiled writes a new one. */
export const newCellLayer = (name: CellLayer, id: number, { columns, rows }: Size): Fields => ({
  data: new Array(columns * rows).fill(0),
  ...{ id, name, opacity: 1, type: "tilelayer", visible: true },
  ...{ width: columns, height: rows, x: 0, y: 0 },
});
