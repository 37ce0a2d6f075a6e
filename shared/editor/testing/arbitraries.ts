/** Random edits for property tests: on few cells, objects and properties, so that editors meet. */
import fc from "fast-check";
import { CELL_LAYERS, OBJECT_LAYERS } from "#shared/editor/draft.ts";
import type { Edit } from "#shared/editor/edit.ts";

const cell = fc.integer({ min: 0, max: 9 });
const id = fc.integer({ min: 1, max: 6 }).map(String);
const px = fc.integer({ min: 0, max: 12 }).map((half) => half * 32);
const word = fc.constantFrom("", "a", "b", "repair");

const fields = fc.record({
  layer: fc.constantFrom(...OBJECT_LAYERS),
  type: word,
  name: word,
  ...{ x: px, y: px, width: px, height: px },
});

export const edits: fc.Arbitrary<Edit[]> = fc.array(
  fc.oneof(
    fc.record({
      do: fc.constant("paint" as const),
      layer: fc.constantFrom(...CELL_LAYERS),
      value: fc.constantFrom(0 as const, 1 as const),
      runs: fc.array(fc.tuple(cell, cell, fc.integer({ min: 1, max: 5 })), { minLength: 1, maxLength: 4 }),
    }),
    fc.record({ do: fc.constant("put" as const), id, fields }),
    fc.record({
      do: fc.constant("change" as const),
      id,
      fields: fc.record({ x: px, y: px, type: word }, { requiredKeys: [] }),
    }),
    fc.record({ do: fc.constant("remove" as const), id }),
    fc.record(
      {
        do: fc.constant("set" as const),
        name: fc.constantFrom("title" as const, "theme" as const, "columns" as const, "rows" as const),
        value: fc.constantFrom("12", "40", "foundry"),
      },
      { requiredKeys: ["do", "name"] },
    ),
  ),
  { minLength: 1, maxLength: 4 },
);
