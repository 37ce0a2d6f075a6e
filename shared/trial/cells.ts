/** Cells of the map: which of them nobody went to, and where most of something happened. */
import type { Arena } from "#shared/arena/arena.ts";
import { flowTo, UNREACHED } from "#shared/arena/flowField.ts";
import type { Place } from "#shared/sim/sight.ts";

/** A tile, as the editor and errors name it. */
export interface Cell {
  readonly column: number;
  readonly row: number;
}

export const cellAt = ({ tilePx }: Pick<Arena, "tilePx">, { x, y }: Place): Cell => ({
  column: Math.floor(x / tilePx),
  row: Math.floor(y / tilePx),
});

export const cellOf = ({ columns }: Pick<Arena, "columns">, index: number): Cell => ({
  column: index % columns,
  row: Math.floor(index / columns),
});

export interface DeadSpace {
  /** The share of the cells that a drone can reach, 0…1. */
  readonly share: number;
  /** The largest connected parts, the largest first. */
  readonly cells: readonly Cell[];
}

/** A connected part of fewer cells is a corner, not a place. */
const PART_MIN_CELLS = 4;

/** Reachable cells that no drone came near: neither the cell nor one beside it was entered. */
export function deadSpace(arena: Arena, ways: readonly number[]): DeadSpace {
  const start = arena.spawns[0];
  if (!start) return { share: 0, cells: [] };
  const { distance } = flowTo(arena, start.x, start.y);
  const isReached = (index: number) => distance[index] !== UNREACHED;
  const isVisited = (index: number) => (ways[index] ?? 0) > 0;
  const dead = new Set<number>();
  let reached = 0;
  for (let index = 0; index < distance.length; index++) {
    if (!isReached(index)) continue;
    reached++;
    if (!isVisited(index) && !around(arena, index).some(isVisited)) dead.add(index);
  }
  const parts = partsOf(arena, dead).filter((part) => part.length >= PART_MIN_CELLS);
  const cells = parts.sort((one, other) => other.length - one.length).flat();
  return { share: cells.length / Math.max(1, reached), cells: cells.map((index) => cellOf(arena, index)) };
}

/** Connected parts, by the four neighbours of each cell. Empties the set. */
function partsOf({ columns }: Arena, cells: Set<number>): number[][] {
  const parts: number[][] = [];
  for (const start of cells) {
    cells.delete(start);
    const part = [start];
    for (const cell of part) {
      for (const next of [cell - 1, cell + 1, cell - columns, cell + columns])
        if (cells.delete(next)) part.push(next);
    }
    parts.push(part);
  }
  return parts;
}

/** The eight cells around one. The border is wall, so that no open cell has a neighbour on the other edge. */
const around = ({ columns }: Arena, index: number): number[] =>
  [-columns - 1, -columns, -columns + 1, -1, 1, columns - 1, columns, columns + 1].map((by) => index + by);

export interface Crowd {
  /** The place's share of everything that happened, 0…1. */
  readonly share: number;
  readonly cell: Cell;
}

/** The cell around which most of something happened, with its eight neighbours. */
export function crowdOf(arena: Arena, heat: readonly number[]): Crowd {
  const all = heat.reduce((total, value) => total + value, 0);
  let [most, at] = [0, 0];
  for (let index = 0; index < heat.length; index++) {
    const here = [index, ...around(arena, index)].reduce((total, each) => total + (heat[each] ?? 0), 0);
    if (here > most) [most, at] = [here, index];
  }
  return { share: most / Math.max(1, all), cell: cellOf(arena, at) };
}
