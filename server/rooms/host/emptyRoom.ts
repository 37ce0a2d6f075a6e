/** How long a hosted room stands empty before it ends: everybody may refresh at once, and find it as it was. */
import { EMPTY_ROOM_MS } from "#shared/config.ts";
import type { Timers } from "./hostSuccession.ts";

export class EmptyRoom {
  readonly #timers: Timers;
  readonly #end: () => void;
  #timer: { clear(): void } | undefined;

  constructor(timers: Timers, end: () => void) {
    this.#timers = timers;
    this.#end = end;
  }

  /** Nobody is there, since now or since the last time this was said. */
  begin(): void {
    this.#timer ??= this.#timers.setTimeout(this.#end, EMPTY_ROOM_MS);
  }

  over(): void {
    this.#timer?.clear();
    this.#timer = undefined;
  }
}
