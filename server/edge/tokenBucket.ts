/** So many at once, and so many a second for long: the classical token bucket. */
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

  /** False when there is none left. `nowMs` must not run backwards. */
  take(nowMs: number): boolean {
    const gained = ((nowMs - this.#filledAtMs) / 1000) * this.#rate.perSec;
    this.#tokens = Math.min(this.#rate.burst, this.#tokens + gained);
    this.#filledAtMs = nowMs;
    if (this.#tokens < 1) return false;
    this.#tokens--;
    return true;
  }

  /** How long until there is one to take, as of the last look. */
  get waitMs(): number {
    return Math.max(0, Math.ceil(((1 - this.#tokens) / this.#rate.perSec) * 1000));
  }
}
