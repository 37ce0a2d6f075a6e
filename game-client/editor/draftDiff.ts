/** What differs between two drafts, and the edits that make one of the other. */
import {
  CELL_LAYERS,
  type CellLayer,
  cellAt,
  type DraftContent,
  fieldsOf,
  type ObjectFields,
  PROPERTY_NAMES,
  type PropertyName,
  sizeOf,
} from "#shared/editor/draft.ts";
import type { Edit, Run } from "#shared/editor/edit.ts";

export interface DraftDiff {
  /** Cells that differ in either layer, [column, row]. */
  readonly cells: readonly (readonly [number, number])[];
  readonly objects: readonly {
    readonly id: string;
    readonly before: ObjectFields | undefined;
    readonly after: ObjectFields | undefined;
  }[];
  readonly properties: readonly PropertyName[];
}

export function diffDrafts(before: DraftContent, after: DraftContent): DraftDiff {
  const cells = new Map<number, readonly [number, number]>();
  for (const layer of CELL_LAYERS)
    for (const [column, row] of cellsThatDiffer(layer, before, after))
      cells.set(row * 1024 + column, [column, row]);
  const ids = new Set([...before.objects.entries(), ...after.objects.entries()].map(([id]) => id));
  const objects = [...ids]
    .map((id) => ({ id, before: before.objects.get(id), after: after.objects.get(id) }))
    .filter((pair) => !isSame(pair.before, pair.after));
  const properties = PROPERTY_NAMES.filter(
    (name) => before.properties.get(name) !== after.properties.get(name),
  );
  return { cells: [...cells.values()], objects, properties };
}

/** One command's edits. */
export function editsBetween(before: DraftContent, after: DraftContent): Edit[] {
  const { objects, properties } = diffDrafts(before, after);
  return [
    ...properties.map((name): Edit => {
      const value = after.properties.get(name);
      return value === undefined ? { do: "set", name } : { do: "set", name, value };
    }),
    ...CELL_LAYERS.flatMap((layer) => paintsBetween(layer, before, after)),
    ...objects.flatMap(({ id, before }): Edit[] => (before ? [{ do: "remove", id }] : [])),
    ...objects.flatMap(({ id, after }): Edit[] =>
      after ? [{ do: "put", id, fields: fieldsOf(after) }] : [],
    ),
  ];
}

function paintsBetween(layer: CellLayer, before: DraftContent, after: DraftContent): Edit[] {
  const runs: Record<0 | 1, Run[]> = { 0: [], 1: [] };
  for (const [column, row] of cellsThatDiffer(layer, before, after)) {
    const of = runs[cellAt(after[layer], column, row)];
    const last = of.at(-1);
    if (last && last[0] === row && last[1] + last[2] === column) last[2]++;
    else of.push([row, column, 1]);
  }
  return ([0, 1] as const).flatMap((value): Edit[] =>
    chunks(runs[value]).map((part) => ({ do: "paint", layer, value, runs: part })),
  );
}

/** Runs of one edit are bounded. */
const RUNS_MAX = 1_000;
const chunks = (runs: readonly Run[]): Run[][] =>
  Array.from({ length: Math.ceil(runs.length / RUNS_MAX) }, (_, at) =>
    runs.slice(at * RUNS_MAX, (at + 1) * RUNS_MAX),
  );

function* cellsThatDiffer(
  layer: CellLayer,
  before: DraftContent,
  after: DraftContent,
): Generator<[number, number]> {
  const sizes = [sizeOf(before), sizeOf(after)];
  const columns = Math.max(...sizes.map((size) => size.columns));
  const rows = Math.max(...sizes.map((size) => size.rows));
  for (let row = 0; row < rows; row++)
    for (let column = 0; column < columns; column++)
      if (cellAt(before[layer], column, row) !== cellAt(after[layer], column, row)) yield [column, row];
}

const isSame = (one: ObjectFields | undefined, other: ObjectFields | undefined): boolean =>
  one === other ||
  (one !== undefined &&
    other !== undefined &&
    JSON.stringify(fieldsOf(one)) === JSON.stringify(fieldsOf(other)));
