/**
 * A Tiled map (.tmj, https://doc.mapeditor.org/en/stable/reference/json-map-format/) → an Arena.
 * A map with a mistake is refused with an ArenaError that names the map, the layer and the object.
 */
import { z } from "zod";
import { POSITION_SPAN_PX } from "#shared/schema/wire.ts";
import { DRONE, PICKUPS, type PickupName } from "#shared/tuning.ts";
import { type Arena, isSolidTile, type PickupSpot, type SpawnPoint } from "./arena.ts";

export class ArenaError extends Error {
  constructor(mapName: string, where: string, problem: string) {
    super(`map "${mapName}", ${where}: ${problem}`);
    this.name = "ArenaError";
  }
}

const TileLayer = z.object({
  type: z.literal("tilelayer"),
  name: z.string(),
  width: z.int().positive(),
  height: z.int().positive(),
  data: z.array(z.int().nonnegative(), {
    error: "needs plain tile numbers: in Tiled, set the map's Tile Layer Format to CSV",
  }),
});

const MapObject = z.object({
  id: z.int(),
  name: z.string(),
  x: z.number(),
  y: z.number(),
  /** What Tiled calls "class" in its window; version 1.9 also did so in its files. */
  type: z.string().optional(),
  class: z.string().optional(),
});
type MapObject = z.infer<typeof MapObject>;

const ObjectLayer = z.object({
  type: z.literal("objectgroup"),
  name: z.string(),
  objects: z.array(MapObject),
});

const OtherLayer = z.object({ type: z.enum(["imagelayer", "group"]), name: z.string() });

const TiledMap = z.object({
  type: z.literal("map"),
  orientation: z.literal("orthogonal"),
  infinite: z.literal(false),
  width: z.int().positive(),
  height: z.int().positive(),
  tilewidth: z.int().positive(),
  tileheight: z.int().positive(),
  layers: z.array(z.discriminatedUnion("type", [TileLayer, ObjectLayer, OtherLayer])),
  tilesets: z.array(z.object({ firstgid: z.int().positive() })),
});
type TiledMap = z.infer<typeof TiledMap>;

/** The highest bits of a tile number say how it is flipped. */
const TILE_NUMBER_MASK = 0x0fffffff;
/** Fewer would put drones that return at the same time on top of each other. */
const SPAWNS_MIN = 4;

/** `json` is the parsed file, `name` what errors and clients call the map. Throws ArenaError. */
export function parseArena(json: unknown, name: string): Arena {
  const map = parseTiledMap(json, name);
  const tilePx = map.tilewidth;
  const solid = readTiles(map, name, "walls");
  const bushes = readBushes(map, name, solid);
  const arena = {
    name,
    tilePx,
    columns: map.width,
    rows: map.height,
    widthPx: map.width * tilePx,
    heightPx: map.height * tilePx,
    solid,
    bushes,
  };
  requireClosedBorder(arena);
  const objects = { spawns: readSpawns(map, arena), pickups: readPickups(map, arena) };
  return { ...arena, ...objects, flags: [], hills: [] };
}

/** The tiles of an arena, before anything is put on them. */
type Ground = Omit<Arena, "spawns" | "pickups" | "flags" | "hills">;

function parseTiledMap(json: unknown, name: string): TiledMap {
  const parsed = TiledMap.safeParse(json);
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    throw new ArenaError(name, describePath(json, issue?.path ?? []), issue?.message ?? "not a Tiled map");
  }
  const map = parsed.data;
  if (map.tilewidth !== map.tileheight) throw new ArenaError(name, "the map", "tiles must be square");
  for (const [side, sizePx] of [
    ["width", map.width * map.tilewidth],
    ["height", map.height * map.tileheight],
  ] as const) {
    if (sizePx > POSITION_SPAN_PX) {
      throw new ArenaError(name, "the map", `${side} is ${sizePx} px, allowed are ${POSITION_SPAN_PX}`);
    }
  }
  return map;
}

/** Says `layer "spawns", object 7 ("north"), x` instead of `layers.1.objects.0.x`. */
function describePath(json: unknown, path: readonly PropertyKey[]): string {
  const words: string[] = [];
  let value = json;
  for (const [depth, key] of path.entries()) {
    value = (value as Record<PropertyKey, unknown> | undefined)?.[key];
    const named = value as { name?: string; id?: number } | undefined;
    if (path[depth - 1] === "layers") words.push(`layer "${named?.name ?? String(key)}"`);
    else if (path[depth - 1] === "objects") words.push(describeObject(named?.id ?? 0, named?.name ?? ""));
    else if (key !== "layers" && key !== "objects") words.push(String(key));
  }
  return words.join(", ") || "the file";
}

const describeTile = (index: number, columns: number) =>
  `tile ${index % columns},${Math.floor(index / columns)}`;

const describeObject = (id: number, name: string) => `object ${id}${name ? ` ("${name}")` : ""}`;

function findLayer<Type extends "tilelayer" | "objectgroup">(
  map: TiledMap,
  mapName: string,
  layerName: string,
  type: Type,
) {
  const layer = map.layers.find((candidate) => candidate.name === layerName);
  if (!layer) throw new ArenaError(mapName, `layer "${layerName}"`, "is missing");
  if (layer.type !== type) {
    throw new ArenaError(mapName, `layer "${layerName}"`, `must be of type ${type}, is ${layer.type}`);
  }
  return layer as Extract<TiledMap["layers"][number], { type: Type }>;
}

/** 1 wherever the layer has a tile, whichever it is. */
function readTiles(map: TiledMap, name: string, layerName: string): Uint8Array {
  const layer = findLayer(map, name, layerName, "tilelayer");
  const where = `layer "${layerName}"`;
  if (layer.width !== map.width || layer.height !== map.height) {
    throw new ArenaError(
      name,
      where,
      `is ${layer.width}×${layer.height} tiles, the map ${map.width}×${map.height}`,
    );
  }
  if (layer.data.length !== map.width * map.height) {
    throw new ArenaError(name, where, `has ${layer.data.length} tiles, needs ${map.width * map.height}`);
  }
  const firstGid = Math.min(...map.tilesets.map((tileset) => tileset.firstgid));
  return Uint8Array.from(layer.data, (tile, index) => {
    const gid = tile & TILE_NUMBER_MASK;
    if (gid !== 0 && gid < firstGid) {
      throw new ArenaError(
        name,
        `${where}, ${describeTile(index, map.width)}`,
        `number ${gid} belongs to no tileset`,
      );
    }
    return gid === 0 ? 0 : 1;
  });
}

/** A map need not have any. */
function readBushes(map: TiledMap, name: string, solid: Uint8Array): Uint8Array {
  if (!map.layers.some((layer) => layer.name === "bushes")) return new Uint8Array(solid.length);
  const bushes = readTiles(map, name, "bushes");
  const walled = bushes.findIndex((bush, index) => bush === 1 && solid[index] === 1);
  if (walled >= 0) {
    throw new ArenaError(name, `layer "bushes", ${describeTile(walled, map.width)}`, "grows in a wall");
  }
  return bushes;
}

function requireClosedBorder(arena: Ground): void {
  for (let row = 0; row < arena.rows; row++) {
    for (let column = 0; column < arena.columns; column++) {
      const onBorder = row === 0 || column === 0 || row === arena.rows - 1 || column === arena.columns - 1;
      if (onBorder && !isSolidTile(arena, column, row)) {
        throw new ArenaError(arena.name, `layer "walls", tile ${column},${row}`, "the border must be closed");
      }
    }
  }
}

function readSpawns(map: TiledMap, arena: Ground): SpawnPoint[] {
  const layer = findLayer(map, arena.name, "spawns", "objectgroup");
  for (const object of layer.objects) requireRoomToStand("spawns", object, arena);
  if (layer.objects.length < SPAWNS_MIN) {
    throw new ArenaError(
      arena.name,
      `layer "spawns"`,
      `has ${layer.objects.length} objects, needs at least ${SPAWNS_MIN}`,
    );
  }
  return layer.objects.map(({ x, y }) => ({ x, y }));
}

/** Points whose type (in older versions of Tiled: class) says what lies there. A map need not have any. */
function readPickups(map: TiledMap, arena: Ground): PickupSpot[] {
  if (!map.layers.some((layer) => layer.name === "pickups")) return [];
  const layer = findLayer(map, arena.name, "pickups", "objectgroup");
  return layer.objects.map((object) => {
    requireRoomToStand("pickups", object, arena);
    return { x: object.x, y: object.y, kind: readKind(object, arena.name) };
  });
}

function readKind(object: MapObject, mapName: string): PickupName {
  const kind = object.type || object.class;
  if (kind && Object.hasOwn(PICKUPS, kind)) return kind as PickupName;
  const where = `layer "pickups", ${describeObject(object.id, object.name)}`;
  throw new ArenaError(
    mapName,
    where,
    `type is "${kind ?? ""}", allowed are ${Object.keys(PICKUPS).join(", ")}`,
  );
}

function requireRoomToStand(layerName: string, object: MapObject, arena: Ground): void {
  const where = `layer "${layerName}", ${describeObject(object.id, object.name)}`;
  for (const dx of [0, -DRONE.radiusPx, DRONE.radiusPx]) {
    for (const dy of [0, -DRONE.radiusPx, DRONE.radiusPx]) {
      const column = Math.floor((object.x + dx) / arena.tilePx);
      const row = Math.floor((object.y + dy) / arena.tilePx);
      if (isSolidTile(arena, column, row)) {
        throw new ArenaError(arena.name, where, `touches the wall at tile ${column},${row}`);
      }
    }
  }
}
