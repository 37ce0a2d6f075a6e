/**
 * Counts what happens in fights. It reads only the state, so that it works alike on Fracas, whose rooms keep their events
 * to themselves, and on the others, and costs all of them the same.
 */
import type { Drone } from "#shared/schema/state.ts";
import type { World } from "#shared/sim/world.ts";

/** In all rooms since the server started. */
export interface Fought {
  /** Ticks in which a drone fired; both of its weapons at once count as one. */
  shots: number;
  /** Ticks in which a drone lost health or shield. */
  hits: number;
  kills: number;
  pickups: number;
}

export const noFights = (): Fought => ({ shots: 0, hits: 0, kills: 0, pickups: 0 });

type Watched = Pick<World["state"], "tick" | "drones" | "pickups">;

/** One for each room. */
export class FightWatch {
  readonly #fought: Fought;
  /** Health and shield of each drone after the tick before. */
  readonly #vitals = new WeakMap<Drone, number>();
  #pickups = 0;

  /** Adds to `fought`, which several rooms may share. */
  constructor(fought: Fought) {
    this.#fought = fought;
  }

  /** To be called after each tick. */
  stepped({ tick, drones, pickups }: Watched): void {
    const fought = this.#fought;
    for (const drone of drones.values()) {
      const before = this.#vitals.get(drone) ?? 0;
      const now = drone.hp + drone.shield;
      if (drone.lastFiredTick === tick) fought.shots++;
      if (now < before) {
        fought.hits++;
        if (drone.hp === 0) fought.kills++;
      }
      if (now !== before) this.#vitals.set(drone, now);
    }
    // In the rare tick in which as many return as are taken, none counts.
    fought.pickups += Math.max(0, this.#pickups - pickups.size);
    this.#pickups = pickups.size;
  }
}
