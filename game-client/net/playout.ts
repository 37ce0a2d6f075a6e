/** The time that a spectator's picture shows, and its jumps: of a live room, or of a replay. */
import type { RoomClockLike } from "@colyseus/sdk";
import type { ArenaLink } from "./arenaLink.ts";
import { createPlayoutClock } from "./playoutClock.ts";

/** A frame of the picture: its time stamp, and the time since the last one. */
export interface FrameTime {
  readonly nowMs: number;
  readonly deltaMs: number;
}

export interface Playout {
  readonly clock: RoomClockLike;
  /** The frame that is drawn now, as the browser tells it, or at an exact step while a video is made. */
  frame(browser: FrameTime): FrameTime;
  /** Call once a frame, before the state is read, with the time since the last frame, ms. */
  advance(deltaMs: number): void;
  /** How many ms of the fight pass in one ms: 0 while it stands still. */
  rate(isPaused: boolean): number;
  /** Calls `jumped` when the picture shows another moment. The returned function ends that. */
  onJump(jumped: () => void): () => void;
  /**
   * How long ago the event that is being handled happened, ms. Undefined but after a jump, which recalls what was news at
   * the moment that it shows.
   */
  readonly recalledMs: number | undefined;
  /** Whether the fight sounds: a replay does not while it is stepped through, or runs too fast to listen to. */
  readonly isHeard: boolean;
  dispose(): void;
}

/** The playout of a live room, whose patches bring the time. `watches`: a spectator, whose page sends no commands to measure it by. */
export function livePlayout(room: ArenaLink, watches: boolean): Playout {
  const clock = watches ? createPlayoutClock(room) : undefined;
  return {
    clock: clock ?? room.clock,
    frame: (browser) => browser,
    advance() {},
    rate: (isPaused) => (isPaused ? 0 : 1),
    onJump: () => () => {},
    recalledMs: undefined,
    isHeard: true,
    dispose: () => clock?.dispose(),
  };
}
