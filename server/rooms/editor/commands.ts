/** Deals with the commands of editors: each once, within its sender's role and rates, in the order in which they come. */
import { ARENA_OBJECTS_MAX } from "#shared/arena/limits.ts";
import type { Edit } from "#shared/editor/edit.ts";
import type { History } from "#shared/editor/history.ts";
import type { EditCommand } from "#shared/editor/replica.ts";
import { CELL_RATE, type RefusedCommand } from "#shared/protocol/editor.ts";
import type { RoomDraft } from "./roomDraft.ts";
import type { Person } from "./seats.ts";

export class Commands {
  readonly #history: History;
  readonly #draft: RoomDraft;

  constructor(history: History, draft: RoomDraft) {
    this.#history = history;
    this.#draft = draft;
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
    else this.#history[command.do](tab.by);
    return undefined;
  }

  #whyRefused(
    { tab, editor }: Person,
    command: EditCommand,
    nowMs: number,
  ): RefusedCommand["why"] | undefined {
    if (editor.role === "viewer") return "viewer";
    const edits = command.do === "edit" ? command.edits : [];
    const cost = costOf(edits);
    if (cost > CELL_RATE.burst) return "tooLarge";
    if (!tab.edits.take(nowMs) || !tab.cells.take(nowMs, cost)) return "tooFast";
    return this.#objectsAfter(edits) > ARENA_OBJECTS_MAX ? "tooMany" : undefined;
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

/** Cells that the edits name; an undo costs one, since the edits that it takes back were counted. */
function costOf(edits: readonly Edit[]): number {
  let cost = 1;
  for (const edit of edits) {
    cost++;
    if (edit.do === "paint") for (const [, , length] of edit.runs) cost += length;
  }
  return cost;
}
