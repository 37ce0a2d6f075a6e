/**
 * Who runs a hosted room. When the host leaves, or is away for too long, it is the co-host who has been there longest,
 * else a player, else a spectator; who only dropped out gets the room back with their seat.
 */
import { HOST_AWAY_MS } from "#shared/config.ts";
import { type ArenaState, RANK, type Seat } from "#shared/schema/state.ts";

/** The part of a room's clock that this needs. */
export interface Timers {
  setTimeout(ring: () => void, ms: number): { clear(): void };
}

export class HostSuccession {
  readonly #roster: ArenaState["roster"];
  readonly #timers: Timers;
  readonly #tell: (name: string) => void;
  #away: { clear(): void } | undefined;
  /** The host has been away for too long, and nobody is there to take over. */
  #overdue = false;
  /** Whose room it is, while somebody stands in; and what the stand-in was before. */
  #standIn: { for: string; rank: number } | undefined;

  /** The order of the roster is the order in which people came. `tell`: of who is the host from now on, by name. */
  constructor(roster: ArenaState["roster"], timers: Timers, tell: (name: string) => void) {
    this.#roster = roster;
    this.#timers = timers;
    this.#tell = tell;
  }

  get host(): string | undefined {
    return this.#entries().find(([, { rank }]) => rank === RANK.host)?.[0];
  }

  /** What somebody may do, and who may do what to them: nobody turns an absent host out of their own room. */
  rankOf(id: string): number {
    return this.#standIn?.for === id ? RANK.host : (this.#roster.get(id)?.rank ?? RANK.player);
  }

  /** Took a seat, or came back to it. */
  entered(id: string): void {
    const { host } = this;
    if (this.#standIn?.for === id) this.#giveBackTo(id);
    else if (host === id) this.#stopWaiting();
    else if (host === undefined) this.#crown(id);
    else if (this.#overdue) this.#standInFor(host, id);
  }

  dropped(id: string): void {
    if (this.host !== id) return;
    this.#stopWaiting();
    this.#away = this.#timers.setTimeout(() => this.#replaceAbsent(id), HOST_AWAY_MS);
  }

  /** Their seat is gone. */
  left(id: string): void {
    if (this.#standIn?.for === id) this.#standIn = undefined;
    if (this.host !== undefined) return;
    this.#stopWaiting();
    const next = this.#successor();
    if (next !== undefined) this.#crown(next);
  }

  /** By the host's own wish: they stay a co-host. Who only stands in is what they were before. */
  handOver(to: string): void {
    const before = this.#roster.get(this.host ?? "");
    if (before) before.rank = this.#standIn?.rank ?? RANK.cohost;
    this.#crown(to);
  }

  #replaceAbsent(host: string): void {
    const next = this.#successor();
    if (next === undefined) this.#overdue = true;
    else this.#standInFor(host, next);
  }

  #standInFor(absent: string, id: string): void {
    const before = this.#roster.get(absent);
    if (before) before.rank = this.#standIn?.rank ?? RANK.player;
    this.#standIn ??= { for: absent, rank: RANK.player };
    this.#crown(id);
  }

  #giveBackTo(id: string): void {
    const standIn = this.#roster.get(this.host ?? "");
    if (standIn) standIn.rank = this.#standIn?.rank ?? RANK.player;
    this.#standIn = undefined;
    this.#crown(id);
  }

  /** Also of who stands in for a host that is away: that one still gets the room back. */
  #crown(id: string): void {
    this.#stopWaiting();
    const seat = this.#roster.get(id);
    if (!seat) return;
    if (this.#standIn) this.#standIn = { for: this.#standIn.for, rank: seat.rank };
    seat.rank = RANK.host;
    this.#tell(seat.name);
  }

  #stopWaiting(): void {
    this.#away?.clear();
    this.#away = undefined;
    this.#overdue = false;
  }

  /** Of those who are there the first among the highest. */
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
