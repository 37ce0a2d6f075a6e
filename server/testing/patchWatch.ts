/** Measures how regularly patches reach players while something happens that should not affect them. */
import type { ArenaClient } from "./bootServer.ts";

export interface PatchGaps {
  readonly count: number;
  readonly p99Ms: number;
  readonly maxMs: number;
}

/** Measures until the returned function is called; it returns the gaps between two consecutive patches of any player. */
export function watchPatches(players: readonly ArenaClient[]): () => PatchGaps {
  const gapsMs: number[] = [];
  const stops = players.map((room) => {
    let lastAt = performance.now();
    const note = () => {
      const now = performance.now();
      gapsMs.push(now - lastAt);
      lastAt = now;
    };
    room.onStateChange(note);
    return () => {
      room.onStateChange.remove(note);
      // The gap that has not ended: the only one of a player whose patches have stopped.
      note();
    };
  });
  return () => {
    for (const stop of stops) stop();
    gapsMs.sort((a, b) => a - b);
    const p99Ms = gapsMs[Math.floor(gapsMs.length * 0.99)] ?? 0;
    return { count: gapsMs.length, p99Ms, maxMs: gapsMs.at(-1) ?? 0 };
  };
}
