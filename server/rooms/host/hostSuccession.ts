/**
 * Decides who hosts a room. When the host leaves, or is away for HOST_AWAY_MS, the longest-present co-host takes over, else a
 * player, else a spectator. A host who only dropped gets the room back on return to their seat.
 */
import type { StandInForm } from "#server/admission/roomSnapshot.ts";
import { HOST_AWAY_MS } from "#shared/config.ts";
import { type ArenaState, RANK, type Seat } from "#shared/schema/state.ts";

/** The part of a room's clock that this needs. */
export interface Timers {
  setTimeout(callback: () => void, ms: number): { clear(): void };
}

export class HostSuccession {
  readonly #roster: ArenaState["roster"];
  readonly #timers: Timers;
  readonly #notify: (name: string) => void;
  #awayTimer: { clear(): void } | undefined;
  /** The host has been away for too long while nobody could take over: the next to enter does. */
  #isOverdue = false;
  /** While somebody stands in for the host: the host's seat, and the rank that the stand-in had before. */
  #standIn: { for: string; rank: number } | undefined;

  /** The roster must be in the order in which people joined. `notify` is called with the name of a new host. */
  constructor(roster: ArenaState["roster"], timers: Timers, notify: (name: string) => void) {
    this.#roster = roster;
    this.#timers = timers;
    this.#notify = notify;
  }

  get host(): string | undefined {
    return this.#entries().find(([, { rank }]) => rank === RANK.host)?.[0];
  }

  /** The rank that decides what a person may do and who may act on them: an absent host keeps theirs. */
  rankOf(id: string): number {
    return this.#standIn?.for === id ? RANK.host : (this.#roster.get(id)?.rank ?? RANK.player);
  }

  /** A person took a seat, or returned to it. */
  entered(id: string): void {
    const { host } = this;
    if (this.#standIn?.for === id) this.#giveBackTo(id);
    else if (host === id) this.#stopWaiting();
    else if (host === undefined) this.#makeHost(id);
    else if (this.#isOverdue) this.#standInFor(host, id);
  }

  dropped(id: string): void {
    if (this.host !== id) return;
    this.#stopWaiting();
    this.#awayTimer = this.#timers.setTimeout(() => this.#replaceAbsent(id), HOST_AWAY_MS);
  }

  /** To be called after the seat was freed. */
  left(id: string): void {
    if (this.#standIn?.for === id) this.#standIn = undefined;
    if (this.host !== undefined) return;
    this.#stopWaiting();
    const next = this.#successor();
    if (next !== undefined) this.#makeHost(next);
  }

  /** The host hands over by choice and stays a co-host; a stand-in returns to the rank it had before. */
  handOver(to: string): void {
    const before = this.#roster.get(this.host ?? "");
    if (before) before.rank = this.#standIn?.rank ?? RANK.cohost;
    this.#makeHost(to);
  }

  snapshot(): StandInForm {
    return this.#standIn ?? null;
  }

  /** The roster must be restored. In a restored room everybody drops, the host included: then the wait begins anew. */
  restore(standIn: StandInForm): void {
    this.#standIn = standIn ?? undefined;
  }

  #replaceAbsent(host: string): void {
    const next = this.#successor();
    if (next === undefined) this.#isOverdue = true;
    else this.#standInFor(host, next);
  }

  #standInFor(absent: string, id: string): void {
    const before = this.#roster.get(absent);
    if (before) before.rank = this.#standIn?.rank ?? RANK.player;
    this.#standIn ??= { for: absent, rank: RANK.player };
    this.#makeHost(id);
  }

  #giveBackTo(id: string): void {
    const standIn = this.#roster.get(this.host ?? "");
    if (standIn) standIn.rank = this.#standIn?.rank ?? RANK.player;
    this.#standIn = undefined;
    this.#makeHost(id);
  }

  /** When the new host is a stand-in, remembers its rank: the absent host still gets the room back. */
  #makeHost(id: string): void {
    this.#stopWaiting();
    const seat = this.#roster.get(id);
    if (!seat) return;
    if (this.#standIn) this.#standIn = { for: this.#standIn.for, rank: seat.rank };
    seat.rank = RANK.host;
    this.#notify(seat.name);
  }

  #stopWaiting(): void {
    this.#awayTimer?.clear();
    this.#awayTimer = undefined;
    this.#isOverdue = false;
  }

  /** The connected person with the highest precedence; among equals, the one who joined first. */
  #successor(): string | undefined {
    const present = this.#entries().filter(
      ([, { bot, connected, rank }]) => !bot && connected && rank < RANK.host,
    );
    const [best] = present.sort(([, a], [, b]) => precedence(b) - precedence(a));
    return best?.[0];
  }

  #entries(): [string, Seat][] {
    return [...this.#roster.entries()];
  }
}

const precedence = ({ rank, spectating }: Seat): number => (rank === RANK.cohost ? 2 : spectating ? 0 : 1);
