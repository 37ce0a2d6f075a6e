/** Shows each player's round trip in the roster. */
import { PING_STEP_MS } from "#shared/config.ts";
import type { ArenaState } from "#shared/schema/state.ts";

const INTERVAL_MS = 2000;
/** A measurement this far from the shown value changes it; half a step would let it flicker between two steps. */
const CHANGE_MS = 0.8 * PING_STEP_MS;

export class SeatPings {
  readonly #state: ArenaState;
  readonly #measured: (sessionId: string) => number;
  #dueAtMs = Number.NEGATIVE_INFINITY;

  /** `measured` returns a player's round trip in ms, 0 if it is unknown. */
  constructor(state: ArenaState, measured: (sessionId: string) => number) {
    this.#state = state;
    this.#measured = measured;
  }

  /** Call as often as you like: the roster changes every INTERVAL_MS at most. */
  update(nowMs: number): void {
    if (nowMs < this.#dueAtMs) return;
    this.#dueAtMs = nowMs + INTERVAL_MS;
    for (const [id, seat] of this.#state.roster.entries()) {
      if (seat.bot) continue;
      const ms = this.#measured(id);
      if (ms > 0 && Math.abs(ms - seat.pingMs) >= CHANGE_MS) seat.pingMs = stepped(ms);
    }
  }
}

/** At least one step: 0 stands for "not measured". */
const stepped = (ms: number): number => Math.max(1, Math.round(ms / PING_STEP_MS)) * PING_STEP_MS;
