/** Reads a map's tile layers: walls and bushes. */
import { DRONE } from "#shared/tuning.ts";
import { type Arena, isSolidTile } from "./arena.ts";
import type { Report } from "./fault.ts";
import { findLayer, findOptionalLayer, placeOfTile, type TiledMap, type TileLayer } from "./tiledMap.ts";

/** An arena's tiles, without its objects. */
export type Ground = Pick<
  Arena,
  "name" | "tilePx" | "columns" | "rows" | "widthPx" | "heightPx" | "solid" | "bushes"
>;

/** The four highest bits of a tile number hold its flips and rotation. */
const TILE_NUMBER_MASK = 0x0fffffff;

/** A tile's number without its flips; 0 for an empty cell. */
export const tileNumber = (tile: unknown): number => (typeof tile === "number" ? tile & TILE_NUMBER_MASK : 0);

/** Tiles that cannot be read are open floor. */
export function readGround(map: TiledMap, name: string, report: Report): Ground {
  const tilePx = map.tilewidth;
  const walls = findLayer(map, "walls", "tilelayer", report);
  const solid = walls && readTiles(map, walls, report);
  const size = { columns: map.width, rows: map.height };
  const sizePx = { widthPx: map.width * tilePx, heightPx: map.height * tilePx };
  const blank = new Uint8Array(map.width * map.height);
  const bushes = readBushes(map, solid ?? blank, report) ?? blank;
  const ground = { name, tilePx, ...size, ...sizePx, solid: solid ?? blank, bushes };
  if (solid) checkBorder(ground, report);
  return ground;
}

/** Row by row, 1 where the layer has any tile. Undefined if its size or its format is wrong. */
function readTiles(map: TiledMap, layer: TileLayer, report: Report): Uint8Array | undefined {
  const { name, width, height, data } = layer;
  const place = { layer: name };
  const needed = map.width * map.height;
  if (width !== map.width || height !== map.height) {
    const mapSize = { mapColumns: map.width, mapRows: map.height };
    return void report("layerSize", place, { columns: width, rows: height, ...mapSize });
  }
  if (typeof data === "string") return void report("compressedTiles", place, {});
  if (data.length !== needed) return void report("layerTiles", place, { count: data.length, needed });
  const firstGid = map.tilesets.reduce((least, { firstgid }) => Math.min(least, firstgid), Infinity);
  const tiles = new Uint8Array(needed);
  data.forEach((tile, index) => {
    const gid = tileNumber(tile);
    if (gid > 0 && gid < firstGid) report("unknownTile", placeOfTile(name, index, map.width), { gid });
    if (gid > 0) tiles[index] = 1;
  });
  return tiles;
}

/** The layer is optional. */
function readBushes(map: TiledMap, solid: Uint8Array, report: Report): Uint8Array | undefined {
  const layer = findOptionalLayer(map, "bushes", "tilelayer", report);
  const bushes = layer && readTiles(map, layer, report);
  bushes?.forEach((bush, index) => {
    if (bush && solid[index]) report("bushInWall", placeOfTile("bushes", index, map.width), {});
  });
  return bushes;
}

function checkBorder(ground: Ground, report: Report): void {
  const { columns, rows } = ground;
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      const onBorder = row === 0 || column === 0 || row === rows - 1 || column === columns - 1;
      if (!onBorder || isSolidTile(ground, column, row)) continue;
      report("openBorder", placeOfTile("walls", row * columns + column, columns), {});
    }
  }
}

const EDGES_PX = [0, -DRONE.radiusPx, DRONE.radiusPx];

/** The wall tile that a drone at this place would overlap, if there is one. */
export function touchedWall(
  ground: Ground,
  place: { readonly x: number; readonly y: number },
): { column: number; row: number } | undefined {
  for (const dx of EDGES_PX) {
    for (const dy of EDGES_PX) {
      const column = Math.floor((place.x + dx) / ground.tilePx);
      const row = Math.floor((place.y + dy) / ground.tilePx);
      if (isSolidTile(ground, column, row)) return { column, row };
    }
  }
  return undefined;
}
