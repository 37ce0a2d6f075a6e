/**
 * The schema of a Tiled map (.tmj, https://doc.mapeditor.org/en/stable/reference/json-map-format/), as far as an arena
 * needs it, access to its layers by name, and how errors name its places.
 */
import * as z from "zod/mini";
import { POSITION_SPAN_PX } from "#shared/schema/wire.ts";
import { DRONE } from "#shared/tuning.ts";
import { ArenaError } from "./arenaError.ts";

const TileLayer = z.object({
  type: z.literal("tilelayer"),
  name: z.string(),
  width: z.int().check(z.positive()),
  height: z.int().check(z.positive()),
  data: z.array(z.int().check(z.nonnegative()), {
    error: "needs plain tile numbers: in Tiled, set the map's Tile Layer Format to CSV",
  }),
});

const MapObject = z.object({
  id: z.int(),
  name: z.string(),
  x: z.number(),
  y: z.number(),
  width: z._default(z.number().check(z.nonnegative()), 0),
  height: z._default(z.number().check(z.nonnegative()), 0),
  /** Degrees. */
  rotation: z._default(z.number(), 0),
  /** "Class" in Tiled's window; Tiled 1.9 also wrote it as `class`. */
  type: z.optional(z.string()),
  class: z.optional(z.string()),
  /** One of these gives the shape; a rectangle has none of them. */
  point: z.optional(z.boolean()),
  ellipse: z.optional(z.boolean()),
  capsule: z.optional(z.boolean()),
  polygon: z.optional(z.unknown()),
  polyline: z.optional(z.unknown()),
  text: z.optional(z.unknown()),
  gid: z.optional(z.unknown()),
});
export type MapObject = z.infer<typeof MapObject>;

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
  width: z.int().check(z.positive()),
  height: z.int().check(z.positive()),
  tilewidth: z.int().check(z.positive()),
  tileheight: z.int().check(z.positive()),
  properties: z._default(z.array(z.object({ name: z.string(), value: z.unknown() })), []),
  layers: z.array(z.discriminatedUnion("type", [TileLayer, ObjectLayer, OtherLayer])),
  tilesets: z.array(z.object({ firstgid: z.int().check(z.positive()) })),
});
export type TiledMap = z.infer<typeof TiledMap>;

/** Throws ArenaError when `json` is not an orthogonal, finite map of a playable size. */
export function parseTiledMap(json: unknown, mapName: string): TiledMap {
  const parsed = TiledMap.safeParse(json);
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    const where = describePath(json, issue?.path ?? []);
    throw new ArenaError(mapName, where, issue?.message ?? "not a Tiled map");
  }
  requireSize(parsed.data, mapName);
  return parsed.data;
}

function requireSize({ width, height, tilewidth, tileheight }: TiledMap, mapName: string): void {
  const refuse = (problem: string) => new ArenaError(mapName, "the map", problem);
  if (tilewidth !== tileheight) throw refuse("tiles must be square");
  // Bots navigate from tile to tile: a gap of one tile must be wide enough for a drone.
  const leastPx = 2 * DRONE.radiusPx;
  if (tilewidth < leastPx) throw refuse(`tiles are ${tilewidth} px, a drone needs ${leastPx}`);
  for (const [side, tiles] of Object.entries({ width, height })) {
    const sizePx = tiles * tilewidth;
    if (sizePx > POSITION_SPAN_PX) throw refuse(`${side} is ${sizePx} px, allowed are ${POSITION_SPAN_PX}`);
  }
}

type LayerType = "tilelayer" | "objectgroup";
type LayerOf<Type extends LayerType> = Extract<TiledMap["layers"][number], { type: Type }>;

/** Throws ArenaError when the map has no layer of this name and type. */
export function findLayer<Type extends LayerType>(
  map: TiledMap,
  mapName: string,
  layerName: string,
  type: Type,
): LayerOf<Type> {
  const layer = findOptionalLayer(map, mapName, layerName, type);
  if (!layer) throw new ArenaError(mapName, `layer "${layerName}"`, "is missing");
  return layer;
}

/** Undefined when the map has no such layer; throws ArenaError when it has another type. */
export function findOptionalLayer<Type extends LayerType>(
  map: TiledMap,
  mapName: string,
  layerName: string,
  type: Type,
): LayerOf<Type> | undefined {
  const layer = map.layers.find((candidate) => candidate.name === layerName);
  if (layer && layer.type !== type) {
    throw new ArenaError(mapName, `layer "${layerName}"`, `must be of type ${type}, is ${layer.type}`);
  }
  return layer as LayerOf<Type> | undefined;
}

/** Formats the path of a schema error: `layer "spawns", object 7 ("north"), x`, not `layers.1.objects.0.x`. */
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

const describeObject = (id: number, name: string) => `object ${id}${name ? ` ("${name}")` : ""}`;

export const placeOfObject = (layerName: string, { id, name }: MapObject) =>
  `layer "${layerName}", ${describeObject(id, name)}`;

export const placeOfTile = (layerName: string, index: number, columns: number) =>
  `layer "${layerName}", tile ${index % columns},${Math.floor(index / columns)}`;
