/** The hand: one gesture at a time, with edits that show in the same frame and go to the room a few times a second. */
import { batch, computed, type ReadonlySignal, signal } from "@preact/signals";
import { copyOf, type Draft } from "#shared/editor/draft.ts";
import { applyEdits, EDITS_MAX, type Edit } from "#shared/editor/edit.ts";
import {
  acts,
  brushSize,
  clip,
  draft,
  objectType,
  paint,
  role,
  selected,
  selectedCells,
  symmetry,
  type ToolName,
  tilePx,
  tool,
} from "./editorModel.ts";
import type { Selection } from "./tools/clip.ts";
import { type Desk, type Gesture, type Modifiers, type Press, TOOLS } from "./tools/gestures.ts";
import type { Point } from "./tools/objects.ts";

/** A stroke goes to the room in pieces, so that others see it grow. */
const SEND_EVERY_MS = 60;
/** Tools that change nothing: viewers have them, too. */
const HARMLESS: readonly ToolName[] = ["pick", "select", "pan"];

const unsent = signal<readonly Edit[]>([]);
const previewed = signal<readonly Edit[]>([]);

/** The draft with what the hand has drawn and not sent yet. */
const drawn = computed(() => withEdits(draft.value, unsent.value));
/** The draft as the picture shows it: with what the hand would draw now. */
export const shownDraft: ReadonlySignal<Draft> = computed(() => withEdits(drawn.value, previewed.value));

function withEdits(base: Draft, edits: readonly Edit[]): Draft {
  if (edits.length === 0) return base;
  const copy = copyOf(base);
  applyEdits(copy, edits);
  return copy;
}

/** Commands of one stroke have the same number. Those of two tabs may meet: undo looks at one tab's steps alone. */
let group = 1 + Math.floor(Math.random() * 2 ** 30);

export const desk: Desk = {
  get draft() {
    return drawn.value;
  },
  get tilePx() {
    return tilePx.value;
  },
  get symmetry() {
    return symmetry.value;
  },
  get paint() {
    return paint.value;
  },
  get brushSize() {
    return brushSize.value;
  },
  get objectType() {
    return objectType.value;
  },
  get selection() {
    return { cells: selectedCells.value, ids: selected.value };
  },
  get clip() {
    return clip.value;
  },
  edit(edits) {
    if (role.value === "viewer" || !acts.value) return;
    batch(() => {
      previewed.value = [];
      if (edits.length > 0) unsent.value = [...unsent.value, ...edits];
    });
  },
  preview(edits) {
    previewed.value = role.value === "viewer" ? [] : edits;
  },
  select({ cells, ids }) {
    batch(() => {
      selectedCells.value = cells;
      selected.value = ids;
    });
  },
  take(taken, type) {
    batch(() => {
      paint.value = taken;
      if (type !== undefined) objectType.value = type;
      tool.value = "brush";
    });
  },
};

export class Drawing {
  #gesture: Gesture | undefined;
  #sentMs = 0;
  /** Something of the gesture has gone to the room. */
  #hasSent = false;

  get isBusy(): boolean {
    return this.#gesture !== undefined;
  }

  /** Begins a stroke with the tool in hand. `holdMs`: how long it is kept back, because it may become a pinch. */
  press(press: Press, nowMs: number, holdMs = 0): void {
    if (tool.value === "pan" || (role.value === "viewer" && !HARMLESS.includes(tool.value))) return;
    this.#begin();
    this.#sentMs = nowMs + holdMs;
    this.#gesture = TOOLS[tool.value](desk, press);
  }

  move(at: Point & Modifiers): void {
    this.#gesture?.move(at);
  }

  end(): void {
    this.#gesture?.end();
    this.#gesture = undefined;
    desk.preview([]);
    this.#send();
  }

  /** Takes back what the gesture has drawn. */
  cancel(): void {
    this.#gesture = undefined;
    batch(() => {
      unsent.value = [];
      desk.preview([]);
    });
    if (this.#hasSent) acts.value?.undo();
    this.#hasSent = false;
  }

  /** Edits that are a step of their own. */
  do(edits: readonly Edit[], selection?: Selection): void {
    if (this.isBusy) this.end();
    this.#begin();
    desk.edit(edits);
    if (selection) desk.select(selection);
    this.#send();
  }

  /** Call once a frame. */
  update(nowMs: number): void {
    if (nowMs < this.#sentMs + SEND_EVERY_MS) return;
    this.#sentMs = nowMs;
    this.#send();
  }

  #begin(): void {
    this.#send();
    group++;
    this.#hasSent = false;
  }

  #send(): void {
    const edits = unsent.value;
    if (edits.length === 0) return;
    batch(() => {
      unsent.value = [];
      for (let from = 0; from < edits.length; from += EDITS_MAX)
        acts.value?.edit(edits.slice(from, from + EDITS_MAX), group);
    });
    this.#hasSent = true;
  }
}
