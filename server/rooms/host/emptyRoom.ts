/**
 * Ends a hosted room that has been empty for EMPTY_ROOM_MS: everybody may reload the page at once and find it again. A range
 * ends when the last seat is free: nobody comes back to it, and each visit opens another one, of which a visitor has few.
 */
import { arenaOf } from "#server/arenas.ts";
import type { FaultTolerantRoom } from "#server/rooms/FaultTolerantRoom.ts";
import { playersIn } from "#server/rooms/seats.ts";
import { EMPTY_ROOM_MS } from "#shared/config.ts";
import { CLOSE } from "#shared/protocol/closeCodes.ts";

/** A page that reloads is back by then. */
const TRY_OUT_EMPTY_MS = 30_000;

export class EmptyRoom {
  readonly #room: FaultTolerantRoom;
  #timer: { clear(): void } | undefined;
  #emptyMs = EMPTY_ROOM_MS;

  constructor(room: FaultTolerantRoom) {
    this.#room = room;
  }

  /** A client is connected. From the first one on a hosted room ends by this timer, not when its last client leaves. */
  occupied(): void {
    this.#timer?.clear();
    this.#timer = undefined;
    if (this.#room.state.hosted) this.#room.autoDispose = false;
  }

  /** A client dropped or left. Starts the timer when it was the last one. */
  left(): void {
    const { state, autoDispose, clients, clock } = this.#room;
    if (!state.hosted || autoDispose || clients.length > 0) return;
    const isOver = arenaOf(state.map).use === "range" && playersIn(state) === 0;
    if (isOver) this.occupied();
    this.#timer ??= clock.setTimeout(
      () => void this.#room.disconnect(CLOSE.roomEnded),
      isOver ? 0 : this.#emptyMs,
    );
  }

  /** For a new room that is of use only while somebody is in it. */
  endSoon(): void {
    this.#emptyMs = TRY_OUT_EMPTY_MS;
    this.occupied();
    this.left();
  }
}
