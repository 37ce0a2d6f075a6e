/**
 * Delays a spectator's states and events by SPECTATOR_DELAY_MS, in order. Chat, notices, answers and pings are not
 * delayed; neither is the first full state of a client that has seen the present until now, and must learn that it
 * watches: its view is empty, and the rest, such as who carries a flag, it knew.
 */
import type { Client } from "@colyseus/core";
import { interceptFrames, isStateFrame, postdate } from "#server/colyseus/internals.ts";
import { SPECTATOR_DELAY_MS } from "#shared/config.ts";

interface Held {
  readonly sinceMs: number;
  readonly send: (waitedMs: number) => void;
}

export class SpectatorDelay {
  readonly #nowMs: () => number;
  readonly #stopIntercepting: () => void;
  readonly #queue: Held[] = [];
  #passesState: boolean;

  /** Delays the client's frames from now on. `nowMs` reads the room's clock. */
  constructor(client: Client, nowMs: () => number, hasSeenPresent: boolean) {
    this.#nowMs = nowMs;
    this.#passesState = hasSeenPresent;
    this.#stopIntercepting = interceptFrames(client, (send, data, options, done) => {
      const isState = isStateFrame(data);
      if (!isState || this.#passesState) {
        if (isState) this.#passesState = false;
        return send(data, options, done);
      }
      // A copy, because the frame would keep its whole block in memory.
      const frame = Buffer.from(data);
      this.hold((waitedMs) => {
        // Re-stamped, so that the SDK's clock follows the delay.
        postdate(frame, waitedMs);
        send(frame, options, done);
      });
    });
  }

  /** Queues `send`, which receives how long it waited, ms. */
  hold(send: (waitedMs: number) => void): void {
    this.#queue.push({ sinceMs: this.#nowMs(), send });
  }

  /** Sends everything that has waited for the delay. */
  release(): void {
    for (;;) {
      const waitedMs = this.#nowMs() - (this.#queue[0]?.sinceMs ?? Number.POSITIVE_INFINITY);
      if (waitedMs < SPECTATOR_DELAY_MS) return;
      this.#queue.shift()?.send(Math.round(waitedMs));
    }
  }

  /** Drops what still waits and delays nothing more: the caller sends the present state instead. */
  end(): void {
    this.#queue.length = 0;
    this.#stopIntercepting();
  }
}
