/** The people behind the seats: their identities, the seats kept for dropped ones, kicks, bans and mutes. */
import type { Room } from "@colyseus/core";
import { type Bannable, Bans } from "#server/admission/bans.ts";
import { kickClient } from "#server/colyseus/internals.ts";
import { CLOSE } from "#shared/protocol/closeCodes.ts";

export type Removal = "kicked" | "banned";

/** Colyseus' handle of a kept seat: rejecting it gives the seat up. */
type KeptSeat = ReturnType<Room["allowReconnection"]>;

export class People {
  readonly #room: Room;
  readonly #bans: Bans;
  readonly #visitors = new Map<string, Bannable>();
  readonly #keptSeats = new Map<string, KeptSeat>();
  readonly #removals = new Map<string, Removal>();
  /** Whom the host muted, for the room's lifetime: taking a new seat does not unmute. */
  readonly #mutes = new Bans();

  constructor(room: Room, bans: Bans) {
    this.#room = room;
    this.#bans = bans;
  }

  joined(id: string, { identity, network }: Bannable): void {
    this.#visitors.set(id, { identity, network });
  }

  /** `kept` rejects when its player does not return in time or the room closes. */
  dropped(id: string, kept: KeptSeat): void {
    this.#keptSeats.set(id, kept);
    kept.catch(() => {});
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

  /** Bans the person and removes every seat of theirs. */
  ban(id: string): void {
    const banned = this.#visitors.get(id);
    if (!banned) return;
    this.#bans.ban(banned, this.#present());
    for (const seat of this.seatsWith(id)) this.#remove(seat, "banned");
  }

  /** This seat and all others of the same identity. */
  seatsWith(id: string): string[] {
    const own = this.#visitors.get(id)?.identity;
    const isTheirs = ([seat, { identity }]: [string, Bannable]) =>
      seat === id || (identity !== undefined && identity === own);
    return [...this.#visitors].filter(isTheirs).map(([seat]) => seat);
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

  /** Ends the connection, or gives up the kept seat. Colyseus then calls the room's onLeave. */
  #remove(id: string, why: Removal): void {
    this.#removals.set(id, why);
    const client = this.#room.clients.get(id);
    if (client) kickClient(this.#room, client, CLOSE[why]);
    else this.#keptSeats.get(id)?.reject(new Error(why));
  }
}
