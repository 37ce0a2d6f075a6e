/** The ways to places, computed once for all bots of an arena. */
import type { Arena } from "#shared/arena/arena.ts";
import { type FlowField, flowTo, tilesToGo, UNREACHED } from "#shared/arena/flowField.ts";
import { castRay } from "#shared/sim/collision.ts";
import type { Place } from "#shared/sim/sight.ts";
import { DRONE } from "#shared/tuning.ts";

/** By the goal's key. The largest arena has 4,096 tiles, and a field of it is 8 KB. */
const fieldsOf = new WeakMap<Arena, Map<number, FlowField>>();
const FIELDS_MAX = 1024;

/** The same number for places to which the same ways lead: those on a tile, and those on the same edge of it. */
export function wayKey({ tilePx, columns }: Arena, { x, y }: Place): number {
  const tile = Math.floor(y / tilePx) * columns + Math.floor(x / tilePx);
  return tile * 4 + (x % tilePx === 0 ? 1 : 0) + (y % tilePx === 0 ? 2 : 0);
}

export function wayTo(arena: Arena, goal: Place): FlowField {
  let fields = fieldsOf.get(arena);
  if (!fields) {
    fields = new Map();
    fieldsOf.set(arena, fields);
  }
  const key = wayKey(arena, goal);
  const known = fields.get(key);
  if (known) return known;
  // The oldest go first; the map's own places come back at the next look.
  if (fields.size >= FIELDS_MAX) fields.delete(fields.keys().next().value as number);
  const field = flowTo(arena, goal.x, goal.y);
  fields.set(key, field);
  return field;
}

/** px by the tiles to go; Infinity where no way leads. */
export function wayPx(arena: Arena, from: Place, goal: Place): number {
  const tiles = tilesToGo(arena, wayTo(arena, goal), from.x, from.y);
  return tiles === UNREACHED ? Infinity : tiles * arena.tilePx;
}

/** A little less than the hull: who touches a wall already slides along it. */
const HALF_WIDTH_PX = DRONE.radiusPx - 3;

/** Whether a drone can go straight from one place to the other: both sides of its hull have a clear line. */
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
