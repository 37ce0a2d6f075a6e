/** Values in memory that can be taken once, within a time: challenges, states and tickets of a sign-in under way. */
import { randomBytes } from "node:crypto";

const KEY_BYTES = 24;
const MAX = 10_000;
/** The most that one household may have, so that it cannot push out what others have under way. */
const HOUSEHOLD_MAX = 64;

interface Kept<Value> {
  value: Value;
  untilMs: number;
  household: string;
}

export class OneTime<Value> {
  readonly #lifeMs: number;
  readonly #now: () => number;
  /** Oldest first. */
  readonly #values = new Map<string, Kept<Value>>();
  /** The keys of each household, oldest first. */
  readonly #households = new Map<string, Set<string>>();

  constructor(lifeMs: number, now = () => performance.now()) {
    this.#lifeMs = lifeMs;
    this.#now = now;
  }

  /**
   * Keeps a value under a new key that nobody can guess, or under one that replaces its value. Forgets the household's oldest
   * of 64, and the oldest of 10,000.
   */
  put(value: Value, household: string, key = randomBytes(KEY_BYTES).toString("base64url")): string {
    this.#drop(key);
    const own = this.#households.get(household) ?? new Set();
    const [ownOldest] = own;
    if (own.size >= HOUSEHOLD_MAX && ownOldest !== undefined) this.#drop(ownOldest);
    const [oldest] = this.#values.keys();
    if (this.#values.size >= MAX && oldest !== undefined) this.#drop(oldest);
    this.#values.set(key, { value, untilMs: this.#now() + this.#lifeMs, household });
    this.#households.set(household, own.add(key));
    return key;
  }

  /** Undefined if it was taken before, is too old, or was never there. */
  take(key: string): Value | undefined {
    const found = this.#drop(key);
    return found && found.untilMs >= this.#now() ? found.value : undefined;
  }

  #drop(key: string): Kept<Value> | undefined {
    const found = this.#values.get(key);
    if (!found) return undefined;
    this.#values.delete(key);
    const own = this.#households.get(found.household);
    own?.delete(key);
    if (own?.size === 0) this.#households.delete(found.household);
    return found;
  }
}
