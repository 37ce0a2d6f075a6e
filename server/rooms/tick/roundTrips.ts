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
export const UNREAD_MAX_MS = 8_000;

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

/** One client's connection, and what is known of it. */
interface Line {
  readonly socket: WebSocket;
  /** When its next ping is due, and when it was last looked whether one is. */
  pingAt: number;
  lookedAt: number;
  /** Newest last. */
  samplesMs: number[];
  /** When each ping that waits for its answer was sent, oldest first. */
  readonly unanswered: Map<string, number>;
  /** When the newest ping that was answered had been sent: all that was sent before it has been read. */
  readUntil: number;
}

export class RoundTrips {
  readonly #lines = new Map<string, Line>();

  of(sessionId: string): RoundTrip {
    const samples = this.#lines.get(sessionId)?.samplesMs ?? [];
    return samples.length > 0 ? { ms: Math.min(...samples), jitterMs: meanDifference(samples) } : UNKNOWN;
  }

  /** For how long what was sent to this client has been lying unread. */
  unreadMs(sessionId: string): number {
    const line = this.#lines.get(sessionId);
    return line ? sinceOldest(line) : 0;
  }

  /** Whether the client has read all that had been sent to it at this moment (performance.now() clock). */
  hasRead(sessionId: string, at: number): boolean {
    return (this.#lines.get(sessionId)?.readUntil ?? 0) >= at;
  }

  /** Pings the client's socket from now on, until it closes. */
  measure(client: Client): void {
    const socket = client.ref as unknown as WebSocket;
    const samplesMs = this.#lines.get(client.sessionId)?.samplesMs ?? [];
    const now = performance.now();
    const line: Line = { socket, pingAt: now, lookedAt: now, samplesMs, unanswered: new Map(), readUntil: 0 };
    this.#lines.set(client.sessionId, line);
    socket.on("pong", (data: Buffer) => learn(line, data.toString("latin1")));
    ping(line, now);
  }

  /** Whoever is due. Called after each patch: on the heels of one a ping costs half of what it costs alone. */
  ping(): void {
    const now = performance.now();
    for (const line of this.#lines.values()) if (now >= line.pingAt) ping(line, now);
  }

  forget(sessionId: string): void {
    this.#lines.delete(sessionId);
  }
}

/** Ends the connection instead when it does not answer. */
function ping(line: Line, now: number): void {
  const { socket, lookedAt } = line;
  // When the server itself stood still, the answers are there and have not been read yet.
  const stoodStill = now - lookedAt > 4 * EVERY_MS;
  line.lookedAt = now;
  line.pingAt = Math.max(line.pingAt + EVERY_MS, now);
  if (!stoodStill && sinceOldest(line) > UNREAD_MAX_MS) socket.terminate();
  if (socket.readyState !== socket.OPEN) return;
  const number = String(randomInt(2 ** 47));
  line.unanswered.set(number, now);
  socket.ping(number);
}

function learn(line: Line, number: string): void {
  const sentAt = line.unanswered.get(number);
  if (sentAt === undefined) return;
  // In a stream what was sent before has arrived as well: an answer that was left out is not waited for.
  for (const earlier of line.unanswered.keys()) {
    line.unanswered.delete(earlier);
    if (earlier === number) break;
  }
  line.readUntil = sentAt;
  line.samplesMs = [...line.samplesMs, performance.now() - sentAt].slice(-SAMPLES);
}

function sinceOldest({ unanswered }: Line): number {
  const [oldest = Number.POSITIVE_INFINITY] = unanswered.values();
  return Math.max(0, performance.now() - oldest);
}

function meanDifference(samples: readonly number[]): number {
  let sum = 0;
  for (let i = 1; i < samples.length; i++) sum += Math.abs((samples[i] ?? 0) - (samples[i - 1] ?? 0));
  return samples.length > 1 ? sum / (samples.length - 1) : 0;
}
