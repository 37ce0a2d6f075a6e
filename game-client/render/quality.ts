/** Steps resolution and particles down by itself when frames are late for a while (software renderers exist). */

export interface QualityLevel {
  /** Of the screen's own resolution. */
  readonly backing: number;
  /** Of the number of particles that an effect asks for. */
  readonly particles: number;
}

export const QUALITY_LEVELS: readonly [QualityLevel, ...QualityLevel[]] = [
  { backing: 1, particles: 1 },
  { backing: 0.75, particles: 0.6 },
  { backing: 0.6, particles: 0.4 },
];

const WINDOW_FRAMES = 60;
const LATE_MS = 22;
/** What 60 Hz gives when nothing is late, with some slack. */
const EASY_MS = 17.5;
/** Windows in a row that must be easy before the one step back up. */
const EASY_WINDOWS = 10;
/** Longer gaps are a hidden tab or a loading page and say nothing about drawing. */
const GAP_MS = 250;

export class Quality {
  readonly #frames = new Float64Array(WINDOW_FRAMES);
  #count = 0;
  #easyWindows = 0;
  #mayRise = true;
  #index = 0;
  readonly #listeners = new Set<(level: QualityLevel) => void>();

  get level(): QualityLevel {
    return QUALITY_LEVELS[this.#index] ?? QUALITY_LEVELS[0];
  }

  /** Called when the level changes; returns how to stop that. */
  onChange(listener: (level: QualityLevel) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Once a frame, with the unsmoothed time since the last (Phaser: `game.loop.rawDelta`). */
  frame(deltaMs: number): void {
    if (deltaMs > GAP_MS) return;
    this.#frames[this.#count++] = deltaMs;
    if (this.#count < WINDOW_FRAMES) return;
    this.#count = 0;
    this.#judge(this.#frames.sort()[WINDOW_FRAMES / 2] ?? 0);
  }

  #judge(medianMs: number): void {
    if (medianMs > LATE_MS) {
      this.#easyWindows = 0;
      this.#step(1);
      return;
    }
    this.#easyWindows = medianMs < EASY_MS ? this.#easyWindows + 1 : 0;
    // Rising once catches a machine that was busy at first; rising again would only swing to and fro.
    if (this.#index === 0 || !this.#mayRise || this.#easyWindows < EASY_WINDOWS) return;
    this.#mayRise = false;
    this.#step(-1);
  }

  #step(by: 1 | -1): void {
    const next = this.#index + by;
    if (next < 0 || next >= QUALITY_LEVELS.length) return;
    this.#index = next;
    for (const listener of this.#listeners) listener(this.level);
  }
}
