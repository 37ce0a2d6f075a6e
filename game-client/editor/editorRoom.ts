/**
 * The editor's room as the page sees it, as signals beside those of editorModel.ts: the link to the room writes them, and the
 * panels read them.
 */
import { computed, signal } from "@preact/signals";
import type { Obstacle } from "#client/cannotShow.ts";
import type { Answer } from "#shared/protocol/answer.ts";
import type { EditorLine, RefusedCommand, SaveAnswer, TryRequest } from "#shared/protocol/editor.ts";
import { type EditorPerson, people } from "./editorModel.ts";

/** Why there is nothing to draw. */
export type WhyClosed =
  /** No draft has this id, or it was deleted. */
  | "unknown"
  /** The visitor may not see it. */
  | "noAccess"
  /** Nothing lasts on this server. */
  | "noStore"
  | "full"
  /** The page is older than the server. */
  | "stale"
  /** This tab's place in the room is taken by another one. */
  | "elsewhere"
  | Obstacle;

export type EditorView =
  /** `isAway`: the server does not answer; the page tries again by itself. */
  | { readonly is: "joining"; readonly isAway: boolean }
  | { readonly is: "closed"; readonly why: WhyClosed }
  /** `isLinked` is false while the connection is down: the page keeps what is drawn, and sends it later. */
  | { readonly is: "open"; readonly isLinked: boolean };

export const JOINING: EditorView = { is: "joining", isAway: false };
export const view = signal<EditorView>(JOINING);
/** Whether the connection is up. */
export const isLinked = computed(() => view.value.is === "open" && view.value.isLinked);
/** The draft that is open; `key` is of the link for editors, and empty without one. */
export const draftLink = signal({ id: "", key: "" });
/** The key in the room's state of the person on this page. */
export const ownId = signal("");
/** The person on this page; undefined until the room has them. */
export const self = signal<EditorPerson | undefined>(undefined);
export const everybody = computed(() => (self.value ? [self.value, ...people.value] : people.value));
/** Oldest first. */
export const lines = signal<readonly (EditorLine & { readonly key: number })[]>([]);
/** Own commands that the room has not acknowledged. */
export const pendingCount = signal(0);
/** Whether the room has stored every step. */
export const isRoomStored = signal(true);
/** Whether leaving loses nothing. */
export const isStored = computed(() => pendingCount.value === 0 && isRoomStored.value);
/** Versions saved so far. */
export const versionCount = signal(0);

/** The room in which everybody tries the arena out. */
export interface TryOut {
  readonly code: string;
  /** The name of the person who began it. */
  readonly by: string;
}
export const tryOut = signal<TryOut | undefined>(undefined);
/** Why the room did not take an own command; "tooManyPending": there are too many that it has not acknowledged. */
export const refusal = signal<RefusedCommand["why"] | "tooManyPending" | undefined>(undefined);
/** The person whose pointer the view follows; "" for none. */
export const followedId = signal("");

export type NoAnswer = { readonly ok: false; readonly reason: "noAnswer" };

/** Requests to the room; none rejects. */
export interface EditorCalls {
  say(text: string): Promise<Answer | NoAnswer>;
  save(note: string): Promise<SaveAnswer | NoAnswer>;
  restore(version: number): Promise<Answer | NoAnswer>;
  tryOut(request: TryRequest): Promise<Answer | NoAnswer>;
  /** Enters the room in which the others try the arena out. */
  drive(): void;
  /** The Tiled file of a version, parsed as JSON. Rejects when it cannot be fetched. */
  file(sha256: string): Promise<unknown>;
}

/** Undefined while there is no editor. */
export const calls = signal<EditorCalls | undefined>(undefined);

/** Call before another draft is opened. */
export function forgetRoom(): void {
  view.value = JOINING;
  self.value = undefined;
  people.value = [];
  lines.value = [];
  pendingCount.value = 0;
  isRoomStored.value = true;
  versionCount.value = 0;
  tryOut.value = undefined;
  refusal.value = undefined;
  followedId.value = "";
}
