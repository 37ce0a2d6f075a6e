/**
 * Bounds the seats that a network or an identity holds at one time: reserved, and not taken up yet. Without the bound,
 * sixteen requests would fill a room for as long as reservations last.
 */
import { Holdings } from "#server/edge/holdings.ts";
import { Refused } from "#server/edge/refused.ts";
import { type Visitor, visitorKeysOf } from "#server/edge/visitor.ts";
import type { Reservation } from "#shared/protocol/http.ts";
import { REFUSAL } from "#shared/protocol/refusal.ts";

/** Reservations expire after this if nobody connects. */
export const SEAT_RESERVED_SEC = 5;

/** Far fewer than the seats of a room. */
const HELD_MAX = 5;

/** A page takes its seat up within a second of the answer, and frees a place for the next player at its address. */
const RETRY_AFTER_SEC = 1;

export class Reservations {
  readonly #holdings = new Holdings(HELD_MAX);
  /** By session id: what releases the seat's hold. */
  readonly #releases = new Map<string, () => void>();

  /** Seats that nobody has taken up yet. */
  get count(): number {
    return this.#releases.size;
  }

  /** Holds a place for the seat that `reserve` reserves. Throws Refused (429), and what `reserve` throws. */
  async hold(visitor: Visitor, reserve: () => Promise<Reservation>): Promise<Reservation> {
    const release = this.#holdings.take(visitorKeysOf(visitor));
    if (!release) throw new HeldTooMany();
    try {
      const reservation = await reserve();
      this.#releases.set(reservation.sessionId, release);
      setTimeout(() => this.takeUp(reservation.sessionId), SEAT_RESERVED_SEC * 1000).unref();
      return reservation;
    } catch (error) {
      release();
      throw error;
    }
  }

  /** Call when the seat's player connects. */
  takeUp(sessionId: string): void {
    this.#releases.get(sessionId)?.();
    this.#releases.delete(sessionId);
  }
}

export class HeldTooMany extends Refused {
  constructor() {
    super(
      REFUSAL.tooMany,
      `Too many places are being held for your network. Wait ${RETRY_AFTER_SEC} s, then try again.`,
      RETRY_AFTER_SEC,
    );
  }
}
