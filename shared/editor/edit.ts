/**
 * Edits of a draft, and what they change. The server gives them their order, and the last writer of a cell or a property
 * wins: an edit says what shall be there, whatever was there before. (Figma's multiplayer works like this:
 * https://www.figma.com/blog/how-figmas-multiplayer-technology-works/.)
 */
import * as z from "zod/mini";
import { ARENA_OBJECTS_MAX } from "#shared/arena/limits.ts";
import {
  CELL_LAYERS,
  type CellLayer,
  cellAt,
  type DraftContent,
  fieldsOf,
  OBJECT_LAYERS,
  type ObjectFields,
  PROPERTY_NAMES,
  type PropertyName,
  SIDE_MAX,
  setCell,
} from "./draft.ts";

/** Edits of one command. A copy of the whole map is within it. */
export const EDITS_MAX = 600;
/** Runs of an edit. */
export const RUNS_MAX = 1_000;
/** Characters of names, types and properties. */
export const TEXT_MAX_CHARS = 100;
/** Places lie within it to either side, on or beside the map. */
export const PX_MAX = 8192;

const cell = z.int().check(z.minimum(0), z.maximum(SIDE_MAX - 1));
const px = z.number().check(z.minimum(-PX_MAX), z.maximum(PX_MAX));
const text = z.string().check(z.maxLength(TEXT_MAX_CHARS));
/** Tiled's number of the object. */
const id = z.string().check(z.regex(/^[1-9]\d{0,7}$/));

const Fields = z.object({
  layer: z.enum(OBJECT_LAYERS),
  type: text,
  name: text,
  ...{ x: px, y: px, width: px, height: px },
});

/** Cells of a row: [row, first column, number of columns]. */
const Run = z.tuple([cell, cell, z.int().check(z.minimum(1), z.maximum(SIDE_MAX))]);
export type Run = z.infer<typeof Run>;

export const Edit = z.discriminatedUnion("do", [
  z.object({
    do: z.literal("paint"),
    layer: z.enum(CELL_LAYERS),
    value: z.union([z.literal(0), z.literal(1)]),
    runs: z.array(Run).check(z.maxLength(RUNS_MAX)),
  }),
  /** A new object; none if the id is taken. */
  z.object({ do: z.literal("put"), id, fields: Fields }),
  /** Changes some fields of an object that is there. */
  z.object({ do: z.literal("change"), id, fields: z.partial(z.omit(Fields, { layer: true })) }),
  z.object({ do: z.literal("remove"), id }),
  /** Removes the property if there is no value; the size stays. */
  z.object({ do: z.literal("set"), name: z.enum(PROPERTY_NAMES), value: z.optional(text) }),
]);
export type Edit = z.infer<typeof Edit>;

type ChangedField = keyof Omit<ObjectFields, "layer">;

/** One change that an edit has made, with the value before it. */
export type Change =
  | {
      readonly at: "cell";
      readonly layer: CellLayer;
      readonly column: number;
      readonly row: number;
      readonly before: 0 | 1;
    }
  | { readonly at: "object"; readonly id: string; readonly before: ObjectFields | undefined }
  | {
      readonly at: "field";
      readonly id: string;
      readonly field: ChangedField;
      readonly before: string | number;
    }
  | { readonly at: "property"; readonly name: PropertyName; readonly before: string | undefined };

/** Turns plain fields into what the draft's `objects` holds. */
export type MakeObject = (fields: ObjectFields) => ObjectFields;

/**
 * Applies edits in their order, and returns what has changed. Edits of objects that are not there, and what would exceed the
 * bounds of an arena, change nothing.
 */
export function applyEdits(
  draft: DraftContent,
  edits: readonly Edit[],
  make: MakeObject = fieldsOf,
): Change[] {
  const changes: Change[] = [];
  for (const edit of edits) APPLY[edit.do](draft, edit as never, changes, make);
  return changes;
}

const APPLY: {
  readonly [Kind in Edit["do"]]: (
    draft: DraftContent,
    edit: Extract<Edit, { do: Kind }>,
    changes: Change[],
    make: MakeObject,
  ) => void;
} = {
  paint(draft, { layer, value, runs }, changes) {
    for (const [row, first, length] of runs) {
      for (let column = first; column < Math.min(first + length, SIDE_MAX); column++) {
        const before = cellAt(draft[layer], column, row);
        if (before === value) continue;
        changes.push({ at: "cell", layer, column, row, before });
        setCell(draft[layer], column, row, value);
      }
    }
  },
  put({ objects }, { id, fields }, changes, make) {
    if (objects.has(id) || objects.size >= ARENA_OBJECTS_MAX) return;
    changes.push({ at: "object", id, before: undefined });
    objects.set(id, make(fields));
  },
  change({ objects }, { id, fields }, changes) {
    const object = objects.get(id);
    if (!object) return;
    for (const [name, value] of Object.entries(fields)) {
      const field = name as ChangedField;
      if (value === undefined || object[field] === value) continue;
      changes.push({ at: "field", id, field, before: object[field] });
      Object.assign(object, { [field]: value });
    }
  },
  remove({ objects }, { id }, changes) {
    const fields = objects.get(id);
    if (!fields) return;
    changes.push({ at: "object", id, before: fieldsOf(fields) });
    objects.delete(id);
  },
  set({ properties }, { name, value }, changes) {
    const isSize = name === "columns" || name === "rows";
    const before = properties.get(name);
    if (before === value || (isSize && !isSide(value))) return;
    changes.push({ at: "property", name, before });
    if (value === undefined) properties.delete(name);
    else properties.set(name, value);
  },
};

export const isSide = (value: string | undefined): boolean =>
  value !== undefined && /^\d{1,2}$/.test(value) && Number(value) >= 1 && Number(value) <= SIDE_MAX;
