/** How many rooms that are alive one visitor has made. Public rooms that quick play opens are nobody's. */
import type { Visitor } from "#server/edge/visitor.ts";

/** A network may be a school, an identity is one person. */
const PER_NETWORK = 12;
const PER_IDENTITY = 3;

export class RoomQuota {
  readonly #isAlive: (roomId: string) => boolean;
  readonly #rooms = new Map<string, Set<string>>();

  constructor(isAlive: (roomId: string) => boolean) {
    this.#isAlive = isAlive;
  }

  mayMake({ network, identity, exempt }: Visitor): boolean {
    if (exempt) return true;
    if (this.#count(network) >= PER_NETWORK) return false;
    return identity === undefined || this.#count(identity) < PER_IDENTITY;
  }

  made(roomId: string, { network, identity }: Visitor): void {
    // Whose rooms are gone is forgotten.
    for (const key of this.#rooms.keys()) this.#count(key);
    for (const key of identity ? [network, identity] : [network]) {
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
