/** Who stands behind each seat, whose seats are kept while they are away, and who is being turned out. */
import type { Room } from "@colyseus/core";
import type { Bannable, Bans } from "#server/admission/bans.ts";
import { kickClient } from "#server/colyseus/internals.ts";
import { CLOSE } from "#shared/protocol/closeCodes.ts";

export type TurnedOut = "kicked" | "banned";

/** What Colyseus gives for a seat that is kept. */
type Kept = ReturnType<Room["allowReconnection"]>;

export class People {
  readonly #room: Room;
  readonly #bans: Bans;
  readonly #visitors = new Map<string, Bannable>();
  readonly #kept = new Map<string, Kept>();
  readonly #turnedOut = new Map<string, TurnedOut>();
  /** By the host, for as long as the room lives: a seat of one's own anew is no way round it. */
  readonly #muted = new Set<string>();

  constructor(room: Room, bans: Bans) {
    this.#room = room;
    this.#bans = bans;
  }

  came(id: string, { identity, network }: Bannable): void {
    this.#visitors.set(id, { identity, network });
  }

  /** Away, with the seat waiting: `kept` rejects when nobody comes back in time or the room closes. */
  wentAway(id: string, kept: Kept): void {
    this.#kept.set(id, kept);
    kept.catch(() => {});
  }

  cameBack(id: string): void {
    this.#kept.delete(id);
  }

  /** Why they left. */
  left(id: string): "left" | TurnedOut {
    const why = this.#turnedOut.get(id) ?? "left";
    for (const known of [this.#visitors, this.#kept, this.#turnedOut]) known.delete(id);
    return why;
  }

  /** Nothing is kept for them. */
  isTurnedOut(id: string): boolean {
    return this.#turnedOut.has(id);
  }

  kick(id: string): void {
    this.#turnOut(id, "kicked");
  }

  /** With every seat that the same identity has here. */
  ban(id: string): void {
    const banned = this.#visitors.get(id);
    if (!banned) return;
    const present = Array.from(this.#visitors.values(), ({ identity }) => identity);
    this.#bans.ban(banned, present);
    for (const seat of this.seatsWith(id)) this.#turnOut(seat, "banned");
  }

  /** This seat, and all others of the same identity. */
  seatsWith(id: string): string[] {
    const whose = this.#visitors.get(id)?.identity;
    const isTheirs = ([seat, { identity }]: [string, Bannable]) =>
      seat === id || (identity !== undefined && identity === whose);
    return [...this.#visitors].filter(isTheirs).map(([seat]) => seat);
  }

  mute(id: string, muted: boolean): void {
    const identity = this.#visitors.get(id)?.identity;
    if (identity === undefined) return;
    if (muted) this.#muted.add(identity);
    else this.#muted.delete(identity);
  }

  /** Whether the host has said so of them, in this seat or one before. */
  isMuted(id: string): boolean {
    return this.#muted.has(this.#visitors.get(id)?.identity ?? "");
  }

  /** A connection is ended, a kept seat given up; the room's onLeave follows by itself. */
  #turnOut(id: string, why: TurnedOut): void {
    this.#turnedOut.set(id, why);
    const client = this.#room.clients.get(id);
    if (client) kickClient(this.#room, client, CLOSE[why]);
    else this.#kept.get(id)?.reject(new Error(why));
  }
}
