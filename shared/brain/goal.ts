/** The types of a bot's goal and of what it may depend on. */
import type { Arena } from "#shared/arena/arena.ts";
import type { Random } from "#shared/sim/random.ts";
import type { Place } from "#shared/sim/sight.ts";
import type { Memory } from "./memory.ts";
import type { Perception, Sights } from "./perception.ts";
import type { Target } from "./target.ts";

export interface Goal {
  readonly place: Place;
  /**
   * "fight": fight first, whatever the place. "press on": go there, shooting and weaving on the way. "hold": fight,
   * but no farther than `withinPx` from the place.
   */
  readonly manner: "fight" | "press on" | "hold";
  readonly withinPx?: number;
}

/** Everything that the choice of a goal may depend on. */
export interface Situation {
  readonly arena: Arena;
  readonly random: Random;
  readonly perception: Perception;
  readonly sights: Sights;
  readonly memory: Memory;
  readonly target: Target | undefined;
  /** A random share in [0, 1), constant for one life: it makes bots in the same situation choose differently. */
  readonly whim: number;
  /** The number of places it has arrived at. */
  readonly errand: number;
}
