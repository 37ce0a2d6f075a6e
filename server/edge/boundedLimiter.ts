/**
 * A rate limiter in memory with a bounded number of keys, about 1 KB each: it forgets the key that was used least
 * recently. Of an attacker with many networks it keeps the wider prefixes, because each of their networks uses them.
 */
import { RateLimiterMemory, type RateLimiterRes } from "rate-limiter-flexible";

export const KEYS_MAX = 4_000;

export class BoundedLimiter extends RateLimiterMemory {
  /** Least recently used first; may contain keys whose window has ended. */
  readonly #keys = new Set<string>();

  get keyCount(): number {
    return this.#keys.size;
  }

  override penalty(key: string): Promise<RateLimiterRes> {
    this.#keys.delete(key);
    this.#keys.add(key);
    if (this.#keys.size > KEYS_MAX) this.#forgetOldest();
    return super.penalty(key);
  }

  #forgetOldest(): void {
    const [oldest] = this.#keys;
    if (oldest !== undefined) void this.delete(oldest);
  }

  override delete(key: string): Promise<boolean> {
    this.#keys.delete(key);
    return super.delete(key);
  }
}
