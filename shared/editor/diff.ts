/** Finds what differs between two drafts, and the edits that turn one into the other. */
import {
  CELL_LAYERS,
  type CellLayer,
  cellAt,
  type DraftContent,
  fieldsOf,
  type ObjectFields,
  PROPERTY_NAMES,
  type PropertyName,
  SIDE_MAX,
} from "./draft.ts";
import { type Edit, RUNS_MAX, type Run } from "./edit.ts";

export interface DraftDiff {
  /** Cells that differ in either layer, [column, row]. */
  readonly cells: readonly (readonly [column: number, row: number])[];
  readonly objects: readonly ObjectDiff[];
  readonly properties: readonly PropertyName[];
}

interface ObjectDiff {
  readonly id: string;
  readonly before: ObjectFields | undefined;
  readonly after: ObjectFields | undefined;
}

export function diffDrafts(before: DraftContent, after: DraftContent): DraftDiff {
  const cells = new Map<number, readonly [number, number]>();
  for (const layer of CELL_LAYERS)
    for (const [column, row] of cellsThatDiffer(layer, before, after))
      cells.set(row * SIDE_MAX + column, [column, row]);
  return {
    cells: [...cells.values()],
    objects: objectsThatDiffer(before, after),
    properties: propertiesThatDiffer(before, after),
  };
}

/** Applied to `before`, they make it `after`. */
export function editsBetween(before: DraftContent, after: DraftContent): Edit[] {
  const objects = objectsThatDiffer(before, after);
  return [
    ...propertiesThatDiffer(before, after).map(
      (name): Edit => ({ do: "set", name, value: after.properties.get(name) }),
    ),
    ...CELL_LAYERS.flatMap((layer) => paintsBetween(layer, before, after)),
    // First, so that there is room for new ones.
    ...objects.filter(mustGo).map(({ id }): Edit => ({ do: "remove", id })),
    ...objects.flatMap((object) => editsOf(object)),
  ];
}

/** No edit changes an object's layer. */
const mustGo = ({ before, after }: ObjectDiff): boolean =>
  before !== undefined && before.layer !== after?.layer;

function editsOf({ id, before, after }: ObjectDiff): Edit[] {
  if (!after) return [];
  if (!before || before.layer !== after.layer) return [{ do: "put", id, fields: fieldsOf(after) }];
  const { layer: _, ...fields } = fieldsOf(after);
  const changed = Object.entries(fields).filter(
    ([field, value]) => before[field as keyof ObjectFields] !== value,
  );
  return [{ do: "change", id, fields: Object.fromEntries(changed) }];
}

function objectsThatDiffer(before: DraftContent, after: DraftContent): ObjectDiff[] {
  const ids = new Set([...before.objects.entries(), ...after.objects.entries()].map(([id]) => id));
  return [...ids]
    .map((id) => ({ id, before: before.objects.get(id), after: after.objects.get(id) }))
    .filter((pair) => !isSame(pair.before, pair.after));
}

const propertiesThatDiffer = (before: DraftContent, after: DraftContent): PropertyName[] =>
  PROPERTY_NAMES.filter((name) => before.properties.get(name) !== after.properties.get(name));

const isSame = (one: ObjectFields | undefined, other: ObjectFields | undefined): boolean =>
  one !== undefined &&
  other !== undefined &&
  JSON.stringify(fieldsOf(one)) === JSON.stringify(fieldsOf(other));

function paintsBetween(layer: CellLayer, before: DraftContent, after: DraftContent): Edit[] {
  const runs: Record<0 | 1, Run[]> = { 0: [], 1: [] };
  for (const [column, row] of cellsThatDiffer(layer, before, after)) {
    const of = runs[cellAt(after[layer], column, row)];
    const last = of.at(-1);
    if (last && last[0] === row && last[1] + last[2] === column) last[2]++;
    else of.push([row, column, 1]);
  }
  return ([0, 1] as const).flatMap((value) =>
    chunks(runs[value]).map((part): Edit => ({ do: "paint", layer, value, runs: part })),
  );
}

const chunks = (runs: readonly Run[]): Run[][] =>
  Array.from({ length: Math.ceil(runs.length / RUNS_MAX) }, (_, at) =>
    runs.slice(at * RUNS_MAX, (at + 1) * RUNS_MAX),
  );

/** Those beyond the size as well: they show when the map grows. */
function* cellsThatDiffer(
  layer: CellLayer,
  before: DraftContent,
  after: DraftContent,
): Generator<readonly [column: number, row: number]> {
  for (let row = 0; row < SIDE_MAX; row++)
    for (let column = 0; column < SIDE_MAX; column++)
      if (cellAt(before[layer], column, row) !== cellAt(after[layer], column, row)) yield [column, row];
}
