/**
 * A page's copy of a draft: the server's state with the page's own commands on top that the server has not acknowledged yet.
 * An own stroke shows at once; one that the server refuses disappears with its acknowledgement.
 */
import { copyOf, type Draft, type DraftContent } from "./draft.ts";
import { applyEdits, type Edit } from "./edit.ts";

/**
 * `n` counts the commands of one tab from 1: the room applies each once, however often it arrives. Commands in a row with
 * the same `group`, as those of a stroke, are undone together.
 */
export type EditCommand =
  | {
      readonly n: number;
      readonly do: "edit";
      readonly edits: readonly Edit[];
      readonly group?: number | undefined;
    }
  | { readonly n: number; readonly do: "undo" | "redo" };

export class Replica {
  readonly #truth: DraftContent;
  #pending: EditCommand[];
  #last: number;
  #view: Draft;

  /** `pending`: commands of this tab from before a reload. */
  constructor(truth: DraftContent, pending: readonly EditCommand[] = []) {
    this.#truth = truth;
    this.#pending = [...pending];
    this.#last = pending.at(-1)?.n ?? 0;
    this.#view = this.#overlaid();
  }

  /** The draft to draw: a new object after each change. */
  get view(): Draft {
    return this.#view;
  }

  /** Commands to send again after a new connection. */
  get pending(): readonly EditCommand[] {
    return this.#pending;
  }

  /** Applies own edits at once, and returns the command to send. */
  edit(edits: readonly Edit[], group?: number): EditCommand {
    return this.#add({ n: ++this.#last, do: "edit", edits, ...(group !== undefined && { group }) });
  }

  /** The server knows what there is to undo: it shows when its state arrives. */
  undo(): EditCommand {
    return this.#add({ n: ++this.#last, do: "undo" });
  }

  redo(): EditCommand {
    return this.#add({ n: ++this.#last, do: "redo" });
  }

  /** Call after each change of the server's state. `acked` is the number of the last own command that it has seen. */
  follow(acked: number): void {
    this.#last = Math.max(this.#last, acked);
    this.#pending = this.#pending.filter(({ n }) => n > acked);
    this.#view = this.#overlaid();
  }

  #add(command: EditCommand): EditCommand {
    this.#pending.push(command);
    this.#view = this.#overlaid();
    return command;
  }

  #overlaid(): Draft {
    const view = copyOf(this.#truth);
    for (const command of this.#pending) if (command.do === "edit") applyEdits(view, command.edits);
    return view;
  }
}
