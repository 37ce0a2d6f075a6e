/** Counts what the bots of one thread send and receive between two samples. */
import { createHistogram, type RecordableHistogram } from "node:perf_hooks";

/** Range of the histograms, µs (Node's take integers): up to a minute, with three significant digits. */
const RANGE_US = { lowest: 1, highest: 60_000_000, figures: 3 } as const;
export const newHistogram = (): RecordableHistogram => createHistogram(RANGE_US);

/** Longer times count as a minute. */
export const recordMs = (histogram: RecordableHistogram, ms: number): void =>
  histogram.record(Math.min(RANGE_US.highest, Math.max(1, Math.round(ms * 1000))));

/** `late` is the delay of the timer that runs the bots' frames. */
export const TIMES = ["join", "return", "patchGap", "ack", "answer", "late"] as const;
export type TimeName = (typeof TIMES)[number];

const newCounts = () => ({
  /** The time that bots with a drone were connected, summed over the bots. */
  playedMs: 0,
  commands: 0,
  patches: 0,
  /** Of the SDK's frames, without WebSocket and TCP overhead. */
  downBytes: 0,
  upBytes: 0,
  /** Messages other than state. */
  messages: 0,
  corrections: 0,
  correctedPx: 0,
  largestCorrectionPx: 0,
});
export type Counts = ReturnType<typeof newCounts>;

/** Text → number of occurrences. */
export type Frequencies = Record<string, number>;

export interface Sample {
  counts: Counts;
  /** Histograms can be posted between threads. */
  times: Record<TimeName, RecordableHistogram>;
  joinFailures: Frequencies;
  /** Connections that ended against the bot's will, by close code. */
  closes: Frequencies;
  errors: Frequencies;
  /** Bots that are in a room and connected now. */
  connected: number;
  /** The event loop's utilization, 0…1; time in which the machine ran something else counts as busy. */
  utilization: number;
  /** CPU of the thread, of one core. */
  cpu: number;
}

export class Tally {
  counts = newCounts();
  times = newTimes();
  joinFailures: Frequencies = {};
  closes: Frequencies = {};
  errors: Frequencies = {};

  time(what: TimeName, ms: number): void {
    recordMs(this.times[what], ms);
  }

  /** Returns everything counted so far, and starts at zero. */
  take() {
    const { counts, times, joinFailures, closes, errors } = this;
    Object.assign(this, new Tally());
    return { counts, times, joinFailures, closes, errors };
  }
}

export const newTimes = () =>
  Object.fromEntries(TIMES.map((name) => [name, newHistogram()])) as Record<TimeName, RecordableHistogram>;

export function count(frequencies: Frequencies, what: string, times = 1): void {
  frequencies[what] = (frequencies[what] ?? 0) + times;
}
