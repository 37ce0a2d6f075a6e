/** The people behind the seats: their identities, the seats kept for dropped ones, removals, bans and mutes. */
import type { Room } from "@colyseus/core";
import { Bans } from "#server/admission/bans.ts";
import { kickClient } from "#server/colyseus/internals.ts";
import { householdOf } from "#server/edge/networks.ts";
import type { Visitor } from "#server/edge/visitor.ts";
import { CLOSE } from "#shared/protocol/closeCodes.ts";

export type Removal = "kicked" | "banned" | "idle";

/** Colyseus' handle of a kept seat: rejecting it gives the seat up. */
type KeptSeat = ReturnType<Room["allowReconnection"]>;

export class People {
  readonly #room: Room;
  readonly #bans: Bans;
  readonly #visitors = new Map<string, Visitor>();
  readonly #keptSeats = new Map<string, { readonly seat: KeptSeat; readonly sinceMs: number }>();
  readonly #removals = new Map<string, Removal>();
  /** Whom the host muted, for the room's lifetime: taking a new seat does not unmute. */
  readonly #mutes = new Bans();

  constructor(room: Room, bans: Bans) {
    this.#room = room;
    this.#bans = bans;
  }

  joined(id: string, { identity, network, isExempt }: Visitor): void {
    this.#visitors.set(id, { identity, network, isExempt });
  }

  visitorIn(id: string): Visitor | undefined {
    return this.#visitors.get(id);
  }

  /** The seats of an identity; none for a visitor without one, and for an exempt one. */
  seatsOf({ identity, isExempt }: Visitor): string[] {
    if (identity === undefined || isExempt) return [];
    return this.#seatsWhere((visitor) => visitor.identity === identity);
  }

  /** The seats of a household's network, but for those of exempt visitors. */
  seatsFrom(network: string): string[] {
    const household = householdOf(network);
    return this.#seatsWhere((visitor) => !visitor.isExempt && householdOf(visitor.network) === household);
  }

  /** `kept` rejects when its player does not return in time or the room closes. */
  dropped(id: string, kept: KeptSeat): void {
    this.#keptSeats.set(id, { seat: kept, sinceMs: this.#room.clock.elapsedTime });
    kept.catch(() => {});
  }

  isKept(id: string): boolean {
    return this.#keptSeats.has(id);
  }

  /** The kept seats, and for how long each has been kept, ms. */
  keptSeats(): { id: string; forMs: number }[] {
    const nowMs = this.#room.clock.elapsedTime;
    return Array.from(this.#keptSeats, ([id, { sinceMs }]) => ({ id, forMs: nowMs - sinceMs }));
  }

  /** Gives up a kept seat. Colyseus then calls the room's onLeave. */
  giveUp(id: string): void {
    this.#keptSeats.get(id)?.seat.reject(new Error("given up"));
  }

  returned(id: string): void {
    this.#keptSeats.delete(id);
  }

  /** Forgets the seat and returns why it was left. */
  left(id: string): "left" | Removal {
    const why = this.#removals.get(id) ?? "left";
    for (const map of [this.#visitors, this.#keptSeats, this.#removals]) map.delete(id);
    return why;
  }

  /** Whether the player is being kicked or banned: no seat is kept for them. */
  isRemoved(id: string): boolean {
    return this.#removals.has(id);
  }

  kick(id: string): void {
    this.#remove(id, "kicked");
  }

  removeIdle(id: string): void {
    this.#remove(id, "idle");
  }

  /** Bans the person, and removes them. */
  ban(id: string): void {
    const banned = this.#visitors.get(id);
    if (!banned) return;
    this.#bans.ban(banned, this.#present());
    this.#remove(id, "banned");
  }

  mute(id: string, isMuted: boolean): void {
    const person = this.#visitors.get(id);
    if (!person) return;
    if (!isMuted) this.#mutes.forgive(person);
    else if (!this.#mutes.isBanned(person)) this.#mutes.ban(person, this.#present());
  }

  /** Whether the host has muted the person, in this seat or an earlier one; holds as a ban does (admission/bans.ts). */
  isMuted(id: string): boolean {
    const person = this.#visitors.get(id);
    return person !== undefined && this.#mutes.isBanned(person);
  }

  /** The identities of all seats. */
  #present(): (string | undefined)[] {
    return Array.from(this.#visitors.values(), ({ identity }) => identity);
  }

  #seatsWhere(matches: (visitor: Visitor) => boolean): string[] {
    return [...this.#visitors].filter(([, visitor]) => matches(visitor)).map(([id]) => id);
  }

  /** Ends the connection, or gives up the kept seat. Colyseus then calls the room's onLeave. */
  #remove(id: string, why: Removal): void {
    this.#removals.set(id, why);
    const client = this.#room.clients.get(id);
    if (client) kickClient(this.#room, client, CLOSE[why]);
    else this.giveUp(id);
  }
}
