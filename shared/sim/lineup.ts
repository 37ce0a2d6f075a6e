/**
 * A world's drones in arrays. A tick reads them a dozen times, and each walk over a map allocates an object an entry:
 * with eight players in a room that was half of the server's garbage.
 */
import type { Drone } from "#shared/schema/state.ts";
import { SweepRow } from "./sweepRow.ts";
import type { EntityMap, World } from "./world.ts";

/** A drone with its id. */
export interface Member {
  readonly id: string;
  readonly drone: Drone;
}

export class Lineup {
  /** In the order of the map. */
  #inMap: Member[] = [];
  #byId: readonly Member[] = [];
  #row = new SweepRow([]);
  /** How many members of the map `#visit` has found where they were. */
  #found = 0;

  /** Sorted by id, so that the iteration order of a map decides nothing. */
  get byId(): readonly Member[] {
    return this.#byId;
  }

  /** The drones as they stand now, sorted by x. The row changes with the next call. */
  standNow(): SweepRow {
    this.#row.refresh();
    return this.#row;
  }

  /** Notices drones that have come and gone since the last call. */
  update(drones: EntityMap<Drone>): void {
    this.#found = 0;
    drones.forEach(this.#visit);
    if (this.#found === drones.size && this.#found === this.#inMap.length) return;
    this.#inMap = Array.from(drones.entries(), ([id, drone]) => ({ id, drone }));
    this.#byId = [...this.#inMap].sort((a, b) => (a.id < b.id ? -1 : 1));
    this.#row = new SweepRow(this.#byId);
  }

  readonly #visit = (drone: Drone, id: string): void => {
    const member = this.#inMap[this.#found];
    if (member && member.drone === drone && member.id === id) this.#found++;
  };
}

const lineups = new WeakMap<EntityMap<Drone>, Lineup>();

/** The world's drones at this moment. */
export function lineUp({ state: { drones } }: Pick<World, "state">): Lineup {
  let lineup = lineups.get(drones);
  if (!lineup) {
    lineup = new Lineup();
    lineups.set(drones, lineup);
  }
  lineup.update(drones);
  return lineup;
}
