/** Traces the outline of the arena's walls: adjoining tiles become one shape with rounded corners. */
import { type Arena, isSolidTile } from "#shared/arena/arena.ts";

interface Corner {
  readonly x: number;
  readonly y: number;
}
/** Corners in px. The wall lies to the right of every edge, so holes run anticlockwise on screen. */
export type Loop = readonly Corner[];

/** Distance by which an outline is moved into the walls, px, for edges that face each side. */
export interface Inset {
  readonly north: number;
  readonly south: number;
  readonly sides: number;
}

interface Edge {
  readonly from: Corner;
  readonly to: Corner;
}

/** Tiles outside the map count as open, so that the border gets an outer edge. */
export function traceWalls(arena: Arena): Loop[] {
  const leaving = edgesByStart(arena);
  const loops: Loop[] = [];
  for (const edges of leaving.values()) {
    for (let first = edges.pop(); first; first = edges.pop()) {
      loops.push(mergeStraight(followLoop(first, leaving), arena.tilePx));
    }
  }
  return loops;
}

const cornerKey = (corner: Corner) => corner.x * 65_536 + corner.y;

function edgesByStart(arena: Arena): Map<number, Edge[]> {
  const leaving = new Map<number, Edge[]>();
  const isWall = (column: number, row: number) =>
    column >= 0 && row >= 0 && column < arena.columns && row < arena.rows && isSolidTile(arena, column, row);
  const add = (fromX: number, fromY: number, toX: number, toY: number) => {
    const edge = { from: { x: fromX, y: fromY }, to: { x: toX, y: toY } };
    const key = cornerKey(edge.from);
    const edges = leaving.get(key);
    if (edges) edges.push(edge);
    else leaving.set(key, [edge]);
  };
  for (let row = 0; row < arena.rows; row++) {
    for (let column = 0; column < arena.columns; column++) {
      if (!isWall(column, row)) continue;
      if (!isWall(column, row - 1)) add(column, row, column + 1, row);
      if (!isWall(column + 1, row)) add(column + 1, row, column + 1, row + 1);
      if (!isWall(column, row + 1)) add(column + 1, row + 1, column, row + 1);
      if (!isWall(column - 1, row)) add(column, row + 1, column, row);
    }
  }
  return leaving;
}

function followLoop(first: Edge, leaving: Map<number, Edge[]>): Corner[] {
  const corners = [first.from];
  let edge = first;
  while (cornerKey(edge.to) !== cornerKey(first.from)) {
    const choices = leaving.get(cornerKey(edge.to)) ?? [];
    const next = takeRightTurn(edge, choices);
    if (!next) break;
    corners.push(next.from);
    edge = next;
  }
  return corners;
}

/** Where two walls touch at a corner only, turning right keeps them separate shapes. */
function takeRightTurn(edge: Edge, choices: Edge[]): Edge | undefined {
  const turnsRight = (next: Edge) =>
    (edge.to.x - edge.from.x) * (next.to.y - next.from.y) -
      (edge.to.y - edge.from.y) * (next.to.x - next.from.x) >
    0;
  const index = choices.length > 1 ? Math.max(0, choices.findIndex(turnsRight)) : 0;
  return choices.splice(index, 1)[0];
}

function mergeStraight(corners: readonly Corner[], tilePx: number): Loop {
  const count = corners.length;
  const turns = corners.filter((corner, index) => {
    const before = corners[(index + count - 1) % count] ?? corner;
    const after = corners[(index + 1) % count] ?? corner;
    return !(before.x === after.x || before.y === after.y);
  });
  return turns.map(({ x, y }) => ({ x: x * tilePx, y: y * tilePx }));
}

/** All loops as one path, moved into the walls by `inset` and rounded by `radius` px. */
export function outlinePath(loops: readonly Loop[], inset: Inset, radius: number): Path2D {
  const path = new Path2D();
  for (const loop of loops) {
    const corners = loop.map((_corner, index) => insetCorner(loop, index, inset));
    const first = corners[0];
    const last = corners[corners.length - 1];
    if (!first || !last) continue;
    path.moveTo((first.x + last.x) / 2, (first.y + last.y) / 2);
    for (const [index, corner] of corners.entries()) {
      const next = corners[(index + 1) % corners.length] ?? first;
      path.arcTo(corner.x, corner.y, (corner.x + next.x) / 2, (corner.y + next.y) / 2, radius);
    }
    path.closePath();
  }
  return path;
}

function insetCorner(loop: Loop, index: number, inset: Inset): Corner {
  const corner = loop[index] ?? { x: 0, y: 0 };
  const before = loop[(index + loop.length - 1) % loop.length] ?? corner;
  const after = loop[(index + 1) % loop.length] ?? corner;
  // One edge at a corner runs along each axis; its direction determines the outer side.
  const alongX = before.y === corner.y ? Math.sign(corner.x - before.x) : Math.sign(after.x - corner.x);
  const alongY = before.x === corner.x ? Math.sign(corner.y - before.y) : Math.sign(after.y - corner.y);
  return {
    x: corner.x - alongY * inset.sides,
    y: corner.y + (alongX > 0 ? inset.north : -inset.south),
  };
}
