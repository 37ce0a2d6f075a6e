/** The bounds of files that people bring: checked before anything walks through them. */
import type { Report } from "./fault.ts";
import {
  ARENA_LAYERS_MAX,
  ARENA_OBJECTS_MAX,
  ARENA_PROPERTIES_MAX,
  ARENA_TILESETS_MAX,
  JSON_DEPTH_MAX,
} from "./limits.ts";
import { isFields } from "./tiledMap.ts";

/** Layers whose objects are in the game. Notes in other layers count as bytes alone. */
const OBJECT_LAYERS: readonly unknown[] = ["spawns", "pickups", "flags", "hills"];

/** Whether a parsed file is within the bounds; if it is not, with faults. Takes any value. */
export function isWithinBounds(json: unknown, report: Report): boolean {
  if (isDeeperThan(json, JSON_DEPTH_MAX)) {
    report("tooDeep", {}, { max: JSON_DEPTH_MAX });
    return false;
  }
  if (!isFields(json)) return true;
  const { layers, properties, tilesets } = json;
  const counts = [
    ["tooManyLayers", lengthOf(layers), ARENA_LAYERS_MAX],
    ["tooManyObjects", countObjects(layers), ARENA_OBJECTS_MAX],
    ["tooManyProperties", lengthOf(properties), ARENA_PROPERTIES_MAX],
    ["tooManyTilesets", lengthOf(tilesets), ARENA_TILESETS_MAX],
  ] as const;
  const exceeded = counts.filter(([, count, max]) => count > max);
  for (const [code, count, max] of exceeded) report(code, {}, { count, max });
  return exceeded.length === 0;
}

const lengthOf = (value: unknown): number => (Array.isArray(value) ? value.length : 0);

function countObjects(layers: unknown): number {
  if (!Array.isArray(layers)) return 0;
  const counted = layers.filter((layer) => isFields(layer) && OBJECT_LAYERS.includes(layer.name));
  return counted.reduce((sum, { objects }) => sum + lengthOf(objects), 0);
}

/** Level by level instead of by recursion, which a file of 50,000 brackets would overflow. */
function isDeeperThan(json: unknown, max: number): boolean {
  let level = [json];
  for (let depth = 0; depth <= max && level.length > 0; depth++) level = level.flatMap(innerOf);
  return level.length > 0;
}

/** The objects and arrays in a value. */
function innerOf(value: unknown): unknown[] {
  if (typeof value !== "object" || value === null) return [];
  return (Array.isArray(value) ? value : Object.values(value)).filter((inner) => typeof inner === "object");
}
