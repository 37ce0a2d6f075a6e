/** Finds the parts of a draft's picture that differ between two of its states. */
import type { Bounds } from "#client/render/themes/theme.ts";
import type { Arena, SpawnPoint } from "#shared/arena/arena.ts";
import { REACH_PX } from "./paintRegion.ts";

/** How far the pad of a spawn reaches, px. */
const PAD_PX = 40;

type Painted = Pick<Arena, "columns" | "rows" | "tilePx" | "solid" | "bushes" | "spawns">;

/** World px; they may overlap. Both states have the same size. */
export function changedBounds(before: Painted, after: Painted): Bounds[] {
  return [...changedRows(before, after), ...changedPads(before.spawns, after.spawns)];
}

/** A rectangle for each run of changed cells in a row. */
function* changedRows(before: Painted, after: Painted): Iterable<Bounds> {
  const { columns, rows, tilePx } = after;
  const isChanged = (cell: number) =>
    before.solid[cell] !== after.solid[cell] || before.bushes[cell] !== after.bushes[cell];
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      const first = column;
      while (column < columns && isChanged(row * columns + column)) column++;
      if (column > first) yield grown(first * tilePx, row * tilePx, column * tilePx, (row + 1) * tilePx);
    }
  }
}

const grown = (left: number, top: number, right: number, bottom: number, px = REACH_PX): Bounds => ({
  ...{ left: left - px, top: top - px, right: right + px, bottom: bottom + px },
});

function changedPads(before: readonly SpawnPoint[], after: readonly SpawnPoint[]): Bounds[] {
  const keyOf = ({ x, y }: SpawnPoint) => `${x} ${y}`;
  const old = new Set(before.map(keyOf));
  const now = new Set(after.map(keyOf));
  const gone = before.filter((spawn) => !now.has(keyOf(spawn)));
  const come = after.filter((spawn) => !old.has(keyOf(spawn)));
  return [...gone, ...come].map(({ x, y }) => grown(x, y, x, y, PAD_PX));
}

/** The part of `bounds` within `frame`; undefined if there is none. */
export function cut(bounds: Bounds, frame: Bounds): Bounds | undefined {
  const left = Math.max(bounds.left, frame.left);
  const top = Math.max(bounds.top, frame.top);
  const right = Math.min(bounds.right, frame.right);
  const bottom = Math.min(bounds.bottom, frame.bottom);
  return left < right && top < bottom ? { left, top, right, bottom } : undefined;
}

export const join = (one: Bounds | undefined, other: Bounds): Bounds =>
  one
    ? {
        left: Math.min(one.left, other.left),
        top: Math.min(one.top, other.top),
        right: Math.max(one.right, other.right),
        bottom: Math.max(one.bottom, other.bottom),
      }
    : other;
