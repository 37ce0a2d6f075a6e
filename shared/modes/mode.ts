/** What a mode is: how points are made. Copy a file beside this one to make your own, and name it in modes.ts. */
import type { SimEvent } from "#shared/sim/event.ts";
import type { World } from "#shared/sim/world.ts";

export interface Mode {
  /** 0: everybody is a team of one. */
  readonly teams: 0 | 2;
  /** Points that end a match, unless its rules say otherwise. */
  readonly scoreLimit: number;
  /** Lays out what the mode plays with; scores are 0 already. */
  begin(world: World): void;
  /** Once a tick of a live match, after everything else has happened: gives points. */
  judge(world: World, events: SimEvent[]): void;
}
