/** How long a message takes to each client and back, measured by the server itself: what a client says of it counts for nothing. */
import type { Client } from "@colyseus/core";
import type { WebSocket } from "ws";

const EVERY_MS = 500;
const NEW_SHARE = 0.25;

export interface RoundTrip {
  /** Smoothed; 0 before the first answer. */
  readonly ms: number;
  /** Mean deviation. */
  readonly jitterMs: number;
}

const UNKNOWN: RoundTrip = { ms: 0, jitterMs: 0 };

export class RoundTrips {
  readonly #bySession = new Map<string, RoundTrip>();

  of(sessionId: string): RoundTrip {
    return this.#bySession.get(sessionId) ?? UNKNOWN;
  }

  /** Pings the client's socket until it closes. Pongs carry the ping's number, so that none counts for another. */
  measure(client: Client): void {
    const socket = client.ref as unknown as WebSocket;
    const sentAt = new Map<string, number>();
    let serial = 0;
    const ping = () => {
      // An unanswered one is a half-open connection or a stall, and no measure.
      if (sentAt.size > 8) sentAt.clear();
      const number = `rtt-${serial++}`;
      sentAt.set(number, performance.now());
      socket.ping(number);
    };
    const timer = setInterval(ping, EVERY_MS);
    socket.on("pong", (data: Buffer) => {
      const at = sentAt.get(data.toString("latin1"));
      if (at === undefined) return;
      sentAt.delete(data.toString("latin1"));
      this.#learn(client.sessionId, performance.now() - at);
    });
    socket.once("close", () => clearInterval(timer));
    ping();
  }

  forget(sessionId: string): void {
    this.#bySession.delete(sessionId);
  }

  #learn(sessionId: string, sampleMs: number): void {
    const { ms, jitterMs } = this.of(sessionId);
    if (ms === 0) {
      this.#bySession.set(sessionId, { ms: sampleMs, jitterMs: 0 });
      return;
    }
    this.#bySession.set(sessionId, {
      ms: ms + (sampleMs - ms) * NEW_SHARE,
      jitterMs: jitterMs + (Math.abs(sampleMs - ms) - jitterMs) * NEW_SHARE,
    });
  }
}
