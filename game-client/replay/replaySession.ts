/** A replay that is being watched: its room, which holds the moment under the playhead, and the time of the picture. */
import type { Playout } from "#client/net/playout.ts";
import type { ReplayInfo } from "#shared/replay/replay.ts";
import { ReplayError } from "#shared/replay/replayError.ts";
import { Playhead, type Segments } from "./playhead.ts";
import { isWhole, ReplayRoom } from "./replayRoom.ts";

export interface ReplaySession {
  readonly info: ReplayInfo;
  readonly room: ReplayRoom;
  readonly playhead: Playhead;
  readonly playout: Playout;
}

/**
 * `failed`: a part of the replay could not be had, or is damaged; the replay pauses there, and may go on elsewhere. Throws a
 * ReplayError.
 */
export function openReplay(
  info: ReplayInfo,
  segments: Segments,
  failed: (error: unknown) => void,
): ReplaySession {
  const { head } = info;
  const room = new ReplayRoom(head.room, bytesOf(head.handshake));
  /** Once a frame could not be handled, the state is anything: only a whole one helps. */
  let isBroken = false;
  const listeners = new Set<() => void>();
  /** Of the frame that was fed last. */
  let fedAtMs = 0;
  const playhead = new Playhead({
    segments,
    lengthMs: info.segments.at(-1)?.toMs ?? 0,
    feed(frame, isPast) {
      fedAtMs = frame.atMs;
      if (isBroken && !isWhole(frame.bytes)) return;
      try {
        room.feed(frame.bytes, isPast);
        isBroken = false;
      } catch (error) {
        isBroken = true;
        playhead.pause();
        failed(error);
      }
    },
    jumped: () => {
      for (const jumped of listeners) jumped();
    },
    failed,
  });
  // The clock of the room that was recorded.
  const serverNow = () => room.clock.lastServerTime() + playhead.atMs - fedAtMs;
  const playout: Playout = {
    clock: {
      now: serverNow,
      serverNow,
      renderNow: serverNow,
      rtt: () => 0,
      smoothedRtt: () => 0,
      jitter: () => 0,
      lastServerTime: () => room.clock.lastServerTime(),
      patchInterval: () => head.patchMs,
      sample: () => {},
    },
    advance: (deltaMs) => void playhead.advance(deltaMs),
    rate: () => (playhead.isPlaying && !playhead.isLoading ? playhead.rate : 0),
    onJump(jumped) {
      listeners.add(jumped);
      return () => void listeners.delete(jumped);
    },
    dispose() {},
  };
  return { info, room, playhead, playout };
}

function bytesOf(base64: string): Uint8Array {
  try {
    return Uint8Array.from(atob(base64), (char) => char.charCodeAt(0));
  } catch (cause) {
    throw new ReplayError("damaged", { cause });
  }
}
