/**
 * What a spectator is shown late: state and events wait in the order in which they were sent. Everything else (chat,
 * notices, answers) goes at once, and so does the first state, for it comes with an empty view.
 */
import type { Client } from "@colyseus/core";
import { interceptFrames, isStateFrame, postdate } from "#server/colyseus/internals.ts";
import { SPECTATOR_DELAY_MS } from "#shared/config.ts";

interface Held {
  readonly sinceMs: number;
  readonly go: (afterMs: number) => void;
}

export class SpectatorDelay {
  readonly #nowMs: () => number;
  readonly #undo: () => void;
  readonly #queue: Held[] = [];
  #stateSent = false;

  /** From now on, on the room's clock. */
  constructor(client: Client, nowMs: () => number) {
    this.#nowMs = nowMs;
    this.#undo = interceptFrames(client, (go, data, options, done) => {
      if (!isStateFrame(data) || !this.#stateSent) {
        this.#stateSent ||= isStateFrame(data);
        return go(data, options, done);
      }
      // A copy: frames are cut from blocks that hold many, and would keep all of a block.
      const frame = Buffer.from(data);
      this.hold((afterMs) => {
        // The client tells the server's time by it, and must not take itself to be ahead.
        postdate(frame, afterMs);
        go(frame, options, done);
      });
    });
  }

  /** `go` is told how many ms it had to wait. */
  hold(go: (afterMs: number) => void): void {
    this.#queue.push({ sinceMs: this.#nowMs(), go });
  }

  /** Lets go what has waited for long enough. */
  release(): void {
    for (;;) {
      const waitedMs = this.#nowMs() - (this.#queue[0]?.sinceMs ?? Number.POSITIVE_INFINITY);
      if (waitedMs < SPECTATOR_DELAY_MS) return;
      this.#queue.shift()?.go(Math.round(waitedMs));
    }
  }

  /** What waits is never sent: what is true now comes instead. */
  end(): void {
    this.#queue.length = 0;
    this.#undo();
  }
}
