/**
 * Leases of drafts in Redis. They only spare people two rooms of one draft: while Redis is away each machine opens what it is asked
 * for, and the store refuses a write that would overwrite another machine's.
 */
import type { Redis } from "ioredis";
import type { DraftLeases } from "#server/services/drafts/draftLeases.ts";
import { KEY } from "./keys.ts";

/** A machine that dies keeps its drafts for this long. */
const LEASE_MS = 15_000;
const RENEW_MS = 5_000;

export class RedisDraftLeases implements DraftLeases {
  readonly #redis: Redis;
  readonly #machine: string;
  readonly #addressOf: (machine: string) => string | undefined;
  readonly #taken = new Set<string>();
  readonly #renewing = setInterval(() => this.#renew(), RENEW_MS).unref();

  /** `machine`: this one's id. `addressOf`: where another one is reached. */
  constructor(redis: Redis, machine: string, addressOf: (machine: string) => string | undefined) {
    this.#redis = redis;
    this.#machine = machine;
    this.#addressOf = addressOf;
  }

  async take(draft: string): Promise<string | undefined> {
    try {
      const isTaken = await this.#redis.set(KEY.draft(draft), this.#machine, "PX", LEASE_MS, "NX");
      const owner = isTaken ? this.#machine : await this.#redis.get(KEY.draft(draft));
      if (owner !== null && owner !== this.#machine) return this.#addressOf(owner) ?? "another machine";
    } catch {
      // Redis is away.
    }
    this.#taken.add(draft);
    return undefined;
  }

  leave(draft: string): void {
    if (this.#taken.delete(draft)) this.#redis.del(KEY.draft(draft)).catch(() => {});
  }

  close(): void {
    clearInterval(this.#renewing);
    for (const draft of this.#taken) this.leave(draft);
  }

  #renew(): void {
    // If Redis has forgotten a lease, another machine may have it by now: then the store decides.
    for (const draft of this.#taken)
      this.#redis.set(KEY.draft(draft), this.#machine, "PX", LEASE_MS, "XX").catch(() => {});
  }
}
