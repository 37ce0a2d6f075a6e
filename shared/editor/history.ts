/**
 * The server's log of a draft: applies commands in their order, and undoes what one editor has done, without what others have
 * changed since.
 */
import type { DraftContent } from "./draft.ts";
import { applyEdits, type Change, type Edit, type MakeObject } from "./edit.ts";

/** Steps that each editor can take back; a stroke consists of several. */
const UNDO_MAX = 1_000;
/** The weight of these steps (weightOf): each change takes about 150 bytes of memory. */
const UNDO_WEIGHT_MAX = 60_000;
/** The same for all editors together: many may come one after the other. */
const ALL_WEIGHT_MAX = 200_000;
/** Writers that no longer matter are forgotten once there are more of them. */
const WRITERS_MAX = 50_000;

/** A step of the log: the edits that were applied, also where an editor undid something. */
export interface LogEntry {
  readonly seq: number;
  readonly by: string;
  readonly edits: readonly Edit[];
}

interface Step {
  readonly seq: number;
  readonly changes: readonly Change[];
  /** For each key that the step has written: the step that had written it before. */
  readonly written: ReadonlyMap<string, number>;
  /** The edits that the step consists of, to apply again. */
  readonly edits: readonly Edit[];
  /** Steps in a row with the same number are undone together. */
  readonly group: number | undefined;
  readonly weight: number;
}

interface Steps {
  readonly done: Step[];
  readonly undone: Step[];
  /** The weight of all these steps. */
  weight: number;
}

export class History {
  readonly #draft: DraftContent;
  readonly #make: MakeObject | undefined;
  /** The steps of each editor; the one who has made the newest step comes last. */
  readonly #steps = new Map<string, Steps>();
  #weight = 0;
  #writersMax = WRITERS_MAX;
  /** The last step that wrote each cell, object, field and property. */
  readonly #writers = new Map<string, number>();
  readonly #onEntry: (entry: LogEntry) => void;
  #seq = 0;

  /** `onEntry`: called with each entry of the log, after it has been applied. */
  constructor(draft: DraftContent, make?: MakeObject, onEntry: (entry: LogEntry) => void = () => {}) {
    this.#draft = draft;
    this.#make = make;
    this.#onEntry = onEntry;
  }

  /** The number of entries so far. */
  get seq(): number {
    return this.#seq;
  }

  /** The number of keys whose last writer is known. */
  get writerCount(): number {
    return this.#writers.size;
  }

  /** `group`: the stroke that the edits belong to. False if the edits have changed nothing. */
  edit(by: string, edits: readonly Edit[], group?: number): boolean {
    const step = this.#apply(edits, group);
    if (!step) return false;
    this.#keep(by, step);
    this.#forgetWriters();
    this.#onEntry({ seq: step.seq, by, edits });
    return true;
  }

  /** Changes of the steps that the editor's next undo or redo consists of. */
  costOf(by: string, what: "undo" | "redo"): number {
    const steps = this.#steps.get(by)?.[what === "undo" ? "done" : "undone"] ?? [];
    return steps.slice(groupStart(steps)).reduce((sum, { weight }) => sum + weight, 0);
  }

  /** Takes the editor's last step or group back, except what others have changed since. False if there is none. */
  undo(by: string): boolean {
    const { done, undone } = this.#stepsOf(by);
    const steps = popGroup(done);
    for (const step of steps) {
      this.#takeBack(by, step);
      undone.push(step);
    }
    return steps.length > 0;
  }

  #takeBack(by: string, step: Step): void {
    const own = step.changes.filter((change) => this.#writers.get(keyOf(change)) === step.seq);
    const edits = own.toReversed().map((change) => inverseOf(change));
    applyEdits(this.#draft, edits, this.#make);
    // The step before is the last writer again, so that it can be undone as well.
    for (const [key, before] of step.written)
      if (this.#writers.get(key) === step.seq) this.#writers.set(key, before);
    this.#onEntry({ seq: ++this.#seq, by, edits });
  }

  /** Does again what the editor has undone last, except where others have changed something since. False if there is none. */
  redo(by: string): boolean {
    const { done, undone } = this.#stepsOf(by);
    const steps = popGroup(undone);
    for (const step of steps) {
      this.#doAgain(by, step);
      done.push(step);
    }
    return steps.length > 0;
  }

  #doAgain(by: string, step: Step): void {
    const edits = this.#unchangedSince(step);
    const changes = applyEdits(this.#draft, edits, this.#make);
    // It is the writer again that the steps after it, which may be redone next, have found.
    for (const key of changes.flatMap(keysOf)) this.#writers.set(key, step.seq);
    this.#onEntry({ seq: ++this.#seq, by, edits });
  }

  /** Forgets the steps of an editor who has left for good. */
  forget(by: string): void {
    this.#weight -= this.#steps.get(by)?.weight ?? 0;
    this.#steps.delete(by);
  }

  /** Forgets the editor's oldest steps, and then those of whoever has made none for longest, as far as there are too many. */
  #keep(by: string, step: Step): void {
    const steps = this.#stepsOf(by);
    this.#steps.delete(by);
    this.#steps.set(by, steps);
    this.#forgetSteps(steps, steps.undone.splice(0));
    steps.done.push(step);
    steps.weight += step.weight;
    this.#weight += step.weight;
    while (steps.done.length > UNDO_MAX || (steps.weight > UNDO_WEIGHT_MAX && steps.done.length > 1))
      this.#forgetSteps(steps, steps.done.splice(0, 1));
    for (const [editor] of this.#steps) {
      if (this.#weight <= ALL_WEIGHT_MAX || editor === by) return;
      this.forget(editor);
    }
  }

  #forgetSteps(steps: Steps, forgotten: readonly Step[]): void {
    const weight = forgotten.reduce((sum, step) => sum + step.weight, 0);
    steps.weight -= weight;
    this.#weight -= weight;
  }

  /** Forgets writers of keys that no kept step has written: anybody may put and remove any number of objects. */
  #forgetWriters(): void {
    if (this.#writers.size <= this.#writersMax) return;
    const kept = new Set<string>();
    for (const { done, undone } of this.#steps.values())
      for (const { written } of [...done, ...undone]) for (const key of written.keys()) kept.add(key);
    for (const key of this.#writers.keys()) if (!kept.has(key)) this.#writers.delete(key);
    this.#writersMax = Math.max(WRITERS_MAX, 2 * this.#writers.size);
  }

  /** The step's edits, without cells, objects and properties that others have written since it was undone. */
  #unchangedSince(step: Step): Edit[] {
    const isFree = (key: string) => (this.#writers.get(key) ?? 0) === (step.written.get(key) ?? 0);
    const keys = new Set(step.changes.map(keyOf).filter(isFree));
    return step.edits.flatMap((edit) => restrict(edit, (key) => keys.has(key)));
  }

  #apply(edits: readonly Edit[], group: number | undefined): Step | undefined {
    const changes = applyEdits(this.#draft, edits, this.#make);
    if (changes.length === 0) return undefined;
    const seq = ++this.#seq;
    const written = new Map<string, number>();
    for (const key of changes.flatMap(keysOf)) {
      if (!written.has(key)) written.set(key, this.#writers.get(key) ?? 0);
      this.#writers.set(key, seq);
    }
    return { seq, changes, written, edits, group, weight: weightOf(changes, edits) };
  }

  #stepsOf(by: string): Steps {
    const steps = this.#steps.get(by) ?? { done: [], undone: [], weight: 0 };
    this.#steps.set(by, steps);
    return steps;
  }
}

/** The last step, and those before it of the same group; the last comes first. */
const popGroup = (steps: Step[]): Step[] => steps.splice(groupStart(steps)).reverse();

/** The index at which the group of the last step begins. */
function groupStart(steps: readonly Step[]): number {
  const group = steps.at(-1)?.group;
  let start = Math.max(0, steps.length - 1);
  while (group !== undefined && start > 0 && steps[start - 1]?.group === group) start--;
  return start;
}

/** Changes, and edits and runs: a step keeps those as well that have changed nothing. */
function weightOf(changes: readonly Change[], edits: readonly Edit[]): number {
  let weight = changes.length;
  for (const edit of edits) weight += edit.do === "paint" ? 1 + edit.runs.length : 1;
  return weight;
}

const cellKey = (layer: string, column: number, row: number): string => `${layer} ${column} ${row}`;
const objectKey = (id: string): string => `object ${id}`;
const fieldKey = (id: string, field: string): string => `field ${id} ${field}`;
const propertyKey = (name: string): string => `property ${name}`;

function keyOf(change: Change): string {
  if (change.at === "cell") return cellKey(change.layer, change.column, change.row);
  if (change.at === "object") return objectKey(change.id);
  if (change.at === "field") return fieldKey(change.id, change.field);
  return propertyKey(change.name);
}

/** Whoever changes a field also writes its object: the object's author no longer takes it away by an undo. */
const keysOf = (change: Change): string[] =>
  change.at === "field" ? [keyOf(change), objectKey(change.id)] : [keyOf(change)];

function inverseOf(change: Change): Edit {
  switch (change.at) {
    case "cell":
      return {
        do: "paint",
        layer: change.layer,
        value: change.before,
        runs: [[change.row, change.column, 1]],
      };
    case "object":
      return change.before
        ? { do: "put", id: change.id, fields: change.before }
        : { do: "remove", id: change.id };
    case "field":
      return { do: "change", id: change.id, fields: { [change.field]: change.before } };
    case "property":
      return { do: "set", name: change.name, value: change.before };
  }
}

/** The part of an edit that writes keys which `may` allows. */
function restrict(edit: Edit, may: (key: string) => boolean): Edit[] {
  switch (edit.do) {
    case "paint": {
      const cells = edit.runs.flatMap(([row, first, length]) =>
        Array.from({ length }, (_, at) => [row, first + at, 1] as [number, number, number]),
      );
      const runs = cells.filter(([row, column]) => may(cellKey(edit.layer, column, row)));
      return runs.length > 0 ? [{ ...edit, runs }] : [];
    }
    case "change": {
      const fields = Object.fromEntries(
        Object.entries(edit.fields).filter(([field]) => may(fieldKey(edit.id, field))),
      );
      return Object.keys(fields).length > 0 ? [{ ...edit, fields }] : [];
    }
    case "set":
      return may(propertyKey(edit.name)) ? [edit] : [];
    default:
      return may(objectKey(edit.id)) ? [edit] : [];
  }
}
