/** Reads a map's tile layers: walls and bushes. */
import { DRONE } from "#shared/tuning.ts";
import { type Arena, isSolidTile } from "./arena.ts";
import { ArenaError } from "./arenaError.ts";
import { findLayer, findOptionalLayer, placeOfTile, type TiledMap } from "./tiledMap.ts";

/** An arena's tiles, without its objects. */
export type Ground = Pick<
  Arena,
  "name" | "tilePx" | "columns" | "rows" | "widthPx" | "heightPx" | "solid" | "bushes"
>;

/** The four highest bits of a tile number hold its flips and rotation. */
const TILE_NUMBER_MASK = 0x0fffffff;

/** Throws ArenaError when the border has a gap or a bush grows in a wall. */
export function readGround(map: TiledMap, name: string): Ground {
  const tilePx = map.tilewidth;
  const solid = readTiles(map, name, "walls");
  const bushes = readBushes(map, name, solid);
  const size = { columns: map.width, rows: map.height };
  const sizePx = { widthPx: map.width * tilePx, heightPx: map.height * tilePx };
  const ground = { name, tilePx, ...size, ...sizePx, solid, bushes };
  requireClosedBorder(ground);
  return ground;
}

/** Row by row, 1 where the layer has any tile. */
function readTiles(map: TiledMap, name: string, layerName: string): Uint8Array {
  const layer = findLayer(map, name, layerName, "tilelayer");
  const refuse = (problem: string) => new ArenaError(name, `layer "${layerName}"`, problem);
  if (layer.width !== map.width || layer.height !== map.height) {
    throw refuse(`is ${layer.width}×${layer.height} tiles, the map ${map.width}×${map.height}`);
  }
  if (layer.data.length !== map.width * map.height) {
    throw refuse(`has ${layer.data.length} tiles, needs ${map.width * map.height}`);
  }
  const firstGid = Math.min(...map.tilesets.map((tileset) => tileset.firstgid));
  return Uint8Array.from(layer.data, (tile, index) => {
    const gid = tile & TILE_NUMBER_MASK;
    if (gid === 0) return 0;
    if (gid >= firstGid) return 1;
    throw new ArenaError(
      name,
      placeOfTile(layerName, index, map.width),
      `number ${gid} belongs to no tileset`,
    );
  });
}

/** The layer is optional. */
function readBushes(map: TiledMap, name: string, solid: Uint8Array): Uint8Array {
  if (!findOptionalLayer(map, name, "bushes", "tilelayer")) return new Uint8Array(solid.length);
  const bushes = readTiles(map, name, "bushes");
  const walled = bushes.findIndex((bush, index) => bush === 1 && solid[index] === 1);
  if (walled >= 0) throw new ArenaError(name, placeOfTile("bushes", walled, map.width), "grows in a wall");
  return bushes;
}

function requireClosedBorder(ground: Ground): void {
  const { columns, rows } = ground;
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      const onBorder = row === 0 || column === 0 || row === rows - 1 || column === columns - 1;
      if (!onBorder || isSolidTile(ground, column, row)) continue;
      const where = placeOfTile("walls", row * columns + column, columns);
      throw new ArenaError(ground.name, where, "the border must be closed");
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
