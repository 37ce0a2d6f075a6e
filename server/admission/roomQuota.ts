/** Bounds how many open rooms one visitor has created. Rooms that quick play opens count for no visitor. */
import { countKeysOf } from "#server/edge/networks.ts";
import type { Visitor } from "#server/edge/visitor.ts";

/** A network may be a school, and wider prefixes have a multiple (networks.ts); an identity is one person. */
const ARENAS = { perNetwork: 12, perIdentity: 3 } as const;

export class RoomQuota {
  readonly #isAlive: (roomId: string) => boolean;
  readonly #max: { readonly perNetwork: number; readonly perIdentity: number };
  /** Ids of created rooms by network and by identity. */
  readonly #rooms = new Map<string, Set<string>>();

  constructor(
    isAlive: (roomId: string) => boolean,
    max: { perNetwork: number; perIdentity: number } = ARENAS,
  ) {
    this.#isAlive = isAlive;
    this.#max = max;
  }

  mayCreate({ network, identity, isExempt }: Visitor): boolean {
    if (isExempt) return true;
    if (countKeysOf(network).some(({ key, share }) => this.#count(key) >= share * this.#max.perNetwork))
      return false;
    return identity === undefined || this.#count(identity) < this.#max.perIdentity;
  }

  addRoom(roomId: string, { network, identity }: Visitor): void {
    // Counting drops the keys whose rooms have all closed.
    for (const key of this.#rooms.keys()) this.#count(key);
    const networks = countKeysOf(network).map(({ key }) => key);
    for (const key of identity ? [...networks, identity] : networks) {
      const rooms = this.#rooms.get(key) ?? new Set();
      this.#rooms.set(key, rooms.add(roomId));
    }
  }

  #count(key: string): number {
    const rooms = this.#rooms.get(key);
    if (!rooms) return 0;
    for (const roomId of rooms) if (!this.#isAlive(roomId)) rooms.delete(roomId);
    if (rooms.size === 0) this.#rooms.delete(key);
    return rooms.size;
  }
}
