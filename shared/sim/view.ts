/**
 * Computes which part of the arena a player sees: a view of one size for everybody, which leans from the drone toward the aim, and
 * stays at the arena where it can. The server sends what lies in it and the client's camera shows it, both from the same
 * commands.
 */
import type { Arena } from "#shared/arena/arena.ts";
import { VIEW_HEIGHT_PX, VIEW_WIDTH_PX } from "#shared/config.ts";
import { type Command, REACH_STEP_PX } from "#shared/schema/input.ts";
import { cos, sin } from "./angle.ts";
import type { Place } from "./sight.ts";

export const LEAN = {
  /** Farthest that the view's centre leans from the drone, whatever a command says. */
  maxPx: 150,
  /** Distance from the drone to the pointer at which the lean is full. */
  fullAtPx: 450,
  /**
   * Share of the way to its target that the lean goes with each command. The pointer's place in the world moves with the
   * lean: a still pointer pulls by maxPx / fullAtPx of each step at most, below 1, so that the lean settles on one side
   * and never swings.
   */
  share: 0.12,
} as const;

/** How far a view at the border shows what lies beyond the wall. */
export const VIEW_BEYOND_PX = 90;

/** From the drone to the middle of its view before the view is kept at the arena, px. Changes with each command. */
export interface Lean {
  x: number;
  y: number;
}

export const NO_LEAN: Readonly<Lean> = { x: 0, y: 0 };

/** Moves the lean by one command. A drone that is destroyed looks nowhere: its lean goes back to 0. */
export function stepLean(lean: Lean, { aim, reach = 0 }: Command, isDriving: boolean): void {
  const px = isDriving ? LEAN.maxPx * Math.min(1, (reach * REACH_STEP_PX) / LEAN.fullAtPx) : 0;
  lean.x += (px * cos(aim) - lean.x) * LEAN.share;
  lean.y += (px * sin(aim) - lean.y) * LEAN.share;
}

/** The middle of the view of an eye at `eye`, world px. */
export function viewCentre(
  eye: Place,
  lean: Place,
  { widthPx, heightPx }: Pick<Arena, "widthPx" | "heightPx">,
): Place {
  return {
    x: keptAtArena(eye.x + lean.x, widthPx, VIEW_WIDTH_PX),
    y: keptAtArena(eye.y + lean.y, heightPx, VIEW_HEIGHT_PX),
  };
}

/** Keeps a view of this length over the arena and VIEW_BEYOND_PX around it; an arena that is smaller is centred. */
function keptAtArena(centrePx: number, arenaPx: number, viewPx: number): number {
  const first = viewPx / 2 - VIEW_BEYOND_PX;
  const last = arenaPx - first;
  if (first >= last) return arenaPx / 2;
  return Math.max(first, Math.min(last, centrePx));
}
