/** A replay that is being watched: its room, which holds the moment under the playhead, and the time of the picture. */
import type { Playout } from "#client/net/playout.ts";
import type { ClipRange } from "#client/ui/replay/clipModel.ts";
import type { ReplayInfo } from "#shared/replay/replay.ts";
import { ReplayError } from "#shared/replay/replayError.ts";
import { loopOver } from "./clipLoop.ts";
import { FrameSteps } from "./frameSteps.ts";
import { Playhead, type Rate, type Segments } from "./playhead.ts";
import { isWhole, ReplayRoom } from "./replayRoom.ts";

export interface ReplaySession {
  readonly info: ReplayInfo;
  readonly room: ReplayRoom;
  readonly playhead: Playhead;
  readonly playout: Playout;
  readonly steps: FrameSteps;
}

/** The highest rate with sound: a faster fight is noise. */
const HEARD_UP_TO: Rate = 2;

/**
 * `failed`: a part of the replay could not be had, or is damaged; the replay pauses there, and may go on elsewhere.
 * `looped`: the part that plays again and again. Throws a ReplayError.
 */
export function openReplay(
  info: ReplayInfo,
  segments: Segments,
  failed: (error: unknown) => void,
  looped: () => ClipRange | undefined = () => undefined,
): ReplaySession {
  const { head } = info;
  const room = new ReplayRoom(head.room, bytesOf(head.handshake));
  /** Once a frame could not be handled, the state is anything: only a whole one helps. */
  let isBroken = false;
  const listeners = new Set<() => void>();
  /** The moment of the last frame, and how fast the fight has passed since the one before. */
  const shown = { atMs: 0, rate: 0 };
  let recalledMs: number | undefined;
  /** Whether there is a scene: the jump before it was neither heard nor seen. */
  let isSeen = false;
  /** The moment of the frame that was fed last. */
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
      shown.atMs = playhead.atMs;
      loop.jumped();
      for (const jumped of listeners) jumped();
    },
    recall({ bytes }, agoMs) {
      recalledMs = agoMs;
      try {
        room.recall(bytes);
      } catch {
        // The moment lacks this event only; whoever plays to it is told that it is damaged.
      }
      recalledMs = undefined;
    },
    failed,
  });
  // The clock of the room that was recorded.
  const serverNow = () => room.clock.lastServerTime() + playhead.atMs - fedAtMs;
  const steps = new FrameSteps();
  const loop = loopOver(playhead, looped);
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
      // From one pose of a moving drone to the next.
      patchInterval: () => head.patchMs,
      sample: () => {},
    },
    advance(deltaMs) {
      // A scene has seen no movement yet, and has missed the news.
      if (!isSeen && !playhead.isLoading) void playhead.seek(playhead.atMs);
      isSeen = true;
      // Whoever steps the frames moves the playhead as well.
      if (!steps.isStepped) playhead.advance(deltaMs);
      // A step moves the playhead, too.
      shown.rate = deltaMs > 0 ? (playhead.atMs - shown.atMs) / deltaMs : 0;
      shown.atMs = playhead.atMs;
      loop.advanced();
    },
    rate: () => shown.rate,
    onJump(jumped) {
      listeners.add(jumped);
      return () => void listeners.delete(jumped);
    },
    get recalledMs() {
      return recalledMs;
    },
    get isHeard() {
      return playhead.isPlaying && playhead.rate <= HEARD_UP_TO;
    },
    dispose() {},
  };
  return { info, room, playhead, playout, steps };
}

function bytesOf(base64: string): Uint8Array {
  try {
    return Uint8Array.from(atob(base64), (char) => char.charCodeAt(0));
  } catch (cause) {
    throw new ReplayError("damaged", { cause });
  }
}
