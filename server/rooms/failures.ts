/**
 * What a room's code throws: logged, the first at once, then at most a line a second, for a tick may throw every time.
 * A room whose steps, or whose patches, do nothing but throw is beyond repair.
 */
import type { Logger } from "pino";
import { TICKS_PER_SEC } from "#shared/config.ts";

const LINE_EVERY_MS = 1000;
/** In a row: one that fails now and then plays on. */
export const FAILURES_MAX = 3 * TICKS_PER_SEC;

/** What a room does again and again. */
export type Routine = "setFixedTimestep" | "broadcastPatch";

export class Failures {
  readonly #log: Logger;
  #loggedAt = Number.NEGATIVE_INFINITY;
  #unlogged = 0;
  readonly #inARow = new Map<Routine, number>();

  constructor(log: Logger) {
    this.#log = log;
  }

  report(error: unknown, context: Readonly<Record<string, unknown>>): void {
    const now = performance.now();
    if (now - this.#loggedAt < LINE_EVERY_MS) {
      this.#unlogged++;
      return;
    }
    this.#log.error({ err: error, ...context, alsoSince: this.#unlogged }, "uncaught in room");
    this.#loggedAt = now;
    this.#unlogged = 0;
  }

  succeeded(routine: Routine): void {
    this.#inARow.delete(routine);
  }

  /** True once: when the room had better end. */
  failed(routine: Routine): boolean {
    const count = (this.#inARow.get(routine) ?? 0) + 1;
    this.#inARow.set(routine, count);
    return count === FAILURES_MAX;
  }
}
