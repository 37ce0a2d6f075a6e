/** What one thread's bots do and are sent, counted since the last sample. */
import { createHistogram, type RecordableHistogram } from "node:perf_hooks";

/** µs: Node's own HDR histogram takes whole numbers. Three digits hold, up to a minute. */
const MEASURED = { lowest: 1, highest: 60_000_000, figures: 3 } as const;
export const newHistogram = (): RecordableHistogram => createHistogram(MEASURED);
export const recordMs = (histogram: RecordableHistogram, ms: number): void =>
  histogram.record(Math.min(MEASURED.highest, Math.max(1, Math.round(ms * 1000))));

/** `late`: the thread's own timer, which moves the bots. */
export const TIMES = ["join", "return", "patchGap", "ack", "answer", "late"] as const;
export type TimeName = (typeof TIMES)[number];

const newCounts = () => ({
  /** How long bots with a drone were connected in all. */
  playedMs: 0,
  commands: 0,
  patches: 0,
  /** Of the SDK's frames: what WebSocket and TCP add is not in them. */
  downBytes: 0,
  upBytes: 0,
  /** Messages other than state. */
  messages: 0,
  corrections: 0,
  correctedPx: 0,
  largestCorrectionPx: 0,
});
export type Counts = ReturnType<typeof newCounts>;

/** Text → how often. */
export type Frequencies = Record<string, number>;

export interface Sample {
  counts: Counts;
  /** As RecordableHistogram: threads hand them over as they are. */
  times: Record<TimeName, RecordableHistogram>;
  joinFailures: Frequencies;
  /** Connections that ended though nobody wanted it, by close code. */
  closes: Frequencies;
  errors: Frequencies;
  /** In a room and connected, at this moment. */
  connected: number;
  /** Share of the time that the thread was busy, or was kept waiting by the machine. */
  utilization: number;
  /** Of it, the share of one core that it had. */
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

  /** What was counted, to begin anew. */
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
