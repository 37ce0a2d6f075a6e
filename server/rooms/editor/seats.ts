/** Keeps who is in an editor room: names, colours, and how many commands of each tab the room has dealt with. */
import type { Client, Room } from "@colyseus/core";
import type { KnownVisitor } from "#server/admission/joinOptions.ts";
import { forgetSeat } from "#server/admission/seatOwners.ts";
import type { GuardedSocket } from "#server/edge/guardedSocket.ts";
import { TokenBucket } from "#server/edge/tokenBucket.ts";
import { uniqueName } from "#server/rooms/seats.ts";
import { CELL_RATE, CURSOR_RATE, EDIT_RATE, EDITORS_MAX, type Role } from "#shared/protocol/editor.ts";
import { Editor, type EditorState } from "#shared/schema/editorState.ts";

/** The front's findings about a visitor who asks for a seat. */
export interface EditorAdmission extends KnownVisitor {
  readonly role: Role;
  /** Empty: unknown. */
  readonly tab: string;
}

/** A browser's tab, which may come by several connections and seats. */
export interface Tab {
  /** The editor in the history of the draft. */
  readonly by: string;
  /** The number of the last command that was dealt with; 0: none. */
  acked: number;
  /** Its seat; undefined after it has left. */
  seat: string | undefined;
  leftAtMs: number;
  readonly edits: TokenBucket;
  readonly cells: TokenBucket;
  readonly cursors: TokenBucket;
}

export interface Person {
  readonly id: string;
  readonly tab: Tab;
  readonly admission: EditorAdmission;
  readonly editor: Editor;
  readonly client: Client;
}

/** A tab that returns after this is a new one. */
const TAB_KEPT_MS = 10 * 60_000;
/** Tabs that have left and are remembered. */
const TABS_MAX = 64;

/** Colyseus' handle of a kept seat: rejecting it gives the seat up. */
type KeptSeat = ReturnType<Room["allowReconnection"]>;

export class EditorSeats {
  readonly #state: EditorState;
  readonly #people = new Map<string, Person>();
  readonly #tabs = new Map<string, Tab>();
  readonly #kept = new Map<string, KeptSeat>();
  readonly #forget: (by: string) => void;

  /** `forget`: called for an editor whose tab does not return. */
  constructor(state: EditorState, forget: (by: string) => void) {
    this.#state = state;
    this.#forget = forget;
  }

  of(id: string): Person | undefined {
    return this.#people.get(id);
  }

  get size(): number {
    return this.#people.size;
  }

  /** A tab that has a seat already gives it up. "new": nobody was here for it. */
  join(
    client: Client,
    admission: EditorAdmission,
    nowMs: number,
  ): { person: Person; was: "new" | "away" | "here" } {
    this.#forgetOld(nowMs);
    const { sessionId: id } = client;
    const tab = this.#tabOf(admission, id, nowMs);
    const former = this.#people.get(tab.seat ?? "");
    const was = former ? (former.editor.connected ? "here" : "away") : "new";
    if (former) this.#giveUp(former);
    const editor = new Editor({
      name: this.#nameFor(admission),
      role: admission.role,
      colour: former?.editor.colour ?? this.#freeColour(),
      ...{ x: -1, y: -1, tool: "", selected: "", connected: true, acked: tab.acked },
    });
    const person = { id, tab, admission, editor, client };
    tab.seat = id;
    this.#people.set(id, person);
    this.#state.editors.set(id, editor);
    return { person, was };
  }

  /** Frees the seat that the visitor's tab has, before a new one is asked for in a full room. */
  giveUpFor(admission: EditorAdmission, nowMs: number): void {
    const tab = this.#tabs.get(keyOf(admission));
    const person = this.#people.get(tab?.seat ?? "");
    if (!tab || !person) return;
    this.#giveUp(person);
    Object.assign(tab, { seat: undefined, leftAtMs: nowMs });
  }

  /** The seat waits for its owner, until `kept` is rejected. */
  dropped(id: string, kept: KeptSeat): void {
    const person = this.#people.get(id);
    if (!person) return;
    Object.assign(person.editor, { connected: false, x: -1, y: -1 });
    this.#kept.set(id, kept);
    // Colyseus calls onLeave.
    kept.catch(() => {});
  }

  returned(client: Client): Person | undefined {
    const person = this.#people.get(client.sessionId);
    if (!person) return undefined;
    this.#kept.delete(person.id);
    person.editor.connected = true;
    const back = { ...person, client };
    this.#people.set(person.id, back);
    return back;
  }

  /** Undefined if the seat was given up before. */
  left(id: string, nowMs: number): Person | undefined {
    const person = this.#people.get(id);
    if (!person) return undefined;
    this.#remove(person);
    Object.assign(person.tab, { seat: undefined, leftAtMs: nowMs });
    this.#forgetOld(nowMs);
    return person;
  }

  #giveUp(person: Person): void {
    const kept = this.#kept.get(person.id);
    this.#remove(person);
    if (kept) kept.reject(new Error("the tab has another seat"));
    else (person.client.ref as unknown as GuardedSocket).endForSuccessor();
  }

  #remove({ id }: Person): void {
    this.#people.delete(id);
    this.#kept.delete(id);
    this.#state.editors.delete(id);
    forgetSeat(id);
  }

  #tabOf(admission: EditorAdmission, id: string, nowMs: number): Tab {
    const by = keyOf({ ...admission, tab: admission.tab || id });
    const known = this.#tabs.get(by) ?? {
      ...{ by, acked: 0, seat: undefined, leftAtMs: nowMs },
      edits: new TokenBucket(EDIT_RATE, nowMs),
      cells: new TokenBucket(CELL_RATE, nowMs),
      cursors: new TokenBucket(CURSOR_RATE, nowMs),
    };
    this.#tabs.set(by, known);
    return known;
  }

  #forgetOld(nowMs: number): void {
    const left = [...this.#tabs.values()]
      .filter(({ seat }) => seat === undefined)
      .sort((a, b) => b.leftAtMs - a.leftAtMs);
    for (const [at, { by, leftAtMs }] of left.entries()) {
      if (at < TABS_MAX && nowMs - leftAtMs < TAB_KEPT_MS) continue;
      this.#tabs.delete(by);
      this.#forget(by);
    }
  }

  #nameFor({ entrant: { name, reserved = [] } }: EditorAdmission): string {
    return uniqueName(name, [
      ...Array.from(this.#state.editors.values(), (other) => other.name),
      ...reserved,
    ]);
  }

  #freeColour(): number {
    const used = new Set(Array.from(this.#state.editors.values(), ({ colour }) => colour));
    const free = Array.from({ length: EDITORS_MAX }, (_, colour) => colour).find(
      (colour) => !used.has(colour),
    );
    return free ?? 0;
  }
}

/** Whoever learns of somebody else's tab is not taken for them. */
const keyOf = ({ identity = "", tab }: EditorAdmission): string => `${identity} ${tab}`;
