/**
 * Estimates the server's time for a spectator from the arrival of patches. The SDK's clock follows the acks of commands,
 * which a spectator does not send, and a delayed spectator's patches are ten seconds old.
 */
import type { RoomClockLike } from "@colyseus/sdk";
import type { ArenaLink } from "./arenaLink.ts";

/** A larger difference is a jump: a delay began or ended, or the room was paused. */
const JUMP_MS = 500;
/** The fastest patch sets the clock, which drifts back at this rate, because network paths change. */
const FORGET_MS_PER_SEC = 2;

export interface PlayoutClock extends RoomClockLike {
  dispose(): void;
}

type Timed = Pick<ArenaLink, "clock" | "onStateChange">;

/** `now` returns ms on a monotonic clock. */
export function createPlayoutClock(room: Timed, now: () => number = () => performance.now()): PlayoutClock {
  const { clock } = room;
  /** Server time minus page time, by the patch with the shortest transit. */
  let leadMs: number | undefined;
  let updatedAtMs = now();

  const update = () => {
    const atMs = now();
    const seenMs = clock.lastServerTime() - atMs;
    const expectedMs = (leadMs ?? seenMs) - (FORGET_MS_PER_SEC * (atMs - updatedAtMs)) / 1000;
    leadMs = Math.abs(seenMs - expectedMs) > JUMP_MS ? seenMs : Math.max(seenMs, expectedMs);
    updatedAtMs = atMs;
  };
  room.onStateChange(update);

  const serverNow = () => now() + (leadMs ?? 0);
  return {
    now,
    serverNow,
    renderNow: serverNow,
    // The arrival times include the transit already.
    rtt: () => 0,
    smoothedRtt: () => 0,
    jitter: () => clock.jitter(),
    lastServerTime: () => clock.lastServerTime(),
    patchInterval: () => clock.patchInterval?.() ?? 0,
    sample: () => {},
    dispose: () => room.onStateChange.remove(update),
  };
}
