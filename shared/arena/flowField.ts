/**
 * The way to a place for anybody who wants to go there: for every tile, how many tiles it is away.
 * Walking downhill leads there (Dijkstra maps; here breadth first, for every step costs the same).
 */
import { type Arena, isSolidTile } from "./arena.ts";

/** The distance of a tile to which no way leads. */
export const UNREACHED = 0xffff;

type Grid = Pick<Arena, "tilePx" | "columns" | "rows" | "solid">;

/** Straight steps first, so that they win over diagonals that are no shorter. */
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
  /** Tiles to go, or UNREACHED. Row by row. */
  readonly distance: Uint16Array;
}

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
 * Centre of the neighbouring tile that is next on the way from (x, y); the place itself when there is none. Of two
 * that are as good a straight step wins; of two straight ones, or two diagonal ones, the first, or with `turned` the
 * last: if everybody went round things on the same side, a map that is fair to both sides would not be.
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

/** Of every tile, found once for each map: bots ask for many ways, and each way asks of all tiles. */
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

/** Diagonal steps only where both tiles beside them are open: a drone is too wide to squeeze through. */
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

/** Tiles to go from (x, y), or UNREACHED. */
export const tilesToGo = (arena: Grid, field: FlowField, x: number, y: number): number =>
  field.distance[nearestTile(arena, field, x, y)] ?? UNREACHED;

const isOnEdge = ({ tilePx }: Grid, px: number) => px % tilePx === 0;

/** A place on the edge of tiles is on all of them: were it on the lower right one, left and right would not be the same. */
function nearestTile(arena: Grid, field: FlowField, x: number, y: number): number {
  const here = tileIndex(arena, x, y);
  if (!isOnEdge(arena, x) && !isOnEdge(arena, y)) return here;
  const distanceOf = (tile: number) => field.distance[tile] ?? UNREACHED;
  return tilesTouched(arena, x, y).reduce((best, tile) =>
    distanceOf(tile) < distanceOf(best) ? tile : best,
  );
}

/** Of those that a place on their edge touches, the open ones; the one that it is on, open or not, if none is. */
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
