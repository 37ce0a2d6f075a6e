/** How evenly patches reach players, while something happens that should be none of their business. */
import type { ArenaClient } from "./bootServer.ts";

export interface PatchGaps {
  readonly count: number;
  readonly p99Ms: number;
  readonly maxMs: number;
}

/** Looks on until the returned function is called, which gives the times between two patches of any one player. */
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
      // The gap that has not ended: a player who is told nothing any more has no others.
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
