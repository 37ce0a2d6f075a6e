/** How bad a network is, and what that means for one chunk: seeded, so that a bad day can be had again. */
import { type Random, seededRandom } from "#shared/sim/random.ts";

export interface Conditions {
  /** Half of it is spent each way. */
  rttMs: number;
  /** A round trip takes rttMs, give or take this much; a way never takes less than nothing. */
  jitterMs: number;
  /** Share of the chunks, 0…1, that are held up with everything behind them: what packet loss is under TCP. */
  stallShare: number;
  /** On top of the delay that the chunk would have had. */
  stallMs: number;
  /** Each way, for each connection on its own; 0 is no limit. */
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
 * What the next chunk goes through on its way. Takes two numbers from the stream whatever the conditions are,
 * so the n-th chunk keeps its luck when they change.
 */
export function drawDelay(conditions: Readonly<Conditions>, random: Random): ChunkDelay {
  const { rttMs, jitterMs, stallShare, stallMs } = conditions;
  const jitter = random.next() * 2 - 1;
  const stalled = random.next() < stallShare;
  const travelMs = Math.max(0, (rttMs + jitter * jitterMs) / 2);
  return { delayMs: travelMs + (stalled ? stallMs : 0), stalled };
}

export type Way = "up" | "down";

/** Each way of each connection has a stream of its own, so what one of them carries does not change another's. */
export const chanceOf = (seed: number, connection: number, way: Way): Random =>
  seededRandom(Math.imul(seed, 0x9e3779b1) + connection * 2 + (way === "up" ? 0 : 1));
