/** What one light client has seen: bytes, patches and when they came, and how long its commands took. */

import { AIM_STEPS } from "#loadtest/bench/scenario.ts";
import type { Line } from "./line.ts";

export interface Seen {
  readonly patches: number;
  /** Between two patches in a row, ms. */
  readonly intervalsMs: readonly number[];
  /** From sending a command to the patch that shows it, ms. Empty unless the client was asked to look. */
  readonly latenciesMs: readonly number[];
}

export class Tally {
  readonly #line: Line;
  /** Looking into every patch costs the generator, so only some do. */
  readonly #looks: boolean;
  /** When a command was sent, by its number modulo AIM_STEPS. */
  readonly #sentMs = new Float64Array(AIM_STEPS);
  #patches = 0;
  #intervalsMs: number[] = [];
  #latenciesMs: number[] = [];
  #lastPatchMs = 0;
  #lastShown = 0;

  constructor(line: Line, looks: boolean) {
    this.#line = line;
    this.#looks = looks;
    line.socket.on("message", (frame: Buffer) => {
      if (line.isPatch(frame)) this.#note(frame);
    });
  }

  noteSent(command: number, atMs: number): void {
    this.#sentMs[command % AIM_STEPS] = atMs;
  }

  /** Counts from here on. */
  reset(): void {
    this.#patches = 0;
    this.#intervalsMs = [];
    this.#latenciesMs = [];
  }

  get seen(): Seen {
    return { patches: this.#patches, intervalsMs: this.#intervalsMs, latenciesMs: this.#latenciesMs };
  }

  #note(patch: Buffer): void {
    const nowMs = performance.now();
    this.#patches++;
    if (this.#lastPatchMs > 0) this.#intervalsMs.push(nowMs - this.#lastPatchMs);
    this.#lastPatchMs = nowMs;
    if (!this.#looks) return;
    const shown = this.#line.commandIn(patch);
    if (shown !== undefined) this.#noteShown(shown, nowMs);
  }

  /** All commands since the last one that was shown are shown now. */
  #noteShown(shown: number, nowMs: number): void {
    const newer = (shown - this.#lastShown + AIM_STEPS) % AIM_STEPS;
    // Patches come in order: what looks older is none of ours.
    if (newer >= AIM_STEPS / 2) return;
    for (let back = newer - 1; back >= 0; back--) {
      const sentMs = this.#sentMs[(shown - back + AIM_STEPS) % AIM_STEPS] ?? 0;
      if (sentMs > 0) this.#latenciesMs.push(nowMs - sentMs);
    }
    this.#lastShown = shown;
  }
}
