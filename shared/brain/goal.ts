/** Where a bot wants to be, and how much it lets itself be held up. */
import type { Arena } from "#shared/arena/arena.ts";
import type { Random } from "#shared/sim/random.ts";
import type { Place } from "#shared/sim/sight.ts";
import type { Memory } from "./memory.ts";
import type { Perception, Sights } from "./perception.ts";
import type { Target } from "./target.ts";

export interface Goal {
  readonly place: Place;
  /**
   * "fight": a fight comes first. "press on": it goes there, and shoots and weaves on the way. "hold": it fights, but
   * no farther from the place than `withinPx`.
   */
  readonly manner: "fight" | "press on" | "hold";
  readonly withinPx?: number;
}

/** All that a choice of goal may depend on. */
export interface Situation {
  readonly arena: Arena;
  readonly random: Random;
  readonly perception: Perception;
  readonly sights: Sights;
  readonly memory: Memory;
  readonly target: Target | undefined;
  /** A share in [0, 1) of its own that lasts for one life: so that two who think alike part ways. */
  readonly whim: number;
  /** Counts up with each place it has arrived at. */
  readonly errand: number;
}
