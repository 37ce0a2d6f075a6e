/** What a mode is. To add one, write a file beside this one and list it in modes.ts and schema/names.ts. */
import type { SimEvent } from "#shared/sim/event.ts";
import type { World } from "#shared/sim/world.ts";

/** What bots play for when they are neither hurt nor after a pickup; brain/objectives.ts has a rule for each. */
export type Objective = "hunt" | "stayTogether" | "captureFlags" | "holdHill";

export interface Mode {
  /** 0: every drone fights for itself. */
  readonly teams: 0 | 2;
  /** The score that ends a match, unless its rules set another. */
  readonly scoreLimit: number;
  /** The layer that a map must have for this mode. */
  readonly needs?: "flags" | "hills";
  readonly objective: Objective;
  /** Sets up a match whose scores are all 0. */
  begin(world: World): void;
  /** Scores one tick of a live match, after everything else in the tick. May append events. */
  judge(world: World, events: SimEvent[]): void;
}
