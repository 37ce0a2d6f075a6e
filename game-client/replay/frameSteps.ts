/** The time stamps of a replay's frames: the browser's, or exact steps while a video is made. They never go back. */
import type { FrameTime } from "#client/net/playout.ts";

export class FrameSteps {
  #stepMs: number | undefined;
  #lastMs = 0;
  /** Videos that were made faster than they play: by so much the stamps are ahead of the browser's. */
  #aheadMs = 0;

  get isStepped(): boolean {
    return this.#stepMs !== undefined;
  }

  /** Each frame takes `stepMs` from now on; undefined for as long as the browser takes. */
  step(stepMs: number | undefined): void {
    this.#stepMs = stepMs;
  }

  /** Call once a frame. */
  next({ nowMs, deltaMs }: FrameTime): FrameTime {
    const stepMs = this.#stepMs;
    if (stepMs === undefined) {
      this.#aheadMs = Math.max(this.#aheadMs, this.#lastMs - nowMs);
      this.#lastMs = nowMs + this.#aheadMs;
    } else this.#lastMs += stepMs;
    return { nowMs: this.#lastMs, deltaMs: stepMs ?? deltaMs };
  }
}
