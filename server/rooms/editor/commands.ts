/** Deals with the commands of editors: each once, within its sender's role and rates, in the order in which they come. */
import { TokenBucket } from "#server/edge/tokenBucket.ts";
import { ARENA_OBJECTS_MAX, FILE_CELLS_MAX } from "#shared/arena/limits.ts";
import { sizeOf } from "#shared/editor/draft.ts";
import { type Edit, isSide } from "#shared/editor/edit.ts";
import type { History } from "#shared/editor/history.ts";
import type { EditCommand } from "#shared/editor/replica.ts";
import { CELL_RATE, type RefusedCommand } from "#shared/protocol/editor.ts";
import type { RoomDraft } from "./roomDraft.ts";
import type { Person } from "./seats.ts";

const ROOM_CELL_RATE = { burst: 3 * CELL_RATE.burst, perSec: 3 * CELL_RATE.perSec };

type Size = ReturnType<typeof sizeOf>;

export class Commands {
  readonly #history: History;
  readonly #draft: RoomDraft;
  readonly #cellLayers: number;
  /** The rate of all editors together: a flood comes by many tabs. */
  readonly #cells = new TokenBucket(ROOM_CELL_RATE, performance.now());

  /** `cellLayers`: of the draft's file. */
  constructor(history: History, draft: RoomDraft, cellLayers: number) {
    this.#history = history;
    this.#draft = draft;
    this.#cellLayers = cellLayers;
  }

  /**
   * Returns why the command is refused. One that came before is dropped, and so is one that comes before the ones before
   * it: a tab sends all that is not acknowledged again after each connection.
   */
  take(person: Person, command: EditCommand, nowMs: number): RefusedCommand | undefined {
    const { tab, editor } = person;
    const isNext = tab.acked === 0 || command.n === tab.acked + 1;
    if (!isNext) return undefined;
    tab.acked = command.n;
    editor.acked = command.n;
    const why = this.#whyRefused(person, command, nowMs);
    if (why) return { n: command.n, why };
    if (command.do === "edit") this.#history.edit(tab.by, command.edits, command.group);
    else if (!this.#takeBack(tab.by, command.do)) return { n: command.n, why: "tooLarge" };
    return undefined;
  }

  /** False, and nothing is changed, if one's columns and another's rows would make the map too large. */
  #takeBack(by: string, what: "undo" | "redo"): boolean {
    const before = sizeOf(this.#draft);
    this.#history[what](by);
    if (!this.#isTooLarge(before, sizeOf(this.#draft))) return true;
    this.#history[what === "undo" ? "redo" : "undo"](by);
    return false;
  }

  #whyRefused(
    { tab, editor }: Person,
    command: EditCommand,
    nowMs: number,
  ): RefusedCommand["why"] | undefined {
    if (editor.role === "viewer") return "viewer";
    const edits = command.do === "edit" ? command.edits : [];
    const cost = command.do === "edit" ? costOf(edits) : this.#costOfTakingBack(tab.by, command.do);
    if (cost > CELL_RATE.burst || this.#makeTooLarge(edits)) return "tooLarge";
    if (!tab.edits.take(nowMs) || !tab.cells.take(nowMs, cost) || !this.#cells.take(nowMs, cost))
      return "tooFast";
    return this.#objectsAfter(edits) > ARENA_OBJECTS_MAX ? "tooMany" : undefined;
  }

  #makeTooLarge(edits: readonly Edit[]): boolean {
    const size = sizeOf(this.#draft);
    const after = { ...size };
    for (const edit of edits)
      if (edit.do === "set" && (edit.name === "columns" || edit.name === "rows") && isSide(edit.value))
        after[edit.name] = Number(edit.value);
    return this.#isTooLarge(size, after);
  }

  /** Whether a map grows to a size in which its file has too many cells: a file may have a thousand layers. */
  #isTooLarge(before: Size, after: Size): boolean {
    const cells = after.columns * after.rows;
    return cells > before.columns * before.rows && cells * this.#cellLayers > FILE_CELLS_MAX;
  }

  /** Never more than is granted at once: whatever was drawn can be undone. */
  #costOfTakingBack(by: string, what: "undo" | "redo"): number {
    return Math.min(1 + this.#history.costOf(by, what), CELL_RATE.burst);
  }

  #objectsAfter(edits: readonly Edit[]): number {
    const isThere = new Map<string, boolean>();
    const has = (id: string) => isThere.get(id) ?? this.#draft.objects.has(id);
    let count = this.#draft.objects.size;
    for (const edit of edits) {
      if (edit.do === "put" && !has(edit.id)) count++;
      else if (edit.do === "remove" && has(edit.id)) count--;
      else continue;
      isThere.set(edit.id, edit.do === "put");
      // Nobody gets round the bound by removing objects in the end.
      if (count > ARENA_OBJECTS_MAX) break;
    }
    return count;
  }
}

/** Edits, and the cells that they name. */
function costOf(edits: readonly Edit[]): number {
  let cost = 1;
  for (const edit of edits) {
    cost++;
    if (edit.do === "paint") for (const [, , length] of edit.runs) cost += length;
  }
  return cost;
}
