/** Checks that a drone can reach every object of a map. */
import type { HillSpot } from "./arena.ts";
import type { Report } from "./fault.ts";
import { type FlowField, flowTo, UNREACHED } from "./flowField.ts";
import type { Placed } from "./objects.ts";
import { placeOfObject, shortText } from "./tiledMap.ts";
import { type Ground, touchedWall } from "./tiles.ts";

type Point = { readonly x: number; readonly y: number };

/** A map's objects, by layer. */
export interface Objects {
  readonly spawns: readonly Placed<Point>[];
  readonly pickups: readonly Placed<Point>[];
  readonly flags: readonly Placed<Point>[];
  readonly hills: readonly Placed<HillSpot>[];
}

/** Reports each object that no path connects with the part of the map in which most spawn points are. */
export function checkReach(ground: Ground, { hills, ...points }: Objects, report: Report): void {
  const main = findMainPart(ground, points.spawns);
  if (!main) return;
  const { field, start } = main;
  const from = { fromId: start.object.id, fromName: shortText(start.object.name) };
  for (const [layer, placed] of Object.entries(points)) {
    for (const { spot, object } of placed) {
      if (!isReached(ground, field, spot)) report("unreachable", placeOfObject(layer, object), from);
    }
  }
  for (const { spot, object } of hills) {
    if (hasRoom(ground, spot, (place) => isReached(ground, field, place))) continue;
    const where = placeOfObject("hills", object);
    if (hasRoom(ground, spot, () => true)) report("unreachable", where, from);
    else report("hillWalled", where, {});
  }
}

interface Part {
  readonly start: Placed<Point>;
  readonly field: FlowField;
  readonly spawns: number;
}

/** A map in more parts has faults enough, whichever of them is called the main one. */
const PARTS_MAX = 4;

/** The part with most spawn points; of equal ones, that of the earlier spawn point. Undefined without any. */
function findMainPart(ground: Ground, spawns: readonly Placed<Point>[]): Part | undefined {
  let rest = spawns;
  let main: Part | undefined;
  for (let parts = 0; parts < PARTS_MAX && rest.length > (main?.spawns ?? 0); parts++) {
    const [start] = rest;
    if (!start) break;
    const field = flowTo(ground, start.spot.x, start.spot.y);
    const outside = rest.filter(({ spot }) => !isReached(ground, field, spot));
    const part = { start, field, spawns: rest.length - outside.length };
    if (part.spawns > (main?.spawns ?? 0)) main = part;
    rest = outside;
  }
  return main;
}

const isReached = ({ tilePx, columns }: Ground, field: FlowField, { x, y }: Point) =>
  field.distance[Math.floor(y / tilePx) * columns + Math.floor(x / tilePx)] !== UNREACHED;

/**
 * Whether a drone has room on the hill at a place that `suits`. Asks for each tile under the hill, at the place on the hill
 * nearest to the tile's centre.
 */
function hasRoom(
  ground: Ground,
  { x, y, width, height }: HillSpot,
  suits: (place: Point) => boolean,
): boolean {
  const { tilePx } = ground;
  for (let top = Math.floor(y / tilePx) * tilePx; top < y + height; top += tilePx) {
    for (let left = Math.floor(x / tilePx) * tilePx; left < x + width; left += tilePx) {
      const place = {
        x: clamp(left + tilePx / 2, x, x + width - 1),
        y: clamp(top + tilePx / 2, y, y + height - 1),
      };
      if (suits(place) && !touchedWall(ground, place)) return true;
    }
  }
  return false;
}

const clamp = (value: number, min: number, max: number) => Math.max(min, Math.min(value, max));
