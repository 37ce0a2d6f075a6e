/** The clock of shots and effects, which stands still while the room is paused. */

export interface FightClock {
  /**
   * Call once a frame with its time stamp and the time since the last frame. Returns both on the fight's clock.
   */
  advance(frameMs: number, deltaMs: number, isPaused: boolean): { nowMs: number; deltaMs: number };
}

export function createFightClock(): FightClock {
  let lastMs: number | undefined;
  let pausedMs = 0;
  return {
    advance(frameMs, deltaMs, isPaused) {
      if (isPaused && lastMs !== undefined) pausedMs += frameMs - lastMs;
      lastMs = frameMs;
      return { nowMs: frameMs - pausedMs, deltaMs: isPaused ? 0 : deltaMs };
    },
  };
}
