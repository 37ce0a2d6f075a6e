/** A tool is a function of a press and the desk that it works on; it returns the gesture that follows. */
import type { Paint } from "#client/editor/toolNames.ts";
import type { ObjectLayer } from "#shared/editor/draft.ts";
import type { Edit } from "#shared/editor/edit.ts";
import type { Cell } from "./cells.ts";
import type { Clip, Selection } from "./clip.ts";
import type { Board, Point } from "./objects.ts";

export interface Modifiers {
  /** A line keeps to eight directions, a rectangle is an outline, a selection grows. */
  readonly shift: boolean;
  /** Objects snap to no grid. */
  readonly alt: boolean;
}

export interface Press extends Point, Modifiers {
  /** The right button leaves floor behind. */
  readonly isErasing: boolean;
  /** How near a pointer has to come to a thing, px of the map. */
  readonly reachPx: number;
}

/** A gesture lasts from a press to its release. */
export interface Gesture {
  move(at: Point & Modifiers): void;
  end(): void;
}

/** The draft, the settings and the acts that tools use. */
export interface Desk extends Board {
  readonly paint: Paint;
  readonly brushSize: number;
  readonly objectType: string;
  readonly selection: Selection;
  readonly clip: Clip | undefined;
  /** Edits that stay. */
  edit(edits: readonly Edit[]): void;
  /** Edits that show until the next ones do, or until the gesture has ended. */
  preview(edits: readonly Edit[]): void;
  select(selection: Selection): void;
  /** Takes a paint into the hand; `type`: of the next object. */
  take(paint: Paint, type?: string): void;
}

export type Tool = (desk: Desk, press: Press) => Gesture | undefined;

const OBJECT_PAINTS: Readonly<Partial<Record<Paint, ObjectLayer>>> = {
  spawn: "spawns",
  pickup: "pickups",
  flag: "flags",
  hill: "hills",
};
export const layerOf = (paint: Paint): ObjectLayer | undefined => OBJECT_PAINTS[paint];
export const paintOf = (layer: ObjectLayer): Paint =>
  (Object.keys(OBJECT_PAINTS) as Paint[]).find((paint) => OBJECT_PAINTS[paint] === layer) ?? "spawn";

export const inCells = ({ x, y }: Point, { tilePx }: Board): Point => ({ x: x / tilePx, y: y / tilePx });
export const cellUnder = ({ x, y }: Point, tilePx: number): Cell => ({
  ...{ column: Math.floor(x / tilePx), row: Math.floor(y / tilePx) },
});
