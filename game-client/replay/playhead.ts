/**
 * Plays a replay: feeds recorded frames when their time has come, at any rate, and jumps to any moment by feeding the
 * segment of that moment from its beginning. Times are ms since the replay's beginning.
 */
import type { Frame } from "#shared/replay/frames.ts";
import { RATES, type Rate } from "#shared/replay/screening.ts";

export { RATES, type Rate };

export interface Segments {
  /** The moment at which each begins, in order. */
  readonly starts: readonly number[];
  /** Rejects with a ReplayError, or when the server cannot be reached. */
  frames(index: number): Promise<readonly Frame[]>;
}

export interface PlayheadParts {
  readonly segments: Segments;
  readonly lengthMs: number;
  /** Handles a frame. `isPast`: on the way to a later moment, so that its sounds and effects are over. */
  feed(frame: Frame, isPast: boolean): void;
  /**
   * The moment has changed other than by playing: whatever remembers movement begins anew. The last frames before the
   * moment follow, so that movement is known again.
   */
  jumped(): void;
  /** After a jump: a frame of the time before, whose events were news at the moment that is shown. */
  recall(frame: Frame, agoMs: number): void;
  /** A segment could not be had; the replay has paused. */
  failed(error: unknown): void;
}

/** A longer frame counts as this one: after it was hidden, a tab goes on where it was. */
const FRAME_MAX_MS = 250;
/**
 * Frames of this long before a jump's moment teach movement: more than the delay of interpolation and the pose before that,
 * so that a jump shows the same picture as playing through.
 */
const WARM_MS = 500;
/** An event is news for this long. */
const RECALL_MS = 6000;

export class Playhead {
  readonly #parts: PlayheadParts;
  #atMs = 0;
  #rate: Rate = 1;
  #pace = 1;
  #isPlaying = false;
  /** The segment under the head, its frames, and the first of them that is not fed yet. */
  #index = -1;
  #frames: readonly Frame[] = [];
  #next = 0;
  /** Number of the newest jump: an older one that loads later changes nothing. */
  #jump = 0;
  #isLoading = false;

  constructor(parts: PlayheadParts) {
    this.#parts = parts;
  }

  get atMs(): number {
    return this.#atMs;
  }

  get rate(): Rate {
    return this.#rate;
  }

  /** Whether time passes, or will once the segment is there. */
  get isPlaying(): boolean {
    return this.#isPlaying;
  }

  /** Whether a segment is awaited. */
  get isLoading(): boolean {
    return this.#isLoading;
  }

  get isAtEnd(): boolean {
    return this.#atMs >= this.#parts.lengthMs;
  }

  setRate(rate: Rate): void {
    this.#rate = rate;
  }

  /** A factor of the rate, by which a viewer catches up with others. */
  setPace(pace: number): void {
    this.#pace = pace;
  }

  /** At the end it begins again. */
  async play(): Promise<void> {
    this.#isPlaying = true;
    if (this.isAtEnd) await this.seek(0);
  }

  pause(): void {
    this.#isPlaying = false;
  }

  /** Shows another moment. Resolves when it is shown, or when a later jump has replaced this one; never rejects. */
  async seek(toMs: number): Promise<void> {
    const { segments, lengthMs } = this.#parts;
    const ms = Math.min(Math.max(toMs, 0), lengthMs);
    const index = Math.max(
      segments.starts.findLastIndex((fromMs) => fromMs <= ms),
      0,
    );
    const loaded = await this.#load(Promise.all([segments.frames(index), this.#before(index, ms)]));
    if (!loaded) return;
    const [frames, earlier] = loaded;
    const isWarmBefore = earlier.length > 0 && ms - WARM_MS < (segments.starts[index] ?? 0);
    if (isWarmBefore) this.#enter(index - 1, earlier);
    else this.#enter(index, frames);
    this.#feedUntil(ms - WARM_MS, true);
    this.#atMs = ms;
    this.#parts.jumped();
    if (isWarmBefore) {
      this.#feedUntil(ms, true);
      this.#enter(index, frames);
    }
    this.#feedUntil(ms, true);
    for (const frame of [...earlier, ...frames.slice(0, this.#next)])
      if (ms - frame.atMs <= RECALL_MS) this.#parts.recall(frame, ms - frame.atMs);
  }

  /**
   * The segment before this one, if its events may still be news at `ms`. Without it, the moment lacks only these, and near the
   * border the last bit of movement.
   */
  async #before(index: number, ms: number): Promise<readonly Frame[]> {
    const { starts, frames } = this.#parts.segments;
    const isNews = index > 0 && ms - (starts[index] ?? 0) < RECALL_MS;
    return isNews ? frames(index - 1).catch(() => []) : [];
  }

  /** Shows a later moment as if the replay had played to it at once. Resolves when it is shown, or cannot be had. */
  async playTo(toMs: number): Promise<void> {
    const { segments, lengthMs } = this.#parts;
    const ms = Math.min(toMs, lengthMs);
    for (;;) {
      const index = this.#index;
      const nextMs = segments.starts[index + 1] ?? Number.POSITIVE_INFINITY;
      this.#feedTo(Math.min(ms, nextMs));
      if (ms < nextMs) return;
      await this.#enterNext();
      if (this.#index === index) return;
    }
  }

  /** Pauses, and shows the next patch, or the one before. */
  async step(by: 1 | -1): Promise<void> {
    this.pause();
    if (by < 0) {
      const before = this.#frames.findLast(({ atMs }, place) => place > 0 && atMs < this.#atMs);
      return this.seek(before?.atMs ?? this.#atMs - 1);
    }
    const next = this.#frames[this.#next];
    if (next) return this.#feedTo(next.atMs);
    // A jump over the border: pages that watch together jump there, too, and must show the same.
    const borderMs = this.#parts.segments.starts[this.#index + 1];
    if (borderMs !== undefined) await this.seek(borderMs);
  }

  /** Call once a frame with the time since the last one, ms. Returns how much of the replay has passed. */
  advance(deltaMs: number): number {
    if (!this.#isPlaying || this.#isLoading || this.#index < 0) return 0;
    const fromMs = this.#atMs;
    const toMs = fromMs + Math.min(deltaMs, FRAME_MAX_MS) * this.#rate * this.#pace;
    const nextMs = this.#parts.segments.starts[this.#index + 1];
    if (nextMs !== undefined && toMs >= nextMs) {
      this.#feedTo(nextMs);
      void this.#enterNext(toMs);
    } else this.#feedTo(Math.min(toMs, this.#parts.lengthMs));
    if (this.isAtEnd) this.pause();
    return this.#atMs - fromMs;
  }

  #feedTo(ms: number): void {
    this.#feedUntil(ms, false);
    this.#atMs = ms;
  }

  /** Goes on in the next segment, to `ms` or to its beginning. */
  async #enterNext(ms = 0): Promise<void> {
    const index = this.#index + 1;
    const fromMs = this.#parts.segments.starts[index];
    if (fromMs === undefined) return;
    const frames = await this.#load(this.#parts.segments.frames(index));
    if (!frames) return;
    this.#enter(index, frames);
    this.#feedTo(Math.max(ms, fromMs));
  }

  /** Resolves to undefined if a later jump has replaced this one, or it cannot be had. */
  async #load<Loaded>(wanted: Promise<Loaded>): Promise<Loaded | undefined> {
    const jump = ++this.#jump;
    this.#isLoading = true;
    try {
      const loaded = await wanted;
      return jump === this.#jump ? loaded : undefined;
    } catch (error) {
      if (jump !== this.#jump) return undefined;
      // Going on, it would ask again in each frame.
      this.pause();
      this.#parts.failed(error);
      return undefined;
    } finally {
      if (jump === this.#jump) this.#isLoading = false;
    }
  }

  #enter(index: number, frames: readonly Frame[]): void {
    this.#index = index;
    this.#frames = frames;
    this.#next = 0;
  }

  /** The first two frames make the whole state: a segment is never left before both are fed. */
  #feedUntil(ms: number, isPast: boolean): void {
    const frames = this.#frames;
    for (; this.#next < frames.length; this.#next++) {
      const frame = frames[this.#next] as Frame;
      if (frame.atMs > ms && this.#next > 1) return;
      this.#parts.feed(frame, isPast);
    }
  }
}
