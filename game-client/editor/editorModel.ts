/**
 * The state that the parts of the editor share: the scene draws it and turns input into edits, the panels show and set it, and the link
 * to the room fills it. The scene and the panels know one another through these signals alone.
 */
import { type Signal, signal } from "@preact/signals";
import type { Fault } from "#shared/arena/fault.ts";
import { Draft } from "#shared/editor/draft.ts";
import type { Edit } from "#shared/editor/edit.ts";
import type { CursorMessage, Role } from "#shared/protocol/editor.ts";
import type { ModeName } from "#shared/schema/names.ts";
import type { Paint, Symmetry, ToolName } from "./toolNames.ts";
import type { Clip } from "./tools/clip.ts";
import { STAMPS } from "./tools/stamps.ts";

export { PAINTS, type Paint, SYMMETRIES, type Symmetry, TOOL_NAMES, type ToolName } from "./toolNames.ts";

/** Somebody else in the editor. */
export interface EditorPerson {
  /** The key in the room's state. */
  readonly id: string;
  readonly name: string;
  readonly role: Role;
  readonly colour: number;
  readonly isConnected: boolean;
  /** World px; undefined while the pointer is not over the map. */
  readonly cursor: { readonly x: number; readonly y: number } | undefined;
  readonly tool: string;
  readonly selected: readonly string[];
}

/** The way into the room. Viewers' edits are dropped with a notice. */
export interface EditorActs {
  /** Calls in a row with the same `group`, as those of a stroke, are undone together. */
  edit(edits: readonly Edit[], group?: number): void;
  undo(): void;
  redo(): void;
  /** Rate limited by the link. */
  point(cursor: CursorMessage): void;
}

export const draft: Signal<Draft> = signal(new Draft(32, 24));
export const tilePx = signal(64);
export const role = signal<Role>("viewer");
export const people = signal<readonly EditorPerson[]>([]);
export const faults = signal<readonly Fault[]>([]);
/** The modes in which the draft can be played; empty while it has a fault. */
export const modes = signal<readonly ModeName[]>([]);
/** Undefined while there is no connection yet. */
export const acts = signal<EditorActs | undefined>(undefined);

export const tool = signal<ToolName>("brush");
export const paint = signal<Paint>("wall");
/** The team's letter or the pickup that the next object has. */
export const objectType = signal("");
/** Side of the brush, cells. */
export const brushSize = signal(1);
export const symmetry = signal<Symmetry>("halfTurn");
export const isGridShown = signal(true);
/** Numbers of the selected objects. */
export const selected = signal<readonly string[]>([]);
/** The selected rectangle of cells; undefined without one. */
export const selectedCells = signal<
  | { readonly column: number; readonly row: number; readonly columns: number; readonly rows: number }
  | undefined
>(undefined);
/** The stamp in hand: the last copy, or a built-in stamp. */
export const clip = signal<Clip | undefined>(STAMPS.pillar);
/** The width of the panels over each side of the picture, CSS px: the map is centred in the rest. */
export const insets = signal({ left: 0, top: 0, right: 0, bottom: 0 });
/** Set to look at a place, as from the list of faults; the scene clears it. World px. */
export const lookAt = signal<{ readonly x: number; readonly y: number } | undefined>(undefined);
