/**
 * Spares who reads more slowly than a fight is sent: no patches while what was sent lies unread, and the whole state
 * when it has been read. A queue of old news would be shown in full before anything that is true now.
 */
import { type Client, ClientState } from "@colyseus/core";
import { pauseClient, resumeClient } from "#server/colyseus/internals.ts";
import type { RoundTrips } from "#server/rooms/tick/roundTrips.ts";

/** Beyond any round trip that can be played at, and short of what a page takes for a lost connection. */
export const UNREAD_PAUSE_MS = 1_500;

export interface BackpressureUpdate {
  readonly paused: readonly Client[];
  /** To be sent the whole state. */
  readonly resumed: readonly Client[];
}

export class Backpressure {
  readonly #roundTrips: RoundTrips;
  readonly #pausedAt = new WeakMap<Client, number>();

  constructor(roundTrips: RoundTrips) {
    this.#roundTrips = roundTrips;
  }

  /** Called before each patch. */
  update(clients: Iterable<Client>): BackpressureUpdate {
    const paused: Client[] = [];
    const resumed: Client[] = [];
    for (const client of clients) {
      const pausedAt = this.#pausedAt.get(client);
      if (pausedAt === undefined) {
        if (client.state === ClientState.JOINED && this.#isBehind(client)) paused.push(client);
      } else if (this.#roundTrips.hasRead(client.sessionId, pausedAt)) resumed.push(client);
    }
    for (const client of paused) {
      this.#pausedAt.set(client, performance.now());
      pauseClient(client);
    }
    for (const client of resumed) {
      this.#pausedAt.delete(client);
      resumeClient(client);
    }
    return { paused, resumed };
  }

  #isBehind({ sessionId }: Client): boolean {
    return this.#roundTrips.unreadMs(sessionId) > UNREAD_PAUSE_MS;
  }
}
