/**
 * Measures each client's round trip with WebSocket pings, so that no client can claim another one. A client that does
 * not answer for UNREAD_MAX_MS is gone or does not read: its connection is cut, and its seat kept.
 */
import { randomInt } from "node:crypto";
import type { Client } from "@colyseus/core";
import type { WebSocket } from "ws";

const PING_INTERVAL_MS = 500;
/** Samples of the last five seconds. */
const MAX_SAMPLES = 10;
/**
 * Oldest unanswered ping at which a client is cut off. Pings are queued behind the patches and carry a random number, so
 * an answer proves that the client has read everything before it.
 */
export const UNREAD_MAX_MS = 8_000;

export interface RoundTrip {
  /**
   * The shortest of the last five seconds; 0 before the first answer. A client can raise it by delaying every answer,
   * which buys at most REWIND_MAX_MS of rewind.
   */
  readonly ms: number;
  /**
   * How much round trips vary, at most JITTER_MAX_MS. Estimated from the shorter ones: a client that delays seven answers
   * of ten does not raise it.
   */
  readonly jitterMs: number;
}

const UNKNOWN: RoundTrip = { ms: 0, jitterMs: 0 };

/** One client's connection and its measurements. Times are performance.now(). */
interface Connection {
  readonly socket: WebSocket;
  /** When the next ping is due. */
  nextPingAtMs: number;
  /** When `takePing` last ran. */
  checkedAtMs: number;
  /** Newest last. */
  samplesMs: number[];
  /** By number: when each unanswered ping was sent, oldest first. */
  readonly unanswered: Map<string, number>;
  /** When the newest answered ping was sent: the client has read everything sent before. */
  readUntilMs: number;
}

export class RoundTrips {
  readonly #connections = new Map<string, Connection>();

  of(sessionId: string): RoundTrip {
    return roundTripOf(this.#connections.get(sessionId)?.samplesMs ?? []);
  }

  /** The usual round trip of the last five seconds, ms, for people to read; 0 before the first answer. */
  usualMs(sessionId: string): number {
    return medianOf(this.#connections.get(sessionId)?.samplesMs ?? []);
  }

  /** For how long the oldest unread data has waited, ms. */
  unreadMs(sessionId: string): number {
    const connection = this.#connections.get(sessionId);
    return connection ? unansweredMs(connection) : 0;
  }

  /** Whether the client has read everything that was sent to it before `atMs` (performance.now()). */
  hasRead(sessionId: string, atMs: number): boolean {
    return (this.#connections.get(sessionId)?.readUntilMs ?? 0) >= atMs;
  }

  /** Measures the client's socket until it closes. A player that reconnects keeps its samples. */
  measure(client: Client): void {
    const socket = client.ref as unknown as WebSocket;
    const samplesMs = this.#connections.get(client.sessionId)?.samplesMs ?? [];
    const nowMs = performance.now();
    const connection: Connection = {
      socket,
      nextPingAtMs: nowMs,
      checkedAtMs: nowMs,
      samplesMs,
      unanswered: new Map(),
      readUntilMs: 0,
    };
    this.#connections.set(client.sessionId, connection);
    socket.on("pong", (data: Buffer) => noteAnswer(connection, data.toString("latin1")));
    ping(connection, nowMs);
  }

  /** The payload of the ping that the caller sends behind the client's patch; undefined while none is due. */
  takePing(sessionId: string, nowMs: number): string | undefined {
    const connection = this.#connections.get(sessionId);
    return connection && nowMs >= connection.nextPingAtMs ? takePing(connection, nowMs) : undefined;
  }

  /** Pings the clients that are due. Called after each patch, for those that have received none. */
  ping(): void {
    const nowMs = performance.now();
    for (const connection of this.#connections.values()) {
      if (nowMs >= connection.nextPingAtMs) ping(connection, nowMs);
    }
  }

  forget(sessionId: string): void {
    this.#connections.delete(sessionId);
  }
}

function ping(connection: Connection, nowMs: number): void {
  const number = takePing(connection, nowMs);
  if (number !== undefined) connection.socket.ping(number);
}

/**
 * The payload of the client's next ping. Cuts the connection, and returns undefined, when the client has not answered for
 * UNREAD_MAX_MS.
 */
function takePing(connection: Connection, nowMs: number): string | undefined {
  const { socket, checkedAtMs } = connection;
  // When the server itself stalled, answers may have arrived that it has not read yet.
  const hasStalled = nowMs - checkedAtMs > 4 * PING_INTERVAL_MS;
  connection.checkedAtMs = nowMs;
  connection.nextPingAtMs = Math.max(connection.nextPingAtMs + PING_INTERVAL_MS, nowMs);
  if (!hasStalled && unansweredMs(connection) > UNREAD_MAX_MS) socket.terminate();
  if (socket.readyState !== socket.OPEN) return undefined;
  const number = String(randomInt(2 ** 47));
  connection.unanswered.set(number, nowMs);
  return number;
}

function noteAnswer(connection: Connection, number: string): void {
  const sentAtMs = connection.unanswered.get(number);
  if (sentAtMs === undefined) return;
  // TCP keeps the order: earlier pings have arrived as well, even if their answers were left out.
  for (const earlier of connection.unanswered.keys()) {
    connection.unanswered.delete(earlier);
    if (earlier === number) break;
  }
  connection.readUntilMs = sentAtMs;
  connection.samplesMs = [...connection.samplesMs, performance.now() - sentAtMs].slice(-MAX_SAMPLES);
}

/** Age of the oldest unanswered ping, ms; 0 when there is none. */
function unansweredMs({ unanswered }: Connection): number {
  if (unanswered.size === 0) return 0;
  const [oldest = Number.POSITIVE_INFINITY] = unanswered.values();
  return Math.max(0, performance.now() - oldest);
}

/** 0 for no samples. */
export const medianOf = (samplesMs: readonly number[]): number =>
  samplesMs.toSorted((a, b) => a - b)[samplesMs.length >> 1] ?? 0;

/** Bounds what a client gains that delays more answers than that, but not all. */
export const JITTER_MAX_MS = 30;
/**
 * For ten delays between 0 and J, evenly distributed: the mean difference of two, J / 3, over the expected distance from
 * the shortest to the third, 2 J / 11.
 */
const JITTER_PER_QUARTILE = 11 / 6;

/**
 * The round trip that samples prove. A client can delay answers, never send one early, so that only the shorter samples
 * count: the shortest, and for the jitter the lower quartile.
 */
export function roundTripOf(samplesMs: readonly number[]): RoundTrip {
  const sorted = samplesMs.toSorted((a, b) => a - b);
  const [ms] = sorted;
  if (ms === undefined) return UNKNOWN;
  const quartile = sorted[Math.floor((sorted.length - 1) / 4)] ?? ms;
  return { ms, jitterMs: Math.min(JITTER_PER_QUARTILE * (quartile - ms), JITTER_MAX_MS) };
}
