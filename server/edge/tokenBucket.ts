/** Token bucket: `burst` at once, `perSec` sustained. */
import type { MessageRate } from "#shared/protocol/messages.ts";

export class TokenBucket {
  readonly #rate: MessageRate;
  #tokens: number;
  #filledAtMs: number;

  constructor(rate: MessageRate, nowMs: number) {
    this.#rate = rate;
    this.#tokens = rate.burst;
    this.#filledAtMs = nowMs;
  }

  /** Takes one token, or `count`; returns false, and takes none, if there are fewer. `nowMs` must not run backwards. */
  take(nowMs: number, count = 1): boolean {
    const gained = ((nowMs - this.#filledAtMs) / 1000) * this.#rate.perSec;
    this.#tokens = Math.min(this.#rate.burst, this.#tokens + gained);
    this.#filledAtMs = nowMs;
    if (this.#tokens < count) return false;
    this.#tokens -= count;
    return true;
  }

  /** Milliseconds from the last `take` until a token is available. */
  get waitMs(): number {
    return Math.max(0, Math.ceil(((1 - this.#tokens) / this.#rate.perSec) * 1000));
  }
}
