/** How much each person may say. It outlasts the seat, so that joining again, also as somebody else, gives no new one. */
import type { Bannable } from "#server/admission/bans.ts";
import { householdOf } from "#server/edge/networks.ts";
import { TokenBucket } from "#server/edge/tokenBucket.ts";
import { CHAT_RATE } from "#shared/protocol/chat.ts";

interface Allowance {
  readonly person: Bannable;
  readonly bucket: TokenBucket;
}

/** Any bucket is full after this long, and no longer differs from a new one. */
const FULL_AFTER_MS = (CHAT_RATE.burst / CHAT_RATE.perSec) * 1000;

/** All times are of one monotonic clock. */
export class Allowances {
  readonly #bySeat = new Map<string, Allowance>();
  /** Of people who left less than FULL_AFTER_MS ago. */
  #left: (Allowance & { readonly atMs: number })[] = [];

  /**
   * Two seats of an identity share a bucket. Somebody new takes over one that was left behind in their household, if there
   * is one: they may be the person who left it. People who are still here keep theirs.
   */
  enter(seat: string, person: Bannable, nowMs: number): void {
    this.#dropFull(nowMs);
    const { identity, network } = person;
    const household = householdOf(network);
    const isTheirs = (other: Allowance) => identity !== undefined && other.person.identity === identity;
    const here = [...this.#bySeat.values()].find(isTheirs);
    const left =
      this.#left.find(isTheirs) ??
      this.#left.find((other) => householdOf(other.person.network) === household);
    const { bucket } = here ?? left ?? { bucket: new TokenBucket(CHAT_RATE, nowMs) };
    if (!here) this.#left = this.#left.filter((other) => other !== left);
    this.#bySeat.set(seat, { person: { identity, network }, bucket });
  }

  /** Undefined for a seat that nobody entered. */
  of(seat: string): TokenBucket | undefined {
    return this.#bySeat.get(seat)?.bucket;
  }

  leave(seat: string, nowMs: number): void {
    this.#dropFull(nowMs);
    const left = this.#bySeat.get(seat);
    this.#bySeat.delete(seat);
    const isShared = [...this.#bySeat.values()].some(({ bucket }) => bucket === left?.bucket);
    if (left && !isShared) this.#left.push({ ...left, atMs: nowMs });
  }

  #dropFull(nowMs: number): void {
    this.#left = this.#left.filter(({ atMs }) => nowMs - atMs < FULL_AFTER_MS);
  }
}
