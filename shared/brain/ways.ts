/** Paths to places, computed once for all bots of an arena. */
import type { Arena } from "#shared/arena/arena.ts";
import { type FlowField, flowTo, tilesToGo, UNREACHED } from "#shared/arena/flowField.ts";
import { castRay } from "#shared/sim/collision.ts";
import type { Place } from "#shared/sim/sight.ts";
import { DRONE } from "#shared/tuning.ts";

/** By arena and wayKey of the goal. The largest arena has 4,096 tiles, so a field takes at most 8 KB. */
const fieldsOf = new WeakMap<Arena, Map<number, FlowField>>();
const FIELDS_MAX = 1024;

/** Equal for places with the same flow field: those inside a tile, and those on the same edge or corner of it. */
export function wayKey({ tilePx, columns }: Arena, { x, y }: Place): number {
  const tile = Math.floor(y / tilePx) * columns + Math.floor(x / tilePx);
  return tile * 4 + (x % tilePx === 0 ? 1 : 0) + (y % tilePx === 0 ? 2 : 0);
}

/** The flow field of a goal, from the cache or newly computed. */
export function wayTo(arena: Arena, goal: Place): FlowField {
  let fields = fieldsOf.get(arena);
  if (!fields) {
    fields = new Map();
    fieldsOf.set(arena, fields);
  }
  const key = wayKey(arena, goal);
  const known = fields.get(key);
  if (known) return known;
  // Evicts the oldest field; those of the map's own places are soon computed again.
  if (fields.size >= FIELDS_MAX) fields.delete(fields.keys().next().value as number);
  const field = flowTo(arena, goal.x, goal.y);
  fields.set(key, field);
  return field;
}

/** Length of the path in whole tiles, as px; Infinity when there is no path. */
export function wayPx(arena: Arena, from: Place, goal: Place): number {
  const tiles = tilesToGo(arena, wayTo(arena, goal), from.x, from.y);
  return tiles === UNREACHED ? Infinity : tiles * arena.tilePx;
}

/** A little less than the hull's radius: a drone that touches a wall slides along it. */
const HALF_WIDTH_PX = DRONE.radiusPx - 3;

/** Whether a drone can move straight between two places: no wall crosses the path of either side of its hull. */
export function isPathClear(arena: Arena, from: Place, to: Place): boolean {
  const dx = to.x - from.x;
  const dy = to.y - from.y;
  const px = Math.sqrt(dx * dx + dy * dy);
  if (px < 1) return true;
  const dirX = dx / px;
  const dirY = dy / px;
  const asideX = -dirY * HALF_WIDTH_PX;
  const asideY = dirX * HALF_WIDTH_PX;
  return (
    castRay(arena, from.x + asideX, from.y + asideY, dirX, dirY, px) >= px &&
    castRay(arena, from.x - asideX, from.y - asideY, dirX, dirY, px) >= px
  );
}
