/**
 * Stops patching a client that falls behind; sends one full state when it has caught up. Otherwise a slow client would
 * work through a growing queue of old patches before it showed anything current.
 */
import { type Client, ClientState } from "@colyseus/core";
import { pauseClient, resumeClient } from "#server/colyseus/internals.ts";
import type { RoomContext } from "#server/rooms/context.ts";
import type { RoundTrips } from "#server/rooms/tick/roundTrips.ts";

/** Longer than any playable round trip, shorter than the silence that a page takes for a lost connection. */
export const UNREAD_PAUSE_MS = 1_500;

/** Pings show twice a second who has read what: more often nobody falls behind or catches up. */
const PACED_PATCHES = 5;

export interface BackpressureUpdate {
  readonly paused: readonly Client[];
  /** The caller sends these a full state. */
  readonly resumed: readonly Client[];
}

export class Backpressure {
  readonly #roundTrips: RoundTrips;
  readonly #pausedAtMs = new WeakMap<Client, number>();

  constructor(roundTrips: RoundTrips) {
    this.#roundTrips = roundTrips;
  }

  /** Called before a patch. */
  update(clients: Iterable<Client>): BackpressureUpdate {
    const paused: Client[] = [];
    const resumed: Client[] = [];
    for (const client of clients) {
      const pausedAtMs = this.#pausedAtMs.get(client);
      if (pausedAtMs === undefined) {
        if (client.state === ClientState.JOINED && this.#isBehind(client)) paused.push(client);
      } else if (this.#roundTrips.hasRead(client.sessionId, pausedAtMs)) resumed.push(client);
    }
    for (const client of paused) {
      this.#pausedAtMs.set(client, performance.now());
      pauseClient(client);
    }
    for (const client of resumed) {
      this.#pausedAtMs.delete(client);
      resumeClient(client);
    }
    return { paused, resumed };
  }

  #isBehind({ sessionId }: Client): boolean {
    return this.#roundTrips.unreadMs(sessionId) > UNREAD_PAUSE_MS;
  }
}

/** Applies back-pressure to a room's clients, every few patches. */
export class Pacing {
  readonly #backpressure: Backpressure;
  readonly #room: Pick<RoomContext, "visibility" | "chat">;
  #patches = 0;

  constructor(backpressure: Backpressure, room: Pick<RoomContext, "visibility" | "chat">) {
    this.#backpressure = backpressure;
    this.#room = room;
  }

  /** Stops the patches of clients that fell behind, and sends those that caught up what they missed. */
  beforePatch(clients: Iterable<Client>): void {
    if (this.#patches++ % PACED_PATCHES !== 0) return;
    const { visibility, chat } = this.#room;
    const { paused, resumed } = this.#backpressure.update(clients);
    for (const client of paused) visibility.close(client);
    for (const client of resumed) {
      visibility.resync(client);
      chat.sendRecent(client);
    }
  }
}
