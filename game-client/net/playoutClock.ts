/**
 * The server's time as a spectator sees it: by when patches arrive. The SDK's own clock corrects itself by
 * acknowledged commands, and who watches sends none; and a delayed spectator's patches are ten seconds old.
 */
import type { RoomClockLike } from "@colyseus/sdk";
import type { ArenaLink } from "./arenaLink.ts";

/** Farther apart, and time itself has jumped: a delay began or ended, the room was paused. */
const JUMP_MS = 500;
/** Patches that come earlier than ever set the clock; it forgets them this slowly, as paths through the network change. */
const FORGET_MS_PER_SEC = 2;

export interface PlayoutClock extends RoomClockLike {
  dispose(): void;
}

type Timed = Pick<ArenaLink, "clock" | "onStateChange">;

/** `now` is in ms, monotonic. */
export function createPlayoutClock(room: Timed, now: () => number = () => performance.now()): PlayoutClock {
  const { clock } = room;
  /** The server's time less this page's; of the patch that took the least time to come. */
  let leadMs: number | undefined;
  let learntAtMs = now();

  const learn = () => {
    const atMs = now();
    const seenMs = clock.lastServerTime() - atMs;
    const held = (leadMs ?? seenMs) - (FORGET_MS_PER_SEC * (atMs - learntAtMs)) / 1000;
    leadMs = Math.abs(seenMs - held) > JUMP_MS ? seenMs : Math.max(seenMs, held);
    learntAtMs = atMs;
  };
  room.onStateChange(learn);

  const serverNow = () => now() + (leadMs ?? 0);
  return {
    now,
    serverNow,
    renderNow: serverNow,
    // The way of a patch is in its arrival already.
    rtt: () => 0,
    smoothedRtt: () => 0,
    jitter: () => clock.jitter(),
    lastServerTime: () => clock.lastServerTime(),
    patchInterval: () => clock.patchInterval?.() ?? 0,
    sample: () => {},
    dispose: () => room.onStateChange.remove(learn),
  };
}
