/** Symmetries of cells and objects. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { SYMMETRIES, type Symmetry } from "#client/editor/toolNames.ts";
import { Draft, OBJECT_LAYERS, type ObjectFields } from "#shared/editor/draft.ts";
import { applyEdits, type Edit } from "#shared/editor/edit.ts";
import { keyOf } from "./cells.ts";
import { eraseSelection, moveSelection, pasteClip } from "./clip.ts";
import { type Board, moveObjects, putObject, removeObjects } from "./objects.ts";
import { STAMP_NAMES, STAMPS } from "./stamps.ts";
import { movesOf, objectImages, withImages } from "./symmetry.ts";

const TILE_PX = 64;
const symmetry = fc.constantFrom(...SYMMETRIES);
const size = fc.oneof(
  fc.record({ columns: fc.integer({ min: 8, max: 40 }), rows: fc.integer({ min: 8, max: 40 }) }),
  fc.integer({ min: 8, max: 40 }).map((side) => ({ columns: side, rows: side })),
);
const cell = fc.record({ column: fc.nat(39), row: fc.nat(39) });
const half = fc.nat(60).map((at) => at * 32);
const object: fc.Arbitrary<ObjectFields> = fc.record({
  layer: fc.constantFrom(...OBJECT_LAYERS),
  type: fc.constantFrom("", "a", "b", "health"),
  name: fc.constant(""),
  ...{ x: half, y: half },
  width: fc.constantFrom(0, 64, 96),
  height: fc.constantFrom(0, 64, 160),
});

/** Everything of a draft, without the numbers of its objects. */
function looks({ walls, bushes, objects }: Draft) {
  const spots = [...objects.values()].map((fields) => JSON.stringify(fields)).sort();
  return { walls: [...walls], bushes: [...bushes], spots };
}

/** The draft after the symmetry's own moves: a symmetric one is as it was. */
function movedBy(draft: Draft, chosen: Symmetry, { columns, rows }: { columns: number; rows: number }) {
  const moved = new Draft(columns, rows);
  const board = boardOf(moved, chosen);
  for (const layer of ["walls", "bushes"] as const) {
    for (let row = 0; row < rows; row++)
      for (let column = 0; column < columns; column++)
        if (((draft[layer][row * 3 + (column >>> 5)] ?? 0) >>> (column % 32)) & 1)
          for (const image of withImages([{ column, row }], chosen, { columns, rows }))
            applyEdits(moved, [
              { do: "paint", layer, value: 1, runs: [[image.row, image.column, 1]] } as Edit,
            ]);
  }
  for (const fields of draft.objects.values()) applyEdits(moved, putObject(board, fields));
  return moved;
}

const boardOf = (draft: Draft, chosen: Symmetry): Board => ({
  ...{ draft, tilePx: TILE_PX, symmetry: chosen },
});

describe("symmetry", () => {
  it("[TOOL-9] the images of an image of a cell are the same cells, all on the map", () => {
    fc.assert(
      fc.property(symmetry, size, cell, (chosen, map, start) => {
        fc.pre(start.column < map.columns && start.row < map.rows);
        const keys = (from: typeof start) => withImages([from], chosen, map).map(keyOf).sort();
        const orbit = withImages([start], chosen, map);
        expect(orbit.length).toBeLessThanOrEqual({ none: 1, mirror: 2, halfTurn: 2, quarterTurn: 4 }[chosen]);
        for (const image of orbit) {
          expect(keys(image)).toEqual(keys(start));
          expect(image.column < map.columns && image.row < map.rows).toBe(true);
        }
      }),
    );
  });

  it("[TOOL-10] the images of an image of an object are the same objects, and teams swap their ends", () => {
    fc.assert(
      fc.property(symmetry, size, object, (chosen, { columns, rows }, fields) => {
        const px = { width: columns * TILE_PX, height: rows * TILE_PX };
        const orbit = (of: ObjectFields) =>
          [of, ...objectImages(of, chosen, px)].map((each) => JSON.stringify(each)).sort();
        for (const image of objectImages(fields, chosen, px)) {
          expect(orbit(image)).toEqual(orbit(fields));
          const hasTeam = fields.layer === "spawns" || fields.layer === "flags";
          if (hasTeam && fields.type === "a") expect(image.type).toBe("b");
          if (hasTeam && fields.type === "b") expect(image.type).toBe("a");
          if (!hasTeam) expect(image.type).toBe(fields.type);
        }
      }),
    );
  });

  it("[TOOL-11] objects and stamps that are put on an empty map leave it symmetric, also where they meet their images", () => {
    const stamp = fc.record({ name: fc.constantFrom(...STAMP_NAMES), at: cell });
    fc.assert(
      fc.property(
        symmetry,
        size,
        fc.array(object, { maxLength: 4 }),
        fc.array(stamp, { maxLength: 4 }),
        (chosen, map, objects, stamps) => {
          const draft = new Draft(map.columns, map.rows);
          const board = boardOf(draft, chosen);
          for (const { name, at } of stamps) applyEdits(draft, pasteClip(board, STAMPS[name], at));
          for (const fields of objects) applyEdits(draft, putObject(board, fields));
          expect(looks(movedBy(draft, chosen, map))).toEqual(looks(draft));
        },
      ),
    );
  });

  it("[TOOL-12] moving and removing an object does the same to its images, and to nothing else", () => {
    fc.assert(
      fc.property(symmetry, size, object, object, half, half, (chosen, map, fields, other, x, y) => {
        const px = { width: map.columns * TILE_PX, height: map.rows * TILE_PX };
        const count = (of: ObjectFields) => objectImages(of, chosen, px).length;
        const all = movesOf(fields, chosen, px).length;
        // One that lies on its own image has no other; teams keep theirs even where they meet.
        fc.pre(count(fields) === all);
        const isTeam = fields.type === "a" || fields.type === "b";
        fc.pre(!isTeam || count({ ...fields, x: fields.x + x, y: fields.y + y }) === all);
        const draft = new Draft(map.columns, map.rows);
        const board = boardOf(draft, chosen);
        applyEdits(draft, putObject(board, fields));
        const [id = ""] = draft.objects.keys();
        applyEdits(draft, moveObjects(board, [id], { x, y }));
        expect(draft.objects.get(id)).toMatchObject({ x: fields.x + x, y: fields.y + y });
        expect(looks(movedBy(draft, chosen, map))).toEqual(looks(draft));
        // An object without an image on its other side stays alone.
        const alone = { ...other, x: other.x + 7, y: other.y + 11 };
        applyEdits(draft, [{ do: "put", id: "5", fields: alone }]);
        applyEdits(draft, removeObjects(board, [id]));
        expect([...draft.objects.values()]).toEqual([alone]);
      }),
    );
  });

  it("[TOOL-13] moving a selection there and back changes nothing on free ground, and erasing it leaves none of it", () => {
    const draft = new Draft(32, 24);
    const board = boardOf(draft, "halfTurn");
    applyEdits(draft, pasteClip(board, STAMPS.cornerRoom, { column: 3, row: 3 }));
    applyEdits(
      draft,
      putObject(board, { layer: "spawns", type: "a", name: "", x: 320, y: 320, width: 0, height: 0 }),
    );
    const before = looks(draft);
    const [id = ""] = draft.objects.keys();
    const cells = { column: 3, row: 3, columns: 5, rows: 5 };
    const step = { x: 2 * TILE_PX, y: TILE_PX };
    applyEdits(draft, moveSelection(board, { cells, ids: [id] }, step));
    expect(draft.objects.get(id)).toMatchObject({ x: 320 + step.x, y: 320 + step.y });
    expect(looks(draft)).not.toEqual(before);
    const there = { ...cells, column: 5, row: 4 };
    applyEdits(draft, moveSelection(board, { cells: there, ids: [id] }, { x: -step.x, y: -step.y }));
    expect(looks(draft)).toEqual(before);
    applyEdits(draft, eraseSelection(board, { cells, ids: [id] }));
    expect(looks(draft)).toEqual(looks(new Draft(32, 24)));
  });
});
