/** Time as shots and effects know it: it stands still while the room is paused. */

export interface FightClock {
  /** Once a frame, in ms: how late it is, and how much has passed since the last frame. */
  turn(frameMs: number, deltaMs: number, paused: boolean): { nowMs: number; deltaMs: number };
}

export function createFightClock(): FightClock {
  let lastMs: number | undefined;
  let stoodMs = 0;
  return {
    turn(frameMs, deltaMs, paused) {
      if (paused && lastMs !== undefined) stoodMs += frameMs - lastMs;
      lastMs = frameMs;
      return { nowMs: frameMs - stoodMs, deltaMs: paused ? 0 : deltaMs };
    },
  };
}
