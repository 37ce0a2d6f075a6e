/** What a room writes a replay to. Nothing here throws or waits: a failure ends the tape, and the match goes on. */
import type { ReplayEnd, ReplayHead } from "#shared/replay/replay.ts";

/** Frames (shared/replay/frames.ts) that begin with a whole state; times are ms since the replay's beginning. */
export interface Segment {
  readonly fromMs: number;
  readonly toMs: number;
  readonly frames: Uint8Array;
}

/** A replay that is being written. */
export interface Tape {
  add(segment: Segment): void;
  /** The replay is whole, and can be watched from now on. */
  finish(end: Pick<ReplayEnd, "marks" | "people">): void;
  /** Deletes the replay. */
  discard(): void;
}

export type OpenTape = (head: ReplayHead) => Tape;
