/** Values in memory that can be taken once, within a time: challenges, states and tickets of a sign-in under way. */
import { randomBytes } from "node:crypto";

const KEY_BYTES = 24;
const MAX = 10_000;

export class OneTime<Value> {
  readonly #lifeMs: number;
  readonly #now: () => number;
  /** Oldest first. */
  readonly #values = new Map<string, { value: Value; untilMs: number }>();

  constructor(lifeMs: number, now = () => performance.now()) {
    this.#lifeMs = lifeMs;
    this.#now = now;
  }

  /** Keeps a value under a new key that nobody can guess, or under one that replaces its value. Forgets the oldest of 10,000. */
  put(value: Value, key = randomBytes(KEY_BYTES).toString("base64url")): string {
    this.#values.delete(key);
    this.#values.set(key, { value, untilMs: this.#now() + this.#lifeMs });
    const [oldest] = this.#values.keys();
    if (this.#values.size > MAX && oldest !== undefined) this.#values.delete(oldest);
    return key;
  }

  /** Undefined if it was taken before, is too old, or was never there. */
  take(key: string): Value | undefined {
    const found = this.#values.get(key);
    this.#values.delete(key);
    return found && found.untilMs >= this.#now() ? found.value : undefined;
  }
}
