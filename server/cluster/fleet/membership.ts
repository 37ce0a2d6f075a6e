/**
 * Renews this machine's lease, and knows which other machines live: those whose lease has not expired. Removes what dead
 * ones have left in Redis.
 */
import type { Redis } from "ioredis";
import { log } from "#server/log.ts";
import { KEY } from "./keys.ts";
import { type Lease, leaseIn, leaseText, type Machine } from "./machine.ts";
import { type Renewed, reapRows, renewLease } from "./scripts.ts";

/** A machine that dies is gone from every list after this, and BEAT_MS, and the time for which answers are cached. */
const LEASE_MS = 3_000;
export const BEAT_MS = 1_000;
/** Within this the successor of a machine's process has written its rooms; it may have to migrate its database first. */
const REPLACED_WITHIN_MS = 60_000;
/** So many rows of dead machines one beat removes, in scripts of 100, because Redis serves nobody meanwhile. */
const REAPED_AT_ONCE = 100;
const REAPS_PER_BEAT = 10;

export interface MembershipOptions {
  /** Writes all that this machine has in Redis: at the start, and after Redis has lost it. May reject: it is called again. */
  rejoin(): Promise<void>;
  /** Called after each renewal. Never rejects. */
  onBeat(): Promise<void>;
  /** Called when any machine has changed the list. */
  onChange(): void;
}

export class Membership {
  readonly #redis: Redis;
  readonly #machine: Machine;
  readonly #options: MembershipOptions;
  readonly #beating: NodeJS.Timeout;
  #live: ReadonlyMap<string, Lease> = new Map();
  #dead: readonly string[] = [];
  #changes = "";
  /** Counts how often Redis has lost the lease, the start included, and up to which loss all was written again. */
  #losses = 1;
  #mended = 0;
  /** The work of the last beat while it goes on. Renewals wait for nothing else, or a slow Redis would let the lease expire. */
  #renewing: Promise<void> | undefined;
  #working: Promise<void> | undefined;
  /** performance.now() since when Redis has not answered; undefined while it does. */
  #awaySinceMs: number | undefined = performance.now();
  #isAwayLogged = false;

  constructor(redis: Redis, machine: Machine, options: MembershipOptions) {
    this.#redis = redis;
    this.#machine = machine;
    this.#options = options;
    redis.on("ready", () => void this.beat());
    this.#beating = setInterval(() => void this.beat(), BEAT_MS).unref();
  }

  /** By id, this machine among them once it has joined. */
  get live(): ReadonlyMap<string, Lease> {
    return this.#live;
  }

  /** Since when the other machines cannot be reached, in whole seconds; undefined while they can. */
  get awaySec(): number | undefined {
    return this.#awaySinceMs === undefined
      ? undefined
      : Math.floor((performance.now() - this.#awaySinceMs) / 1000);
  }

  /** Asks Redis about a machine that has started since the last beat. Rejects if Redis does not answer. */
  async isLive(id: string): Promise<boolean> {
    return this.#live.has(id) || (await this.#redis.exists(KEY.lease(id))) === 1;
  }

  /** Never rejects, and does nothing while an earlier one is under way. */
  beat(): Promise<void> {
    this.#renewing ??= this.#renew()
      .then(
        (renewed) => this.#isThere(renewed),
        (error: Error) => this.#isAway(error),
      )
      .finally(() => {
        this.#renewing = undefined;
        this.#work();
      });
    return this.#renewing;
  }

  /** Ends the lease, and removes this machine's rows as far as Redis answers. Never rejects. */
  async leave(): Promise<void> {
    clearInterval(this.#beating);
    await this.#renewing;
    await this.#working;
    try {
      await this.#redis.del(KEY.lease(this.#machine.id));
      await this.#reap(this.#machine.id);
    } catch {
      // The lease expires, and another machine removes the rows.
    }
  }

  /** Leaves lease and rows to a successor on this machine, as far as Redis answers. Never rejects. */
  async giveWay(): Promise<void> {
    clearInterval(this.#beating);
    await this.#renewing;
    await this.#working;
    const text = leaseText(this.#machine, true);
    await this.#redis.set(KEY.lease(this.#machine.id), text, "PX", REPLACED_WITHIN_MS).catch(() => {});
  }

  #renew(): Promise<Renewed> {
    return renewLease(this.#redis, this.#machine.id, leaseText(this.#machine), LEASE_MS);
  }

  /** Starts the work of a beat that takes longer than a renewal. */
  #work(): void {
    this.#working ??= this.#mend()
      .catch(() => {})
      .then(() => this.#options.onBeat())
      .finally(() => {
        this.#working = undefined;
      });
  }

  /** Rejects if Redis does not answer; the next beat tries again. */
  async #mend(): Promise<void> {
    if (this.#awaySinceMs !== undefined) return;
    const losses = this.#losses;
    if (losses > this.#mended) await this.#options.rejoin();
    this.#mended = losses;
    for (const id of this.#dead) await this.#reap(id);
  }

  #look({ leases, changes }: Renewed): void {
    this.#dead = [...leases].filter(([, text]) => text === null).map(([id]) => id);
    const before = [...this.#live.keys()].join();
    const live = [...leases].map(([id, text]) => [id, text === null ? undefined : leaseIn(text)] as const);
    this.#live = new Map(live.filter((entry): entry is [string, Lease] => entry[1] !== undefined));
    const isChanged = changes !== this.#changes || before !== [...this.#live.keys()].join();
    this.#changes = changes;
    if (isChanged) this.#options.onChange();
  }

  async #reap(id: string): Promise<void> {
    for (let batch = 0; batch < REAPS_PER_BEAT; batch++)
      if (!(await reapRows(this.#redis, id, REAPED_AT_ONCE))) return;
  }

  #isThere(renewed: Renewed): void {
    if (this.#isAwayLogged) log.info("Redis is back: the machines are one again");
    this.#isAwayLogged = false;
    this.#awaySinceMs = undefined;
    // Redis started empty, or others have removed the rows because the lease had expired.
    if (!renewed.wasIn) this.#losses++;
    this.#look(renewed);
  }

  #isAway({ message }: Error): void {
    if (!this.#isAwayLogged)
      log.warn({ reason: message }, "Redis cannot be used: this machine goes on with its own rooms alone");
    this.#isAwayLogged = true;
    if (this.#awaySinceMs !== undefined) return;
    this.#awaySinceMs = performance.now();
    // The list is this machine's alone now; when Redis is back, it is read again.
    this.#changes = "";
    this.#options.onChange();
  }
}
