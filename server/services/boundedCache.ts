/** Caches answers for a short time; concurrent requests for one key share one answer. */

interface Kept<Value> {
  value: Promise<Value>;
  untilMs: number;
}

export class BoundedCache<Value> {
  readonly #keptMs: number;
  readonly #max: number;
  readonly #now: () => number;
  /** Least recently used first. */
  readonly #kept = new Map<string, Kept<Value>>();

  /** Keeps at most `max` answers, each for `keptMs` from when it was asked for. */
  constructor(keptMs: number, max: number, now: () => number = () => performance.now()) {
    this.#keptMs = keptMs;
    this.#max = max;
    this.#now = now;
  }

  /** The cached answer, or that of `make`, which is then cached unless it rejects. */
  get(key: string, make: () => Promise<Value>): Promise<Value> {
    const found = this.#kept.get(key);
    this.#kept.delete(key);
    const isFresh = found !== undefined && found.untilMs > this.#now();
    const kept = isFresh ? found : { value: make(), untilMs: this.#now() + this.#keptMs };
    this.#kept.set(key, kept);
    if (!isFresh) kept.value.catch(() => this.#forget(key, kept));
    const [oldest] = this.#kept.keys();
    if (this.#kept.size > this.#max && oldest !== undefined) this.#kept.delete(oldest);
    return kept.value;
  }

  #forget(key: string, kept: Kept<Value>): void {
    if (this.#kept.get(key) === kept) this.#kept.delete(key);
  }
}
