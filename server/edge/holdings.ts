/** Bounds what networks and identities hold at one time: connections, sockets, reserved seats. */
import { Counts } from "./counts.ts";
import type { CountKey } from "./networks.ts";

export class Holdings {
  readonly #max: number;
  readonly #held = new Counts();

  /** `max`: what one network or identity may hold; a key may hold its share times that. */
  constructor(max: number) {
    this.#max = max;
  }

  /** Returns a function that gives it back; undefined if one of the keys holds its maximum. */
  take(keys: readonly CountKey[]): (() => void) | undefined {
    if (keys.some(({ key, share }) => this.#held.of(key) >= share * this.#max)) return undefined;
    for (const { key } of keys) this.#held.add(key);
    let isHeld = true;
    return () => {
      if (isHeld) for (const { key } of keys) this.#held.remove(key);
      isHeld = false;
    };
  }
}
