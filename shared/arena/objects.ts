/** Reads a map's object layers: spawn points, pickups, flags and hills. */
import { snapPosition } from "#shared/schema/wire.ts";
import { PICKUPS, type PickupName } from "#shared/tuning.ts";
import type { FlagSpot, HillSpot, PickupSpot, SpawnPoint } from "./arena.ts";
import { ArenaError } from "./arenaError.ts";
import { findLayer, findOptionalLayer, type MapObject, placeOfObject, type TiledMap } from "./tiledMap.ts";
import { type Ground, touchedWall } from "./tiles.ts";

/** With fewer, drones that spawn in the same tick would overlap. */
const SPAWNS_MIN = 4;
const HILL_MIN_PX = 64;
/** The type of an object that belongs to a team, by team. */
const TEAM_LETTERS = ["a", "b"];

/** A spot together with the map object that it was read from, which errors name. */
export interface Placed<Spot> {
  readonly spot: Spot;
  readonly object: MapObject;
}

/** Throws ArenaError when there are too few, or too few of a team. */
export function readSpawns(map: TiledMap, ground: Ground): Placed<SpawnPoint>[] {
  const refuse = (problem: string) => new ArenaError(ground.name, 'layer "spawns"', problem);
  const { objects } = findLayer(map, ground.name, "spawns", "objectgroup");
  const spawns = objects.map((object) => {
    const place = readPlace("spawns", object, ground);
    return { object, spot: typeOf(object) ? { ...place, team: readTeam("spawns", object, ground) } : place };
  });
  if (spawns.length < SPAWNS_MIN) {
    throw refuse(`has ${spawns.length} objects, needs at least ${SPAWNS_MIN}`);
  }
  const teams: (number | undefined)[] = spawns.map(({ spot }) => ("team" in spot ? spot.team : undefined));
  if (teams.every((team) => team === undefined)) return spawns;
  for (const [team, letter] of TEAM_LETTERS.entries()) {
    const count = teams.filter((own) => own === team).length;
    if (count < SPAWNS_MIN) {
      throw refuse(
        `has ${count} objects of type "${letter}", needs at least ${SPAWNS_MIN} or none of either`,
      );
    }
  }
  return spawns;
}

/** The layer is optional. */
export function readPickups(map: TiledMap, ground: Ground): Placed<PickupSpot>[] {
  const layer = findOptionalLayer(map, ground.name, "pickups", "objectgroup");
  return (layer?.objects ?? []).map((object) => {
    const place = readPlace("pickups", object, ground);
    const kinds = Object.keys(PICKUPS) as PickupName[];
    const kind = requireType("pickups", object, kinds, ground);
    return { object, spot: { ...place, kind } };
  });
}

/** Exactly one per team; the layer is optional. */
export function readFlags(map: TiledMap, ground: Ground): Placed<FlagSpot>[] {
  const layer = findOptionalLayer(map, ground.name, "flags", "objectgroup");
  if (!layer) return [];
  const flags = layer.objects.map((object) => {
    if (!object.point) throw new ArenaError(ground.name, placeOfObject("flags", object), "must be a point");
    const place = readPlace("flags", object, ground);
    return { object, spot: { ...place, team: readTeam("flags", object, ground) } };
  });
  for (const [team, letter] of TEAM_LETTERS.entries()) {
    const count = flags.filter(({ spot }) => spot.team === team).length;
    if (count === 1) continue;
    throw new ArenaError(ground.name, 'layer "flags"', `has ${count} objects of type "${letter}", needs 1`);
  }
  return flags.sort((one, other) => one.spot.team - other.spot.team);
}

/** Sorted by name, then by id. The layer is optional. */
export function readHills(map: TiledMap, ground: Ground): Placed<HillSpot>[] {
  const layer = findOptionalLayer(map, ground.name, "hills", "objectgroup");
  return (layer?.objects ?? [])
    .toSorted((one, other) => compareNames(one.name, other.name) || one.id - other.id)
    .map((object) => ({ object, spot: readHill(object, ground) }));
}

const compareNames = (one: string, other: string) => (one < other ? -1 : one > other ? 1 : 0);

function readHill(object: MapObject, ground: Ground): HillSpot {
  const refuse = (problem: string) => new ArenaError(ground.name, placeOfObject("hills", object), problem);
  const { width, height, rotation } = object;
  if (!isRectangle(object)) throw refuse("must be a rectangle");
  if (rotation !== 0) throw refuse(`must not be rotated, is by ${rotation}°`);
  if (width < HILL_MIN_PX || height < HILL_MIN_PX) {
    throw refuse(`is ${width}×${height} px, needs at least ${HILL_MIN_PX}×${HILL_MIN_PX}`);
  }
  const x = snapPosition(object.x);
  const y = snapPosition(object.y);
  if (x < 0 || y < 0 || x + width > ground.widthPx || y + height > ground.heightPx) {
    throw refuse("reaches out of the map");
  }
  return { x, y, width: snapPosition(width), height: snapPosition(height) };
}

const isRectangle = ({ point, ellipse, capsule, polygon, polyline, text, gid }: MapObject) =>
  !(point || ellipse || capsule || polygon || polyline || text || gid);

/** The place of an object on the wire's grid. Throws ArenaError when a drone has no room there. */
function readPlace(layerName: string, object: MapObject, ground: Ground): { x: number; y: number } {
  const place = { x: snapPosition(object.x), y: snapPosition(object.y) };
  const wall = touchedWall(ground, place);
  if (!wall) return place;
  const where = placeOfObject(layerName, object);
  throw new ArenaError(ground.name, where, `touches the wall at tile ${wall.column},${wall.row}`);
}

const readTeam = (layerName: string, object: MapObject, ground: Ground) =>
  TEAM_LETTERS.indexOf(requireType(layerName, object, TEAM_LETTERS, ground));

function requireType<Type extends string>(
  layerName: string,
  object: MapObject,
  allowed: readonly Type[],
  { name }: Ground,
): Type {
  const type = typeOf(object);
  const found = allowed.find((candidate) => candidate === type);
  if (found !== undefined) return found;
  const problem = `type is "${type}", allowed are ${allowed.join(", ")}`;
  throw new ArenaError(name, placeOfObject(layerName, object), problem);
}

const typeOf = (object: MapObject) => object.type || object.class || "";
