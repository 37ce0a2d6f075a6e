/** The load of room processes: measured in each, and compared in the front, which expects a load of rooms just opened. */
import { patchDurations, tickDurations } from "#server/services/metrics.ts";

export const BEAT_MS = 500;
/** The load is an average over this time. */
const WINDOW_MS = 3_000;
/** The expected load of a room that no beat has measured yet: a full room of a busy mode. */
const ROOM_LOAD = 0.02;
/** After this time beats include the cost of a new room. */
const EXPECTED_FOR_MS = WINDOW_MS + BEAT_MS;
/** Breaks ties: of equal loads, the one with fewer clients is less. */
const CLIENT_LOAD = 1e-6;

let newest = 0;
/** The load that this process has measured last, 0 to 1. */
export const lastLoad = (): number => newest;

const spentMs = (): number => tickDurations.sumMs + patchDurations.sumMs;

/** Measures the share of the last seconds that the event loop spent in ticks and patches. */
export class LoadMeter {
  readonly #spentMs: () => number;
  readonly #samples: { atMs: number; spentMs: number }[] = [];

  constructor(spent: () => number = spentMs) {
    this.#spentMs = spent;
  }

  /** Call it with each beat. Returns 0 to 1. */
  sample(atMs: number): number {
    const now = { atMs, spentMs: this.#spentMs() };
    const samples = this.#samples;
    samples.push(now);
    while (samples[1] && samples[1].atMs <= atMs - WINDOW_MS) samples.shift();
    const [first = now] = samples;
    const ms = atMs - first.atMs;
    newest = ms > 0 ? Math.min(1, (now.spentMs - first.spentMs) / ms) : 0;
    return newest;
  }
}

/** The load of one process as the front knows it. */
export class KnownLoad {
  #measured = { load: 0, clients: 0 };
  /** When rooms were placed there that beats do not include yet. */
  #placedAtMs: number[] = [];

  measured(load: number, clients: number): void {
    this.#measured = { load, clients };
  }

  /** A room is being opened there. */
  placed(nowMs: number): void {
    this.#placedAtMs.push(nowMs);
  }

  at(nowMs: number): number {
    this.#placedAtMs = this.#placedAtMs.filter((atMs) => nowMs - atMs < EXPECTED_FOR_MS);
    const { load, clients } = this.#measured;
    return load + this.#placedAtMs.length * ROOM_LOAD + clients * CLIENT_LOAD;
  }
}
