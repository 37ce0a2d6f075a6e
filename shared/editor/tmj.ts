/** Reads a draft from a Tiled file, and writes it as one. What a draft does not know of a file stays as it was. */
import { ArenaError } from "#shared/arena/arenaError.ts";
import { isWithinBounds } from "#shared/arena/bounds.ts";
import { collectFaults, type Fault, type Report } from "#shared/arena/fault.ts";
import { type Fields, isFields, isFlatMap } from "#shared/arena/tiledMap.ts";
import { CELL_LAYERS, type CellLayer, Draft, type DraftContent, SIDE_MAX, sizeOf } from "./draft.ts";
import { newCellLayer, readCells, type Size } from "./tmjCells.ts";
import { fitsDraft, knownLayers, newLayerId, writeLayers } from "./tmjLayers.ts";
import { fieldsOfRaw, newObjectLayer, nextObjectId, numberObjects } from "./tmjObjects.ts";
import { readProperties, writeProperties } from "./tmjProperties.ts";

/** A Tiled file, parsed as JSON. */
export type Tmj = Fields;

/** Throws ArenaError unless the file is a finite orthogonal map within the bounds of a draft; it need not be playable. */
export function readTmj(json: unknown, name: string): Draft {
  const { draft, faults } = tryReadTmj(json);
  if (draft) return draft;
  throw new ArenaError(name, faults[0] ?? { code: "notATiledMap", place: {}, values: {} });
}

/** The draft that readTmj would read, or all faults that stand in its way. */
export function tryReadTmj(json: unknown): { draft: Draft | undefined; faults: readonly Fault[] } {
  const { faults, report } = collectFaults();
  const isReadable = isWithinBounds(json, report) && isFlatMap(json, report) && isEditable(json, report);
  return { draft: isReadable ? draftOf(json) : undefined, faults };
}

function draftOf(map: Tmj): Draft {
  const { columns, rows } = mapSize(map);
  const draft = new Draft(columns, rows);
  const layers = knownLayers(map);
  for (const name of CELL_LAYERS) readCells(layers.get(name), draft[name], { columns, rows });
  for (const object of numberObjects(layers)) draft.objects.set(String(object.id), fieldsOfRaw(object));
  for (const [name, value] of readProperties(map)) draft.properties.set(name, value);
  return draft;
}

const mapSize = ({ width, height }: Tmj): Size => ({ columns: Number(width), rows: Number(height) });

/** Side of a tile, px. */
export const tilePxOf = ({ tilewidth }: Tmj): number => Number(tilewidth);

/** Whether size and layers are such that a draft can hold them. */
function isEditable(map: Tmj, report: Report): boolean {
  const sizes = ["width", "height", "tilewidth", "tileheight"].filter((field) => !isUint16(map[field]));
  const unread = Array.isArray(map.layers) ? sizes : [...sizes, "layers"];
  for (const field of unread) report("badField", {}, { field });
  if (unread.length > 0) return false;
  const { columns, rows } = mapSize(map);
  const isSmall = columns <= SIDE_MAX && rows <= SIDE_MAX;
  if (!isSmall) report("tooManyTiles", {}, { columns, rows, max: SIDE_MAX });
  const unfit = [...knownLayers(map)].filter(([name, layer]) => !fitsDraft(name, layer, report));
  return isSmall && unfit.length === 0;
}

const isUint16 = (value: unknown): boolean =>
  Number.isInteger(value) && Number(value) > 0 && Number(value) < 2 ** 16;

/**
 * The draft as a Tiled file. `origin`: the file that it was imported from; where the draft is unchanged, the result has its
 * values, so that an unchanged draft is deeply equal to its origin. Throws ArenaError if readTmj refuses the origin.
 */
export function writeTmj(draft: DraftContent, origin: Tmj = blankTmj()): Tmj {
  readTmj(origin, "origin");
  const size = sizeOf(draft);
  const target = { size, oldSize: mapSize(origin), newGid: (layer: CellLayer) => newGid(origin, layer) };
  const layers = writeLayers(draft, origin, target);
  const properties = writeProperties(draft, origin);
  const tilesets = tilesetsFor(origin, layers);
  const hasNewLayers = layers.length > (origin.layers as unknown[]).length;
  return {
    ...origin,
    ...{ width: size.columns, height: size.rows, layers },
    ...(properties && { properties }),
    ...(tilesets !== origin.tilesets && { tilesets }),
    ...nextObjectId(draft, origin, numberObjects(knownLayers(origin))),
    ...(hasNewLayers && { nextlayerid: newLayerId({ ...origin, layers }) }),
  };
}

/** Two tiles, a wall and a bush: shared/arena/maps/tiles.png. */
const TILESET = {
  ...{ columns: 2, firstgid: 1, image: "tiles.png", imageheight: 64, imagewidth: 128, margin: 0 },
  ...{ name: "tiles", spacing: 0, tilecount: 2, tileheight: 64, tilewidth: 64 },
};

/** The file's tilesets; with TILESET if it has none, and a layer with tiles has changed. */
function tilesetsFor(map: Tmj, layers: readonly unknown[]): unknown {
  const before = map.layers as unknown[];
  const isPainted = layers.some(
    (layer) => isFields(layer) && layer.type === "tilelayer" && !before.includes(layer),
  );
  return isPainted && !firstTileset(map) ? [TILESET] : map.tilesets;
}

const firstTileset = ({ tilesets }: Tmj): Fields | undefined =>
  (Array.isArray(tilesets) ? tilesets : []).find(
    (tileset) => isFields(tileset) && Number.isInteger(tileset.firstgid),
  );

/** The tile for the first cell of a layer: the tileset's first one, and for bushes its second. */
function newGid(map: Tmj, layer: CellLayer): number {
  const { firstgid, tilecount } = firstTileset(map) ?? TILESET;
  return Number(firstgid) + (layer === "bushes" && Number(tilecount) > 1 ? 1 : 0);
}

/** A file without anything in it, for a draft that was not imported. */
export function blankTmj(tilePx = 64): Tmj {
  const size = { columns: 1, rows: 1 };
  const layers = [
    ...CELL_LAYERS.map((name, index) => newCellLayer(name, index + 1, size)),
    ...(["spawns", "pickups"] as const).map((name, index) => newObjectLayer(name, index + 3)),
  ];
  return {
    ...{ compressionlevel: -1, height: size.rows, infinite: false, layers, nextlayerid: 5, nextobjectid: 1 },
    ...{ orientation: "orthogonal", properties: [], renderorder: "right-down", tiledversion: "1.11.2" },
    ...{ tileheight: tilePx, tilesets: [TILESET], tilewidth: tilePx, type: "map", version: "1.10" },
    width: size.columns,
  };
}
