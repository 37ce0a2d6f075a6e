/**
 * How long a message takes to each client and back, measured by the server itself: what a client says of it counts
 * for nothing. Who answers no more is not there, or does not read: it is cut, and its seat kept.
 */
import { randomInt } from "node:crypto";
import type { Client } from "@colyseus/core";
import type { WebSocket } from "ws";

const EVERY_MS = 500;
/** Five seconds' worth. */
const SAMPLES = 10;
/**
 * Pings travel behind the patches and carry a number that nobody can guess, so an answer proves that all that came
 * before has been read. A client is cut before it is this far behind.
 */
export const UNREAD_MAX_MS = 9_500;

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

  /** Pings the client's socket until it closes, and ends it when it does not answer. */
  measure(client: Client): void {
    const socket = client.ref as unknown as WebSocket;
    /** Oldest first. */
    const unanswered = new Map<string, number>();
    const ping = () => {
      const [oldestSentAt = Number.POSITIVE_INFINITY] = unanswered.values();
      if (performance.now() - oldestSentAt > UNREAD_MAX_MS) socket.terminate();
      if (socket.readyState !== socket.OPEN) return clearInterval(timer);
      const number = String(randomInt(2 ** 47));
      unanswered.set(number, performance.now());
      socket.ping(number);
    };
    const timer = setInterval(ping, EVERY_MS);
    socket.on("pong", (data: Buffer) => {
      const number = data.toString("latin1");
      const sentAt = unanswered.get(number);
      if (sentAt === undefined) return;
      // In a stream what was sent before has arrived as well: an answer that was left out is not waited for.
      for (const earlier of unanswered.keys()) {
        unanswered.delete(earlier);
        if (earlier === number) break;
      }
      this.#learn(client.sessionId, performance.now() - sentAt);
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
