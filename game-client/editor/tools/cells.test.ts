/** The cells that tools draw. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { cellAt, Draft, SIDE_MAX, setCell, sizeOf } from "#shared/editor/draft.ts";
import { applyEdits } from "#shared/editor/edit.ts";
import {
  brushAt,
  type Cell,
  cellOf,
  floodOf,
  keyOf,
  lineOf,
  paintCells,
  rectangleOf,
  runsOf,
  strokeOf,
} from "./cells.ts";

const cell = fc.record({ column: fc.nat(SIDE_MAX - 1), row: fc.nat(SIDE_MAX - 1) });
const place = fc.record({
  x: fc.double({ min: 0, max: 40, noNaN: true }),
  y: fc.double({ min: 0, max: 40, noNaN: true }),
});
const touch = (one: Cell, other: Cell) =>
  Math.max(Math.abs(one.column - other.column), Math.abs(one.row - other.row)) <= 1;

describe("cells of tools", () => {
  it("[TOOL-2] a line has both ends, one cell in each step of its longer side, and no gap", () => {
    fc.assert(
      fc.property(cell, cell, (from, to) => {
        const cells = lineOf(from, to);
        expect(cells[0]).toEqual(from);
        expect(cells.at(-1)).toEqual(to);
        const far = Math.max(Math.abs(from.column - to.column), Math.abs(from.row - to.row));
        expect(cells).toHaveLength(far + 1);
        expect(cells.every((each, at) => at === 0 || touch(each, cells[at - 1] ?? from))).toBe(true);
      }),
    );
  });

  it("[TOOL-3] a stroke of any size covers the brush at both ends, however far apart they are", () => {
    fc.assert(
      fc.property(place, place, fc.integer({ min: 1, max: 5 }), (from, to, size) => {
        const keys = new Set(strokeOf(from, to, size).map(keyOf));
        const ends = [...brushAt(from.x, from.y, size), ...brushAt(to.x, to.y, size)];
        expect(ends.every((end) => keys.has(keyOf(end)))).toBe(true);
      }),
    );
  });

  it("[TOOL-4] a brush of one cell paints the cell that the pointer is in", () => {
    fc.assert(
      fc.property(place, ({ x, y }) => {
        fc.pre(x % 1 !== 0 && y % 1 !== 0);
        expect(brushAt(x, y, 1)).toEqual([{ column: Math.floor(x), row: Math.floor(y) }]);
      }),
    );
  });

  it("[TOOL-5] runs are the cells again, and no two of a row touch", () => {
    fc.assert(
      fc.property(fc.uniqueArray(cell, { selector: keyOf, maxLength: 200 }), (cells) => {
        const runs = runsOf(new Set(cells.map(keyOf)));
        const again = runs.flatMap(([row, first, length]) =>
          Array.from({ length }, (_, at) => keyOf({ column: first + at, row })),
        );
        expect(again.sort()).toEqual(cells.map(keyOf).sort());
        for (const [at, [row, first]] of runs.entries()) {
          const before = runs[at - 1];
          if (before?.[0] === row) expect(before[1] + before[2]).toBeLessThan(first);
        }
      }),
    );
    expect(cellOf(keyOf({ column: 95, row: 2 }))).toEqual({ column: 95, row: 2 });
  });

  it("[TOOL-6] an outline is the rectangle without its inside", () => {
    const [from, to] = [
      { column: 6, row: 2 },
      { column: 2, row: 8 },
    ];
    expect(rectangleOf(from, to, true)).toHaveLength(35);
    expect(rectangleOf(from, to, false)).toHaveLength(35 - 3 * 5);
  });

  it("[TOOL-7] a fill stops at walls and bushes and at the map's end, and does not leak through corners", () => {
    const draft = new Draft(8, 5);
    for (let row = 0; row < 4; row++) setCell(draft.walls, 3, row, 1);
    setCell(draft.bushes, 4, 4, 1);
    expect(floodOf(draft, { column: 0, row: 0 })).toHaveLength(3 * 5 + 1);
    expect(floodOf(draft, { column: 7, row: 0 })).toHaveLength(4 * 5 - 1);
    expect(floodOf(draft, { column: 8, row: 0 })).toEqual([]);
  });

  it("[TOOL-8] painted cells have one kind of ground, nothing beside the map changes, and painting again gives no edit", () => {
    fc.assert(
      fc.property(
        fc.array(cell, { maxLength: 60 }),
        fc.array(cell, { maxLength: 60 }),
        fc.constantFrom("floor" as const, "wall" as const, "bush" as const),
        (before, cells, ground) => {
          const draft = new Draft(30, 20);
          for (const [at, { column, row }] of before.entries())
            setCell(at % 2 ? draft.walls : draft.bushes, column, row, 1);
          const beside = ({ column, row }: Cell) => column >= 30 || row >= 20;
          const read = ({ column, row }: Cell) => [
            cellAt(draft.walls, column, row),
            cellAt(draft.bushes, column, row),
          ];
          const old = cells.filter(beside).map(read);
          applyEdits(draft, paintCells(draft, cells, ground));
          expect(cells.filter(beside).map(read)).toEqual(old);
          const wanted = { floor: [0, 0], wall: [1, 0], bush: [0, 1] }[ground];
          for (const each of cells.filter((one) => !beside(one))) expect(read(each)).toEqual(wanted);
          expect(paintCells(draft, cells, ground)).toEqual([]);
        },
      ),
    );
    expect(sizeOf(new Draft(30, 20))).toEqual({ columns: 30, rows: 20 });
  });
});
