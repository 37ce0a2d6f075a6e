/** A replay that is being watched: its room, which holds the moment under the playhead, and the time of the picture. */
import type { Playout } from "#client/net/playout.ts";
import { clipRange } from "#client/ui/replay/clipModel.ts";
import type { ReplayInfo } from "#shared/replay/replay.ts";
import { loopOver } from "./clipLoop.ts";
import { FrameSteps } from "./frameSteps.ts";
import { Playhead, type Segments } from "./playhead.ts";
import { ReplayRoom } from "./replayRoom.ts";

export interface ReplaySession {
  readonly info: ReplayInfo;
  readonly room: ReplayRoom;
  readonly playhead: Playhead;
  readonly playout: Playout;
  readonly steps: FrameSteps;
}

/** `failed`: a part of the replay could not be had. */
export function openReplay(
  info: ReplayInfo,
  segments: Segments,
  failed: (error: unknown) => void,
): ReplaySession {
  const { head } = info;
  const room = new ReplayRoom(head.room, bytesOf(head.handshake));
  const listeners = new Set<() => void>();
  /** Of the frame that was fed last. */
  let fedAtMs = 0;
  const playhead = new Playhead({
    segments,
    lengthMs: info.segments.at(-1)?.toMs ?? 0,
    feed(frame, isPast) {
      fedAtMs = frame.atMs;
      room.feed(frame.bytes, isPast);
    },
    jumped: () => {
      for (const jumped of listeners) jumped();
    },
    failed,
  });
  // The clock of the room that was recorded.
  const serverNow = () => room.clock.lastServerTime() + playhead.atMs - fedAtMs;
  const steps = new FrameSteps();
  const loop = loopOver(playhead, () => clipRange.peek());
  listeners.add(loop.jumped);
  const playout: Playout = {
    frame: (browser) => steps.next(browser),
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
    advance(deltaMs) {
      // Whoever steps the frames moves the playhead as well.
      if (steps.isStepped) return;
      playhead.advance(deltaMs);
      loop.advanced();
    },
    rate: () => (steps.isStepped ? 1 : playhead.isPlaying && !playhead.isLoading ? playhead.rate : 0),
    onJump(jumped) {
      listeners.add(jumped);
      return () => void listeners.delete(jumped);
    },
    dispose() {},
  };
  return { info, room, playhead, playout, steps };
}

const bytesOf = (base64: string): Uint8Array => Uint8Array.from(atob(base64), (char) => char.charCodeAt(0));
