/** What one light client received: patches, the intervals between them, and the latency of its commands. */
import { AIM_STEPS } from "#loadtest/bench/scenarios/script.ts";
import type { Line } from "./line.ts";

export interface Seen {
  readonly patches: number;
  /** Between consecutive patches, ms. */
  readonly intervalsMs: readonly number[];
  /** From sending a command to the first patch that shows it, ms. Empty for a client that does not decode. */
  readonly latenciesMs: readonly number[];
}

export class Tally {
  readonly #line: Line;
  /** Whether it decodes patches. That costs CPU, so only some clients do. */
  readonly #looks: boolean;
  /** When each command was sent, by its number modulo AIM_STEPS. */
  readonly #sentMs = new Float64Array(AIM_STEPS);
  #patches = 0;
  #intervalsMs: number[] = [];
  #latenciesMs: number[] = [];
  #lastPatchMs = 0;
  #lastShown = 0;
  /** Whether the last patch showed a command: what was sent while none showed is shown by no patch. */
  #shows = true;

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
    if (shown !== undefined) {
      if (this.#shows) this.#noteShown(shown, nowMs);
      else this.#lastShown = shown;
    }
    this.#shows = shown !== undefined;
  }

  /** A patch that shows a command shows all commands before it, too. */
  #noteShown(shown: number, nowMs: number): void {
    const newer = (shown - this.#lastShown + AIM_STEPS) % AIM_STEPS;
    // Patches arrive in order: a number that seems older is from another client's aim.
    if (newer >= AIM_STEPS / 2) return;
    for (let back = newer - 1; back >= 0; back--) {
      const sentMs = this.#sentMs[(shown - back + AIM_STEPS) % AIM_STEPS] ?? 0;
      if (sentMs > 0) this.#latenciesMs.push(nowMs - sentMs);
    }
    this.#lastShown = shown;
  }
}
