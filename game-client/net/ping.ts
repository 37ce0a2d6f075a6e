/**
 * Measures the round trip of a message. The SDK's own round-trip time is that of commands, which includes waiting for the
 * next tick and patch, and is not what players call ping.
 */
import type { ArenaLink } from "./arenaLink.ts";

export interface Ping {
  /** Smoothed, ms; 0 before the first answer. */
  readonly ms: number;
  dispose(): void;
}

const EVERY_MS = 1000;
/** Weight of a new measurement in the exponential average. */
const NEW_SHARE = 0.3;

export function createPing(room: ArenaLink): Ping {
  let smoothed: number | undefined;
  const measure = () =>
    room.ping((ms) => {
      smoothed = smoothed === undefined ? ms : smoothed + (ms - smoothed) * NEW_SHARE;
    });
  measure();
  const timer = setInterval(measure, EVERY_MS);
  return {
    get ms() {
      return smoothed ?? 0;
    },
    dispose: () => clearInterval(timer),
  };
}
