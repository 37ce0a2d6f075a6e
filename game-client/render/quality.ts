/** Steps resolution and particles down when frames stay late, as with a software renderer. */

/** A higher resolution costs GPU time without a visible gain. */
const PIXEL_RATIO_MAX = 2;
/** Longest side of the canvas that every GPU can draw. */
const SIDE_MAX_PX = 4096;

export interface QualityLevel {
  /** Factor of the screen's resolution. */
  readonly backing: number;
  /** Most pixels of the canvas: what a frame costs a weak GPU grows with them, however fine the screen is. */
  readonly pixelsMax: number;
  /** Factor of the number of particles that an effect asks for. */
  readonly particles: number;
}

const QUALITY_LEVELS: readonly [QualityLevel, ...QualityLevel[]] = [
  // As many as a 4K screen has, as 2560 × 1440, and as 1440 × 900.
  { backing: 1, pixelsMax: 8_294_400, particles: 1 },
  { backing: 0.75, pixelsMax: 3_686_400, particles: 0.6 },
  { backing: 0.6, pixelsMax: 1_296_000, particles: 0.4 },
];

/** Canvas px per CSS px, for a canvas of `width` × `height` CSS px on a screen of `pixelRatio`. */
export function canvasRatio(
  { backing, pixelsMax }: QualityLevel,
  width: number,
  height: number,
  pixelRatio: number,
): number {
  const wanted = Math.min(pixelRatio, PIXEL_RATIO_MAX) * backing;
  const bySide = SIDE_MAX_PX / Math.max(width, height, 1);
  const byArea = Math.sqrt(pixelsMax / Math.max(width * height, 1));
  return Math.min(wanted, bySide, byArea);
}

const WINDOW_FRAMES = 60;
/** Median frame time above which the quality steps down. */
const LATE_MS = 22;
/** Median frame time at 60 Hz without late frames, with some slack. */
const EASY_MS = 17.5;
/** Easy windows in a row that the single step back up requires. */
const EASY_WINDOWS = 10;
/** Longer gaps come from a hidden tab or a loading page and are ignored. */
const GAP_MS = 250;

export interface CanvasSize {
  readonly width: number;
  readonly height: number;
}

export class Quality {
  readonly #frames = new Float64Array(WINDOW_FRAMES);
  #count = 0;
  #easyWindows = 0;
  #mayRise = true;
  #index = 0;
  readonly #listeners = new Set<(level: QualityLevel) => void>();
  #filmSize: CanvasSize | undefined;

  /** Size of the canvas while a video is made, px. Meanwhile, no frame counts as late. */
  get filmSize(): CanvasSize | undefined {
    return this.#filmSize;
  }

  set filmSize(size: CanvasSize | undefined) {
    this.#filmSize = size;
    this.#tell();
  }

  get level(): QualityLevel {
    return QUALITY_LEVELS[this.#index] ?? QUALITY_LEVELS[0];
  }

  /** Calls `listener` when the level or the film's size changes; returns a function that stops it. */
  onChange(listener: (level: QualityLevel) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Call once a frame with the unsmoothed time since the last frame (Phaser: `game.loop.rawDelta`). */
  frame(deltaMs: number): void {
    if (deltaMs > GAP_MS || this.#filmSize) return;
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
    // One step up helps a machine that was busy at first; more steps would oscillate.
    if (this.#index === 0 || !this.#mayRise || this.#easyWindows < EASY_WINDOWS) return;
    this.#mayRise = false;
    this.#step(-1);
  }

  #step(by: 1 | -1): void {
    const next = this.#index + by;
    if (next < 0 || next >= QUALITY_LEVELS.length) return;
    this.#index = next;
    this.#tell();
  }

  #tell(): void {
    for (const listener of this.#listeners) listener(this.level);
  }
}
