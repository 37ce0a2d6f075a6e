/** Logs what a room's code throws: the first at once, then at most a line a second, for a tick may throw every time. */
import type { Logger } from "pino";

const LINE_EVERY_MS = 1000;

export class FailureLog {
  readonly #log: Logger;
  #loggedAt = Number.NEGATIVE_INFINITY;
  #unlogged = 0;

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
}
