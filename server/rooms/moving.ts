/** Takes a room's snapshots, and holds the room still while it moves to another process. */
import type { RoomSnapshot } from "#server/admission/roomSnapshot.ts";
import type { RoomContext } from "./context.ts";
import type { FaultTolerantRoom } from "./FaultTolerantRoom.ts";
import type { Membership } from "./membership.ts";
import { takeSnapshot } from "./snapshot.ts";
import type { RoomClock } from "./tick/roomClock.ts";

export class Moving {
  readonly #room: FaultTolerantRoom;
  readonly #context: RoomContext;
  readonly #membership: Membership;
  readonly #startClock: () => RoomClock;
  #clock: RoomClock | undefined;
  #isFrozen = false;
  /** Session ids that were reserved: until their players connect, a move would lose the seats. */
  readonly #reserved = new Set<string>();

  /** Starts the room's ticks and patches by `startClock`. */
  constructor(
    room: FaultTolerantRoom,
    context: RoomContext,
    membership: Membership,
    startClock: () => RoomClock,
  ) {
    this.#room = room;
    this.#context = context;
    this.#membership = membership;
    this.#startClock = startClock;
    this.#clock = startClock();
  }

  /** The room as it is now. Call between two ticks. */
  snapshot(): RoomSnapshot {
    this.#membership.hasNewSeats = false;
    return takeSnapshot(this.#room, this.#context);
  }

  /** Whether somebody got a seat or a new token since the last snapshot: a room restored from it would not know them. */
  get hasNewSeats(): boolean {
    return this.#membership.hasNewSeats;
  }

  /** Whether no match is under way, or nobody sees it: then a move interrupts nobody's fight. */
  get isBetweenMatches(): boolean {
    const { phase, held } = this.#context.world.state;
    return held || phase === "countdown" || phase === "waiting" || this.#room.clients.length === 0;
  }

  /** Call when a seat was reserved for a new player. */
  noteReserved(sessionId: string): void {
    this.#reserved.add(sessionId);
  }

  /** Whether somebody has a reservation, and has not connected yet. */
  get awaitsSomebody(): boolean {
    for (const sessionId of this.#reserved)
      if (!this.#room.hasReservedSeat(sessionId)) this.#reserved.delete(sessionId);
    return this.#reserved.size > 0;
  }

  /** Whether the room stands still, and takes nobody. */
  get isFrozen(): boolean {
    return this.#isFrozen;
  }

  /** Stops ticks and patches for a move to another process. Returns the room as it is. */
  freeze(): RoomSnapshot {
    this.#isFrozen = true;
    this.stop();
    return this.snapshot();
  }

  /** Call when the move has failed: the room goes on here. */
  thaw(): void {
    if (!this.#isFrozen) return;
    this.#isFrozen = false;
    this.#clock = this.#startClock();
  }

  /** Stops ticks and patches for good. */
  stop(): void {
    this.#clock?.stop();
  }
}
