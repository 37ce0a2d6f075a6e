/**
 * The commands of this tab in an editor's room: applied to the page's copy at once, sent in their order, and kept over drops
 * and refreshes until the room has acknowledged them.
 */
import type { Memory } from "#client/storage.ts";
import type { Draft, DraftContent } from "#shared/editor/draft.ts";
import type { Edit } from "#shared/editor/edit.ts";
import { type EditCommand, Replica } from "#shared/editor/replica.ts";

/** Commands that may wait for the room: more would not fit into the browser's memory of a tab. */
export const PENDING_MAX = 400;
/** Commands that are on their way at once: after a drop the room is not flooded with all that has gathered. */
const IN_FLIGHT_MAX = 8;
const TAB_CHARS = 16;

interface Kept {
  readonly tab: string;
  readonly pending: readonly EditCommand[];
  /** The page that had the tab's id is gone. A duplicate of a living tab has a copy of its memory without it. */
  readonly isLeft: boolean;
}

export class EditorCommands {
  /** Drawn once by each tab, and kept over its reloads. */
  readonly tab: string;
  readonly #memory: Memory;
  readonly #key: string;
  #pending: readonly EditCommand[];
  #replica: Replica | undefined;
  #send: ((command: EditCommand) => void) | undefined;
  /** The number of the last command that went out on the present connection. */
  #sent = 0;

  constructor(memory: Memory, draft: string) {
    this.#memory = memory;
    this.#key = `fracas.editor.${draft}`;
    const kept = read(memory.recall(this.#key));
    this.tab = kept?.tab ?? drawTab();
    this.#pending = kept?.pending ?? [];
    this.#keep(false);
  }

  /** Undefined until the first connection. */
  get draft(): Draft | undefined {
    return this.#replica?.view;
  }

  get pendingCount(): number {
    return this.#pending.length;
  }

  /** A new connection: `truth` is its state, which has arrived. Pending commands are sent again. */
  link(truth: DraftContent, acked: number, send: (command: EditCommand) => void): void {
    this.#replica = new Replica(truth, this.#pending);
    this.#send = send;
    this.#sent = 0;
    this.follow(acked);
  }

  /** The connection is down. */
  unlink(): void {
    this.#send = undefined;
  }

  /** Call after each change of the room's state. */
  follow(acked: number): void {
    this.#replica?.follow(acked);
    this.#changed();
  }

  /** False if too many commands wait already. */
  edit(edits: readonly Edit[], group?: number): boolean {
    return this.#add((replica) => replica.edit(edits, group));
  }

  undo(): boolean {
    return this.#add((replica) => replica.undo());
  }

  redo(): boolean {
    return this.#add((replica) => replica.redo());
  }

  /** The page goes away. */
  leave(): void {
    this.#keep(true);
  }

  #add(make: (replica: Replica) => EditCommand): boolean {
    if (!this.#replica || this.#pending.length >= PENDING_MAX) return false;
    make(this.#replica);
    this.#changed();
    return true;
  }

  #changed(): void {
    const before = this.#pending;
    this.#pending = [...(this.#replica?.pending ?? before)];
    if (before.length > 0 || this.#pending.length > 0) this.#keep(false);
    this.#flush();
  }

  #flush(): void {
    let inFlight = this.#pending.filter(({ n }) => n <= this.#sent).length;
    for (const command of this.#pending) {
      if (!this.#send || inFlight >= IN_FLIGHT_MAX) return;
      if (command.n <= this.#sent) continue;
      this.#sent = command.n;
      inFlight++;
      this.#send(command);
    }
  }

  #keep(isLeft: boolean): void {
    this.#memory.remember(this.#key, JSON.stringify({ tab: this.tab, pending: this.#pending, isLeft }));
  }
}

/** Undefined without commands of this tab. The page itself wrote them, so they are not checked again. */
function read(text: string | undefined): Kept | undefined {
  if (text === undefined) return undefined;
  try {
    const kept = JSON.parse(text) as Kept;
    return kept.isLeft ? kept : undefined;
  } catch {
    return undefined;
  }
}

/** Uses getRandomValues: without TLS, as on a home network, a page has no randomUUID. */
const drawTab = (): string =>
  [...crypto.getRandomValues(new Uint8Array(TAB_CHARS))].map((byte) => (byte % 36).toString(36)).join("");
