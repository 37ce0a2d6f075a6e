/** The clock of shots and effects: it stands still while the room is paused, and passes with the playhead in a replay. */

export interface FightClock {
  /**
   * Call once a frame with its time stamp and the time since the last frame. Returns both on the fight's clock, of which
   * `rate` ms pass in one: 0 while the fight stands still.
   */
  advance(frameMs: number, deltaMs: number, rate: number): { nowMs: number; deltaMs: number };
}

export function createFightClock(): FightClock {
  let last: { frameMs: number; nowMs: number } | undefined;
  return {
    advance(frameMs, deltaMs, rate) {
      const nowMs = last ? last.nowMs + (frameMs - last.frameMs) * rate : frameMs;
      last = { frameMs, nowMs };
      return { nowMs, deltaMs: deltaMs * rate };
    },
  };
}
