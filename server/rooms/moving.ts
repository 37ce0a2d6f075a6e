/** Takes a room's snapshots, and holds the room still while it moves to another process. */
import type { WebSocket } from "ws";
import type { RoomSnapshot } from "#server/admission/roomSnapshot.ts";
import { cutJoins } from "#server/colyseus/joins.ts";
import type { RoomContext } from "./context.ts";
import type { ArenaClient, FaultTolerantRoom } from "./FaultTolerantRoom.ts";
import { takeSnapshot } from "./snapshot.ts";
import type { RoomClock } from "./tick/roomClock.ts";

export class Moving {
  readonly #room: FaultTolerantRoom;
  readonly #context: RoomContext;
  readonly #startClock: () => RoomClock;
  #clock: RoomClock | undefined;
  #isFrozen = false;
  #isClosed = false;
  /** Session ids that were reserved: until their players connect, a move would lose the seats. */
  readonly #reserved = new Set<string>();

  /** Starts the room's ticks and patches by `startClock`. */
  constructor(room: FaultTolerantRoom, context: RoomContext, startClock: () => RoomClock) {
    this.#room = room;
    this.#context = context;
    this.#startClock = startClock;
    this.#clock = startClock();
    cutJoins(room, () => this.#isFrozen);
  }

  /** The room as it is now. Call between two ticks. */
  snapshot(): RoomSnapshot {
    this.#context.hasChanged = false;
    return takeSnapshot(this.#room, this.#context);
  }

  /** Whether the last snapshot lacks something that must not be lost. */
  get hasChanged(): boolean {
    return this.#context.hasChanged;
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

  /**
   * Stops ticks and patches for a move to another process, and reads no client's messages: they would be answered here and
   * forgotten there. Returns the room as it is.
   */
  freeze(): RoomSnapshot {
    this.#isFrozen = true;
    this.#clock?.stop();
    for (const client of this.#room.clients) socketOf(client).pause();
    return this.snapshot();
  }

  /** Call when the move has failed: the room goes on here. */
  thaw(): void {
    if (!this.#isFrozen || this.#isClosed) return;
    this.#isFrozen = false;
    // Nobody keeps the snapshot of the move.
    this.#context.hasChanged = true;
    this.readOn();
    this.#clock = this.#startClock();
  }

  /** Reads the clients' messages again. Call as well when the connections end: the answer to a close frame must be read. */
  readOn(): void {
    for (const client of this.#room.clients) socketOf(client).resume();
  }

  /** Stops ticks and patches for good. */
  stop(): void {
    this.#isClosed = true;
    this.#clock?.stop();
  }
}

const socketOf = ({ ref }: ArenaClient) => ref as unknown as WebSocket;
