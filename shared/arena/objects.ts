/** Reads a map's object layers: spawn points, pickups, flags and hills. Objects with a fault are left out. */
import { snapPosition } from "#shared/schema/wire.ts";
import { PICKUPS, type PickupName } from "#shared/tuning.ts";
import type { FlagSpot, HillSpot, PickupSpot, SpawnPoint } from "./arena.ts";
import type { FaultPlace, Report } from "./fault.ts";
import {
  findLayer,
  findOptionalLayer,
  type MapObject,
  placeOfObject,
  shortText,
  type TiledMap,
} from "./tiledMap.ts";
import { type Ground, touchedWall } from "./tiles.ts";

/** With fewer, drones that spawn in the same tick would overlap. */
const SPAWNS_MIN = 4;
export const HILL_MIN_PX = 64;
/** The type of an object that belongs to a team, by team. */
export const TEAM_LETTERS = ["a", "b"];

/** A spot together with the map object that it was read from, which faults name. */
export interface Placed<Spot> {
  readonly spot: Spot;
  readonly object: MapObject;
}

/** Reads the spawn points: at least SPAWNS_MIN, and if any is a team's, so many of each team. */
export function readSpawns(map: TiledMap, ground: Ground, report: Report): Placed<SpawnPoint>[] {
  const layer = findLayer(map, "spawns", "objectgroup", report);
  if (!layer) return [];
  const spawns = layer.objects.flatMap((object) => {
    const hasTeam = typeOf(object) !== "";
    const team = hasTeam ? readTeam("spawns", object, report) : undefined;
    const spot = readSpot("spawns", object, ground, report);
    if (!spot || (hasTeam && team === undefined)) return [];
    return [{ object, spot: team === undefined ? spot : { ...spot, team } }];
  });
  countSpawns(layer.objects, report);
  return spawns;
}

function countSpawns(objects: readonly MapObject[], report: Report): void {
  const least = SPAWNS_MIN;
  const place = { layer: "spawns" };
  if (objects.length < least) report("tooFewSpawns", place, { count: objects.length, least });
  if (objects.length < least || objects.every((object) => typeOf(object) === "")) return;
  for (const team of TEAM_LETTERS) {
    const count = objects.filter((object) => typeOf(object) === team).length;
    if (count < least) report("tooFewTeamSpawns", place, { team, count, least });
  }
}

/** The layer is optional. */
export function readPickups(map: TiledMap, ground: Ground, report: Report): Placed<PickupSpot>[] {
  const kinds = Object.keys(PICKUPS) as PickupName[];
  return objectsOf(map, "pickups", report).flatMap((object) => {
    const spot = readSpot("pickups", object, ground, report);
    const kind = readType("pickups", object, kinds, report);
    return spot && kind ? [{ object, spot: { ...spot, kind } }] : [];
  });
}

/** Exactly one per team, or none at all. */
export function readFlags(map: TiledMap, ground: Ground, report: Report): Placed<FlagSpot>[] {
  const objects = objectsOf(map, "flags", report);
  const flags = objects.flatMap((object) => {
    if (!object.point) report("notAPoint", placeOfObject("flags", object), {});
    const spot = readSpot("flags", object, ground, report);
    const team = readTeam("flags", object, report);
    return spot && team !== undefined ? [{ object, spot: { ...spot, team } }] : [];
  });
  for (const team of objects.length > 0 ? TEAM_LETTERS : []) {
    const count = objects.filter((object) => typeOf(object) === team).length;
    if (count !== 1) report("flagCount", { layer: "flags" }, { team, count });
  }
  return flags.sort((one, other) => one.spot.team - other.spot.team);
}

/** Sorted by name, then by id. The layer is optional. */
export function readHills(map: TiledMap, ground: Ground, report: Report): Placed<HillSpot>[] {
  return objectsOf(map, "hills", report)
    .toSorted((one, other) => compareNames(one.name, other.name) || one.id - other.id)
    .flatMap((object) => {
      const spot = readHill(object, ground, report);
      return spot ? [{ object, spot }] : [];
    });
}

const objectsOf = (map: TiledMap, layer: string, report: Report): readonly MapObject[] =>
  findOptionalLayer(map, layer, "objectgroup", report)?.objects ?? [];

const compareNames = (one: string, other: string) => (one < other ? -1 : one > other ? 1 : 0);

function readHill(object: MapObject, ground: Ground, report: Report): HillSpot | undefined {
  const place = placeOfObject("hills", object);
  const { width, height, rotation } = object;
  if (!isRectangle(object)) return void report("hillShape", place, {});
  if (rotation !== 0) return void report("hillRotated", place, { degrees: rotation });
  if (width < HILL_MIN_PX || height < HILL_MIN_PX) {
    return void report("hillSize", place, { width, height, least: HILL_MIN_PX });
  }
  const x = snapPosition(object.x);
  const y = snapPosition(object.y);
  if (x < 0 || y < 0 || x + width > ground.widthPx || y + height > ground.heightPx) {
    return void report("outside", place, {});
  }
  return { x, y, width: snapPosition(width), height: snapPosition(height) };
}

const isRectangle = ({ point, ellipse, capsule, polygon, polyline, text, gid }: MapObject) =>
  !(point || ellipse || capsule || polygon || polyline || text || gid);

/** The object's place on the wire's grid. Undefined, with a fault, when a drone has no room there. */
function readSpot(
  layer: string,
  object: MapObject,
  ground: Ground,
  report: Report,
): { x: number; y: number } | undefined {
  const spot = { x: snapPosition(object.x), y: snapPosition(object.y) };
  const isOutside = spot.x < 0 || spot.y < 0 || spot.x > ground.widthPx || spot.y > ground.heightPx;
  if (isOutside) return void report("outside", placeOfObject(layer, object), {});
  const wall = touchedWall(ground, spot);
  if (wall) return void report("inWall", placeOfObject(layer, object), wall);
  return spot;
}

/** Undefined, with a fault, when the type is not a team's letter. */
function readTeam(layer: string, object: MapObject, report: Report): number | undefined {
  const letter = readType(layer, object, TEAM_LETTERS, report);
  return letter === undefined ? undefined : TEAM_LETTERS.indexOf(letter);
}

function readType<Type extends string>(
  layer: string,
  object: MapObject,
  allowed: readonly Type[],
  report: Report,
): Type | undefined {
  const type = typeOf(object);
  const found = allowed.find((candidate) => candidate === type);
  const place: FaultPlace = placeOfObject(layer, object);
  if (found === undefined) report("wrongType", place, { type: shortText(type), allowed: allowed.join(", ") });
  return found;
}

export const typeOf = ({ type, class: className }: Pick<MapObject, "type" | "class">): string =>
  type || className || "";
