/** The people behind the seats: identities, accounts, points, the seats kept for dropped ones, removals, bans and mutes. */
import type { Room } from "@colyseus/core";
import { Bans } from "#server/admission/bans.ts";
import { type AnyVisitor, accountOf, type KnownVisitor, pointsIn } from "#server/admission/joinOptions.ts";
import { type BansForm, type PersonForm, visitorForm, visitorOf } from "#server/admission/roomSnapshot.ts";
import { tokenOf } from "#server/admission/seatOwners.ts";
import { kickClient } from "#server/colyseus/internals.ts";
import { householdOf } from "#server/edge/networks.ts";
import { CLOSE } from "#shared/protocol/closeCodes.ts";
import type { ModeName } from "#shared/schema/names.ts";

export type Removal = "kicked" | "banned" | "idle";

/** Colyseus' handle of a kept seat: rejecting it gives the seat up. */
type KeptSeat = ReturnType<Room["allowReconnection"]>;

/** Compares identities, then accounts: a person may come from another device. */
export function isSamePerson(
  one: Pick<AnyVisitor, "identity" | "entrant">,
  other: Pick<AnyVisitor, "identity" | "entrant">,
): boolean {
  if (one.identity !== undefined && one.identity === other.identity) return true;
  const account = accountOf(one);
  return account !== undefined && account === accountOf(other);
}

export class People {
  readonly #room: Room;
  readonly #bans: Bans;
  readonly #mode: () => ModeName;
  readonly #people = new Map<string, KnownVisitor>();
  readonly #keptSeats = new Map<string, { readonly seat: KeptSeat; readonly sinceMs: number }>();
  readonly #removals = new Map<string, Removal>();
  /** Whom the host muted, for the room's lifetime: taking a new seat does not unmute. */
  readonly #mutes = new Bans();

  /** `mode`: that of the room's match, for points. */
  constructor(room: Room, bans: Bans, mode: () => ModeName) {
    this.#room = room;
    this.#bans = bans;
    this.#mode = mode;
  }

  joined(id: string, { identity, network, isExempt, entrant }: KnownVisitor): void {
    this.#people.set(id, { identity, network, isExempt, entrant });
  }

  personIn(id: string): KnownVisitor | undefined {
    return this.#people.get(id);
  }

  /**
   * The seats of an identity, and those of the account from other devices; none for a visitor without an identity, and for an
   * exempt one.
   */
  seatsOf(visitor: AnyVisitor): string[] {
    if (visitor.identity === undefined || visitor.isExempt) return [];
    return this.#seatsWhere((person) => isSamePerson(person, visitor));
  }

  /** The players' points in the room's mode, for sides; 0 for bots. */
  readonly strengthOf = (id: string): number => {
    const person = this.#people.get(id);
    return person ? pointsIn(person.entrant.points, this.#mode()) : 0;
  };

  /** Rounded average of everybody who has a seat; null if nobody has one. */
  averagePoints(): number | null {
    if (this.#people.size === 0) return null;
    let sum = 0;
    for (const id of this.#people.keys()) sum += this.strengthOf(id);
    return Math.round(sum / this.#people.size);
  }

  /** Notes the new points of the person in this seat after a rated match. */
  rated(id: string, mode: ModeName, points: number): void {
    const person = this.#people.get(id);
    if (!person) return;
    const { entrant } = person;
    this.#people.set(id, {
      ...person,
      entrant: { ...entrant, points: { ...entrant.points, [mode]: points } },
    });
  }

  /** The seats of an identity, including an exempt one. */
  seatsBy(identity: string): string[] {
    return this.#seatsWhere((person) => person.identity === identity);
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
    for (const map of [this.#people, this.#keptSeats, this.#removals]) map.delete(id);
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
    const banned = this.#people.get(id);
    if (!banned) return;
    this.#bans.ban(banned, this.#present());
    this.#remove(id, "banned");
  }

  mute(id: string, isMuted: boolean): void {
    const person = this.#people.get(id);
    if (!person) return;
    if (!isMuted) this.#mutes.forgive(person);
    else if (!this.#mutes.isBanned(person)) this.#mutes.ban(person, this.#present());
  }

  /** Whether the host has muted the person, in this seat or an earlier one; holds as a ban does (admission/bans.ts). */
  isMuted(id: string): boolean {
    const person = this.#people.get(id);
    return person !== undefined && this.#mutes.isBanned(person);
  }

  /** Everybody who has a seat, in the order in which they joined; nobody who is being removed. */
  snapshot(): { people: PersonForm[]; mutes: BansForm } {
    const staying = [...this.#people].filter(([seat]) => !this.isRemoved(seat));
    const people = staying.map(([seat, visitor]) => ({
      seat,
      token: tokenOf(seat) ?? null,
      visitor: visitorForm(visitor),
    }));
    return { people, mutes: this.#mutes.snapshot() };
  }

  restore(people: readonly PersonForm[], mutes: BansForm): void {
    this.#mutes.restore(mutes);
    for (const { seat, visitor } of people) this.joined(seat, visitorOf(visitor));
  }

  /** The identities of all seats. */
  #present(): (string | undefined)[] {
    return Array.from(this.#people.values(), ({ identity }) => identity);
  }

  #seatsWhere(matches: (person: KnownVisitor) => boolean): string[] {
    return [...this.#people].filter(([, person]) => matches(person)).map(([id]) => id);
  }

  /** Ends the connection, or gives up the kept seat. Colyseus then calls the room's onLeave. */
  #remove(id: string, why: Removal): void {
    this.#removals.set(id, why);
    const client = this.#room.clients.get(id);
    if (client) kickClient(this.#room, client, CLOSE[why]);
    else this.giveUp(id);
  }
}
