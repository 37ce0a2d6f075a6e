/** Shows a part of a replay again and again. */
import type { ClipRange } from "#client/ui/replay/clipModel.ts";
import type { Playhead } from "./playhead.ts";

export interface ClipLoop {
  /** Call after the playhead has advanced. */
  advanced(): void;
  /** Call when the playhead has jumped. */
  jumped(): void;
}

/** A viewer who jumps out of the part is left alone. */
export function loopOver(
  playhead: Pick<Playhead, "atMs" | "isAtEnd" | "seek" | "play">,
  range: () => ClipRange | undefined,
): ClipLoop {
  let beforeMs = playhead.atMs;
  return {
    advanced() {
      const { atMs } = playhead;
      const part = range();
      const isOver = part !== undefined && beforeMs < part.toMs && atMs >= part.toMs;
      beforeMs = atMs;
      if (!isOver) return;
      // A playhead that has come to the end has stopped.
      void playhead.seek(part.fromMs).then(() => playhead.play());
    },
    jumped() {
      beforeMs = playhead.atMs;
    },
  };
}
