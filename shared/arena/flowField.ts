/**
 * Flow fields for bots: the distance of every tile to a goal, in tiles. A bot that steps downhill reaches the goal
 * (a Dijkstra map; breadth first, because every step costs the same).
 */
import { type Arena, isSolidTile } from "./arena.ts";

/** The distance of a tile from which no path leads to the goal. */
export const UNREACHED = 0xffff;

type Grid = Pick<Arena, "tilePx" | "columns" | "rows" | "solid">;

/** Straight steps first: they win over diagonals of the same length. */
const STEPS = [
  [1, 0],
  [-1, 0],
  [0, 1],
  [0, -1],
  [1, 1],
  [1, -1],
  [-1, 1],
  [-1, -1],
] as const;

export interface FlowField {
  /** Row by row: tiles to the goal, or UNREACHED. */
  readonly distance: Uint16Array;
}

/** The field of the goal (x, y), px. Costs a visit of every reachable tile: callers cache it. */
export function flowTo(arena: Grid, x: number, y: number): FlowField {
  const distance = new Uint16Array(arena.columns * arena.rows).fill(UNREACHED);
  const queue = new Uint16Array(distance.length);
  let queued = 0;
  for (const start of tilesTouched(arena, x, y)) {
    queue[queued++] = start;
    distance[start] = 0;
  }
  for (let head = 0; head < queued; head++) {
    const tile = queue[head] as number;
    const further = (distance[tile] as number) + 1;
    for (const next of openNeighbours(arena, tile)) {
      if (distance[next] !== UNREACHED) continue;
      distance[next] = further;
      queue[queued++] = next;
    }
  }
  return { distance };
}

/**
 * Centre of the next tile on the path from (x, y), or of its own tile when none is nearer to the goal. Of equally good
 * steps a straight one wins over a diagonal one; among equals the first of STEPS wins, with `turned` the last. If all
 * bots passed obstacles on the same side, a symmetric map would favour one team.
 */
export function nextOnWay(
  arena: Grid,
  field: FlowField,
  x: number,
  y: number,
  turned = false,
): { x: number; y: number } {
  const here = nearestTile(arena, field, x, y);
  const isStraight = (tile: number) => Math.abs(tile - here) === 1 || Math.abs(tile - here) === arena.columns;
  let best = here;
  for (const next of openNeighbours(arena, here)) {
    const gain = (field.distance[best] as number) - (field.distance[next] as number);
    const isAsGood = turned && gain === 0 && best !== here && isStraight(next) === isStraight(best);
    if (gain > 0 || isAsGood) best = next;
  }
  return {
    x: ((best % arena.columns) + 0.5) * arena.tilePx,
    y: (Math.floor(best / arena.columns) + 0.5) * arena.tilePx,
  };
}

/** Open neighbours of every tile, by map (its `solid`): each new field reads all of them. */
const neighboursOf = new WeakMap<Uint8Array, (readonly number[] | undefined)[]>();

function openNeighbours(arena: Grid, tile: number): readonly number[] {
  let neighbours = neighboursOf.get(arena.solid);
  if (!neighbours) {
    neighbours = new Array(arena.solid.length).fill(undefined);
    neighboursOf.set(arena.solid, neighbours);
  }
  const known = neighbours[tile];
  if (known) return known;
  const found = findOpenNeighbours(arena, tile);
  neighbours[tile] = found;
  return found;
}

/** A diagonal step needs both tiles beside it open: a drone is too wide to squeeze through. */
function findOpenNeighbours(arena: Grid, tile: number): number[] {
  const column = tile % arena.columns;
  const row = Math.floor(tile / arena.columns);
  const open: number[] = [];
  for (const [dx, dy] of STEPS) {
    const isOpen =
      !isSolidTile(arena, column + dx, row + dy) &&
      !isSolidTile(arena, column + dx, row) &&
      !isSolidTile(arena, column, row + dy);
    if (isOpen) open.push((row + dy) * arena.columns + column + dx);
  }
  return open;
}

/** Tiles from (x, y) to the goal, or UNREACHED. */
export const tilesToGo = (arena: Grid, field: FlowField, x: number, y: number): number =>
  field.distance[nearestTile(arena, field, x, y)] ?? UNREACHED;

const isOnEdge = ({ tilePx }: Grid, px: number) => px % tilePx === 0;

/** Of the tiles that a place touches, the one nearest to the goal: rounding down would favour the upper left. */
function nearestTile(arena: Grid, field: FlowField, x: number, y: number): number {
  const here = tileIndex(arena, x, y);
  if (!isOnEdge(arena, x) && !isOnEdge(arena, y)) return here;
  const distanceOf = (tile: number) => field.distance[tile] ?? UNREACHED;
  return tilesTouched(arena, x, y).reduce((best, tile) =>
    distanceOf(tile) < distanceOf(best) ? tile : best,
  );
}

/** The open tiles that a place touches, several when it is on an edge; if none is open, the tile that it is on. */
function tilesTouched(arena: Grid, x: number, y: number): readonly number[] {
  const column = Math.floor(x / arena.tilePx);
  const row = Math.floor(y / arena.tilePx);
  const columns = isOnEdge(arena, x) ? [column, column - 1] : [column];
  const rows = isOnEdge(arena, y) ? [row, row - 1] : [row];
  const open = rows.flatMap((r) =>
    columns.filter((c) => !isSolidTile(arena, c, r)).map((c) => r * arena.columns + c),
  );
  return open.length > 0 ? open : [tileIndex(arena, x, y)];
}

const tileIndex = (arena: Grid, x: number, y: number) =>
  Math.floor(y / arena.tilePx) * arena.columns + Math.floor(x / arena.tilePx);
