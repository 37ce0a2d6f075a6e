/** A room writes its replay to a tape. No call throws or waits: a failure ends the tape, and the match goes on. */
import type { ReplayEnd, ReplayHead } from "#shared/replay/replay.ts";

/** Frames (shared/replay/frames.ts) that begin with a whole state; times are ms since the replay's beginning. */
export interface Segment {
  readonly fromMs: number;
  readonly toMs: number;
  readonly frames: Uint8Array;
}

/** A replay that is being written. A room that goes on in another process leaves it as it is. */
export interface Tape {
  /** Whether it takes no more: writing has failed, or the replay is finished or discarded. */
  readonly isOver: boolean;
  add(segment: Segment): void;
  /** Says that it has a writer, which has nothing to add for a while. */
  touch(): void;
  /** The replay is whole, and can be watched from now on. */
  finish(end: Pick<ReplayEnd, "marks" | "people">): void;
  /** Deletes the replay. */
  discard(): void;
}

export interface Tapes {
  open(head: ReplayHead): Tape;
  /** Goes on with the replay of a match that an earlier instance of the room has left. */
  resume(match: string): Tape;
}
