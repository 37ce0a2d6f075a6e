/**
 * The schema of a Tiled map (.tmj, https://doc.mapeditor.org/en/stable/reference/json-map-format/), as far as an arena
 * needs it, access to its layers by name, and the places of faults in it.
 */
import * as z from "zod/mini";
import { POSITION_SPAN_PX } from "#shared/schema/wire.ts";
import { DRONE } from "#shared/tuning.ts";
import type { FaultPlace, Report } from "./fault.ts";

/** Checked by hand: a schema of each element costs most of the time that a large map takes. */
const areTileNumbers = (data: unknown): boolean =>
  Array.isArray(data) && data.every((tile) => Number.isSafeInteger(tile) && tile >= 0);

const TileLayer = z.object({
  type: z.literal("tilelayer"),
  name: z.string(),
  width: z.int().check(z.positive()),
  height: z.int().check(z.positive()),
  /** Text if Tiled has compressed it. */
  data: z.union([z.string(), z.custom<readonly number[]>(areTileNumbers)]),
});
export type TileLayer = z.infer<typeof TileLayer>;

const MapObject = z.object({
  id: z.int(),
  name: z._default(z.string(), ""),
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
  width: z.int().check(z.positive()),
  height: z.int().check(z.positive()),
  tilewidth: z.int().check(z.positive()),
  tileheight: z.int().check(z.positive()),
  properties: z._default(z.array(z.object({ name: z.string(), value: z.unknown() })), []),
  layers: z.array(z.discriminatedUnion("type", [TileLayer, ObjectLayer, OtherLayer])),
  tilesets: z.array(z.object({ firstgid: z.int().check(z.positive()) })),
});
export type TiledMap = z.infer<typeof TiledMap>;

/** A JSON object of which nothing is known. */
export type Fields = Readonly<Record<string, unknown>>;

export const isFields = (value: unknown): value is Fields =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** Undefined when `json` is not an orthogonal, finite map. */
export function readTiledMap(json: unknown, report: Report): TiledMap | undefined {
  if (!isFlatMap(json, report)) return undefined;
  const parsed = TiledMap.safeParse(json);
  if (parsed.success) return parsed.data;
  for (const { path } of parsed.error.issues) reportField(json, path, report);
  return undefined;
}

/** Whether `json` is a Tiled map with one grid of square cells from end to end. */
export function isFlatMap(json: unknown, report: Report): json is Fields {
  if (!isFields(json) || json.type !== "map") {
    report("notATiledMap", {}, {});
    return false;
  }
  const isOrthogonal = json.orientation === "orthogonal";
  if (!isOrthogonal) report("notOrthogonal", {}, { orientation: shortText(json.orientation) });
  if (json.infinite === true) report("infinite", {}, {});
  return isOrthogonal && json.infinite !== true;
}

/** Texts of a file, as faults quote them. */
export const shortText = (value: unknown): string => String(value ?? "").slice(0, 60);

/** Reports a schema error with the layer and the object that its path leads through. */
function reportField(json: Fields, path: readonly PropertyKey[], report: Report): void {
  const place: { -readonly [Key in keyof FaultPlace]: FaultPlace[Key] } = {};
  let value: unknown = json;
  for (const [depth, key] of path.entries()) {
    value = (value as Record<PropertyKey, unknown> | null | undefined)?.[key];
    if (!isFields(value)) continue;
    if (path[depth - 1] === "layers") place.layer = shortText(value.name ?? key);
    if (path[depth - 1] === "objects") place.object = objectPlace(value);
    if (path[depth - 1] === "properties") place.property = shortText(value.name ?? key);
  }
  report("badField", place, { field: String(path.findLast((key) => typeof key === "string") ?? "") });
}

const numberOf = (value: unknown): number => (typeof value === "number" ? value : 0);

const objectPlace = ({ id, name, x, y }: Fields) => ({
  ...{ id: numberOf(id), name: shortText(name), x: numberOf(x), y: numberOf(y) },
});

/** False when a drone does not fit between its tiles, or its places do not fit the wire. */
export function isPlayableSize(map: TiledMap, report: Report): boolean {
  const { width, height, tilewidth: px, tileheight } = map;
  // Bots navigate from tile to tile: a gap of one tile must be wide enough for a drone.
  const least = 2 * DRONE.radiusPx;
  const max = POSITION_SPAN_PX;
  if (px !== tileheight) report("notSquare", {}, { width: px, height: tileheight });
  if (px < least) report("smallTiles", {}, { px, least });
  if (width * px > max) report("tooWide", {}, { px: width * px, max });
  if (height * px > max) report("tooHigh", {}, { px: height * px, max });
  return px === tileheight && px >= least && width * px <= max && height * px <= max;
}

type LayerType = "tilelayer" | "objectgroup";
type LayerOf<Type extends LayerType> = Extract<TiledMap["layers"][number], { type: Type }>;

/** Undefined, with a fault, when the map has no layer of this name and type. */
export function findLayer<Type extends LayerType>(
  map: TiledMap,
  layerName: string,
  type: Type,
  report: Report,
): LayerOf<Type> | undefined {
  if (!map.layers.some(({ name }) => name === layerName)) report("missingLayer", { layer: layerName }, {});
  return findOptionalLayer(map, layerName, type, report);
}

/** Undefined when the map has no such layer, or, with a fault, one of another type. Of several, the first counts. */
export function findOptionalLayer<Type extends LayerType>(
  map: TiledMap,
  layerName: string,
  type: Type,
  report: Report,
): LayerOf<Type> | undefined {
  const layer = map.layers.find((candidate) => candidate.name === layerName);
  if (!layer || layer.type === type) return layer as LayerOf<Type> | undefined;
  report("wrongLayerType", { layer: layerName }, { type: layer.type, needed: type });
  return undefined;
}

/** The middle of an object that has a size. */
export const placeOfObject = (layer: string, { id, name, x, y, width, height }: MapObject): FaultPlace => ({
  layer,
  object: { id, name: shortText(name), x: x + width / 2, y: y + height / 2 },
});

export const placeOfTile = (layer: string, index: number, columns: number): FaultPlace => ({
  layer,
  tile: { column: index % columns, row: Math.floor(index / columns) },
});
