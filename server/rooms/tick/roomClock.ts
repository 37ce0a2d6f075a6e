/**
 * When a room's ticks and patches run: both on fixed grids that begin together, so that neither drifts. One timer for
 * both, because a patch that is due together with a tick must follow it. An interval, as Colyseus has for each, begins
 * anew after every late run: under load it brought 19.5 patches a second instead of 20.
 *
 * Each room has its own clock: one timer for all rooms of a process saves nothing once the process is busy.
 */

/** Ticks that run at once after a standstill; the rest of the backlog is dropped. */
export const CATCH_UP_TICKS_MAX = 5;
/** Node's timers count whole milliseconds and fire up to one early. What is due by then runs at once. */
const EARLY_MS = 1;

export interface RoomClockOptions {
  readonly tickMs: number;
  readonly patchMs: number;
  /** Monotonic time, ms. */
  nowMs(): number;
  /** Called before the ticks that are due, and not before a patch alone: it shows the time of the last tick. Like the next two it must not throw. */
  beforeTicks(): void;
  tick(): void;
  patch(): void;
}

export class RoomClock {
  readonly #options: RoomClockOptions;
  #timer: NodeJS.Timeout | undefined;
  #nextTickAtMs: number;
  #nextPatchAtMs: number;

  /** Starts at once: the first tick and the first patch are due one period from now. */
  constructor(options: RoomClockOptions) {
    this.#options = options;
    const nowMs = options.nowMs();
    this.#nextTickAtMs = nowMs + options.tickMs;
    this.#nextPatchAtMs = nowMs + options.patchMs;
    this.#timer = this.#timerAt(nowMs);
  }

  /** Runs nothing more; may be called by a tick or patch. */
  stop(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }

  #timerAt(nowMs: number): NodeJS.Timeout {
    const waitMs = Math.min(this.#nextTickAtMs, this.#nextPatchAtMs) - nowMs;
    return setTimeout(() => this.#run(), Math.max(1, Math.ceil(waitMs)));
  }

  #run(): void {
    const { nowMs, beforeTicks, patch } = this.#options;
    const dueByMs = nowMs() + EARLY_MS;
    if (this.#nextTickAtMs <= dueByMs) beforeTicks();
    this.#runTicks(dueByMs);
    if (this.#timer && this.#nextPatchAtMs <= dueByMs) {
      // One patch holds everything that missed patches would have held.
      this.#nextPatchAtMs = nextAfter(this.#nextPatchAtMs, dueByMs, this.#options.patchMs);
      patch();
    }
    if (this.#timer) this.#timer = this.#timerAt(nowMs());
  }

  #runTicks(dueByMs: number): void {
    const { tickMs, tick } = this.#options;
    for (let ran = 0; this.#timer && this.#nextTickAtMs <= dueByMs; ran++) {
      if (ran === CATCH_UP_TICKS_MAX) {
        this.#nextTickAtMs = nextAfter(this.#nextTickAtMs, dueByMs, tickMs);
        return;
      }
      this.#nextTickAtMs += tickMs;
      tick();
    }
  }
}

/** The first time of the grid through `atMs` that is later than `ms`. */
const nextAfter = (atMs: number, ms: number, periodMs: number): number =>
  atMs + periodMs * (Math.floor((ms - atMs) / periodMs) + 1);
