/** How long a message takes to each client and back, measured by the server itself: what a client says of it counts for nothing. */
import type { Client } from "@colyseus/core";
import type { WebSocket } from "ws";

const EVERY_MS = 500;
/** Five seconds' worth. */
const SAMPLES = 10;

export interface RoundTrip {
  /**
   * The shortest of the last seconds; 0 before the first answer. A client can hold its answers back, but must do so
   * with every one, and live with what that buys: never more than REWIND_MAX_MS.
   */
  readonly ms: number;
  /** Mean difference of two in a row. */
  readonly jitterMs: number;
}

const UNKNOWN: RoundTrip = { ms: 0, jitterMs: 0 };

export class RoundTrips {
  readonly #samplesMs = new Map<string, number[]>();

  of(sessionId: string): RoundTrip {
    const samples = this.#samplesMs.get(sessionId);
    return samples ? { ms: Math.min(...samples), jitterMs: meanDifference(samples) } : UNKNOWN;
  }

  /** Pings the client's socket until it closes. Pongs carry the ping's number, so that none counts for another. */
  measure(client: Client): void {
    const socket = client.ref as unknown as WebSocket;
    const sentAt = new Map<string, number>();
    let serial = 0;
    const ping = () => {
      if (socket.readyState !== socket.OPEN) {
        clearInterval(timer);
        return;
      }
      // An unanswered one is a half-open connection or a stall, and no measure.
      if (sentAt.size > 8) sentAt.clear();
      const number = `rtt-${serial++}`;
      sentAt.set(number, performance.now());
      socket.ping(number);
    };
    const timer = setInterval(ping, EVERY_MS);
    socket.on("pong", (data: Buffer) => {
      const number = data.toString("latin1");
      const at = sentAt.get(number);
      if (at === undefined) return;
      sentAt.delete(number);
      this.#learn(client.sessionId, performance.now() - at);
    });
    ping();
  }

  forget(sessionId: string): void {
    this.#samplesMs.delete(sessionId);
  }

  #learn(sessionId: string, sampleMs: number): void {
    const samples = this.#samplesMs.get(sessionId) ?? [];
    samples.push(sampleMs);
    this.#samplesMs.set(sessionId, samples.slice(-SAMPLES));
  }
}

function meanDifference(samples: readonly number[]): number {
  let sum = 0;
  for (let i = 1; i < samples.length; i++) sum += Math.abs((samples[i] ?? 0) - (samples[i - 1] ?? 0));
  return samples.length > 1 ? sum / (samples.length - 1) : 0;
}
