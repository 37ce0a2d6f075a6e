/** The conditions of a network, and the seeded delay of each chunk. */
import { type Random, seededRandom } from "#shared/sim/random.ts";

export interface Conditions {
  /** Round-trip time; half of it applies each way. */
  rttMs: number;
  /** Round trips vary by ± this much; the delay of one way is never negative. */
  jitterMs: number;
  /** The share of chunks, 0…1, that are delayed with everything behind them: the effect of packet loss on TCP. */
  stallShare: number;
  /** Added to the chunk's other delay. */
  stallMs: number;
  /** For each way of each connection; 0 means no limit. */
  bytesPerSec: number;
}

export const PERFECT: Readonly<Conditions> = {
  rttMs: 0,
  jitterMs: 0,
  stallShare: 0,
  stallMs: 150,
  bytesPerSec: 0,
};

export interface ChunkDelay {
  delayMs: number;
  stalled: boolean;
}

/**
 * Draws the delay of the next chunk. Always takes two numbers from the random stream, so that the n-th chunk draws the
 * same ones under any conditions.
 */
export function drawDelay(conditions: Readonly<Conditions>, random: Random): ChunkDelay {
  const { rttMs, jitterMs, stallShare, stallMs } = conditions;
  const jitter = random.next() * 2 - 1;
  const stalled = random.next() < stallShare;
  const travelMs = Math.max(0, (rttMs + jitter * jitterMs) / 2);
  return { delayMs: travelMs + (stalled ? stallMs : 0), stalled };
}

export type Way = "up" | "down";

/** Each way of each connection has its own random stream, so that its delays do not depend on other traffic. */
export const chanceOf = (seed: number, connection: number, way: Way): Random =>
  seededRandom(Math.imul(seed, 0x9e3779b1) + connection * 2 + (way === "up" ? 0 : 1));
