/** Accumulates the samples of the bots' threads and the readings of the server's metrics, second by second. */
import type { RecordableHistogram } from "node:perf_hooks";
import {
  type Counts,
  count,
  type Frequencies,
  newTimes,
  type Sample,
  Tally,
  TIMES,
  type TimeName,
} from "#loadtest/load/bots/tally.ts";
import { type Reading, Span } from "./prometheus.ts";
import type { Row, Times } from "./report.ts";
import { type Level, levelOf, serverRow } from "./serverFigures.ts";

/** How many readings are kept for `recentSpan`, one a second. */
const RECENT_READINGS = 120;
/** A shorter interval, as at the start and the end of a run, is too noisy for a row. */
const ROW_MIN_SEC = 0.5;
/** Times that count for the whole run; all others count only during the measurement. */
const WHOLE_RUN: readonly TimeName[] = ["join", "return", "answer"];

export class Recorder {
  readonly rows: Row[] = [];
  readonly times = newTimes();
  /** Of the measurement. */
  readonly counts: Counts = new Tally().counts;
  readonly joinFailures: Frequencies = {};
  readonly closes: Frequencies = {};
  readonly errors: Frequencies = {};
  /** The clients' connected seconds during the measurement, summed. */
  clientSec = 0;
  measuredSec = 0;
  mostConnected = 0;
  /** The mean utilization of the busiest thread, 0…1. */
  busiest = 0;
  /** The mean CPU of the thread that used most, in cores. */
  cpu = 0;
  /** The server's gauges at each reading of the measurement. */
  readonly levels: Level[] = [];
  /** The server's gauges before the first client joined. */
  idle: Level | undefined;
  #firstReading: Reading | undefined;
  #recent: Reading[] = [];
  readonly #startedAt = performance.now();
  #rowAt = performance.now();
  #measuring = false;
  #busySec = 0;
  #cpuSec = 0;

  /** Starts the measurement. The next sample still belongs to the time before. */
  begin(): void {
    this.#measuring = true;
  }

  /** Adds the samples of all threads since the last call; `reading` is undefined without the server's metrics. */
  add(samples: readonly Sample[], reading: Reading | undefined): Row {
    const now = performance.now();
    const sec = (now - this.#rowAt) / 1000;
    this.#rowAt = now;
    const second = gather(samples);
    this.#keep(second, sec);
    const before = this.#recent.at(-1);
    const span = reading && before ? new Span(before, reading) : undefined;
    if (reading) this.#keepReading(reading, before);
    const row = rowOf(second, sec, (now - this.#startedAt) / 1000, span && serverRow(span));
    if (sec >= ROW_MIN_SEC) this.rows.push(row);
    return row;
  }

  /** The whole measurement in the server's metrics; undefined with fewer than two readings. */
  get serverSpan(): Span | undefined {
    return spanOf(this.#firstReading, this.#recent.at(-1));
  }

  /** The last `ms` in the server's metrics; undefined with fewer than two readings. */
  recentSpan(ms: number): Span | undefined {
    const last = this.#recent.at(-1);
    const first = last && this.#recent.find(({ atMs }) => atMs >= last.atMs - ms);
    return spanOf(first, last);
  }

  #keepReading(reading: Reading, before: Reading | undefined): void {
    this.#recent = [...this.#recent.slice(-RECENT_READINGS), reading];
    this.idle ??= levelOf(reading);
    if (!this.#measuring) return;
    // The measurement begins at the reading before its first one.
    this.#firstReading ??= before ?? reading;
    this.levels.push(levelOf(reading));
  }

  #keep(second: Second, sec: number): void {
    for (const name of TIMES) {
      if (this.#measuring || WHOLE_RUN.includes(name)) this.times[name].add(second.times[name]);
    }
    for (const what of ["joinFailures", "closes", "errors"] as const) {
      for (const [reason, times] of Object.entries(second[what])) count(this[what], reason, times);
    }
    this.mostConnected = Math.max(this.mostConnected, second.connected);
    if (!this.#measuring) return;
    addCounts(this.counts, second.counts);
    this.measuredSec += sec;
    this.clientSec += second.connected * sec;
    this.#busySec += second.utilization * sec;
    this.#cpuSec += second.cpu * sec;
    this.busiest = this.#busySec / this.measuredSec;
    this.cpu = this.#cpuSec / this.measuredSec;
  }
}

const spanOf = (first: Reading | undefined, last: Reading | undefined) =>
  first && last && first !== last ? new Span(first, last) : undefined;

/** The samples of all threads together. */
type Second = ReturnType<typeof gather>;

function gather(samples: readonly Sample[]) {
  const all = {
    counts: new Tally().counts,
    times: newTimes(),
    joinFailures: {} as Frequencies,
    closes: {} as Frequencies,
    errors: {} as Frequencies,
    connected: 0,
    utilization: 0,
    cpu: 0,
  };
  for (const sample of samples) {
    addCounts(all.counts, sample.counts);
    for (const name of TIMES) all.times[name].add(sample.times[name]);
    for (const what of ["joinFailures", "closes", "errors"] as const) {
      for (const [reason, times] of Object.entries(sample[what])) count(all[what], reason, times);
    }
    all.connected += sample.connected;
    all.utilization = Math.max(all.utilization, sample.utilization);
    all.cpu = Math.max(all.cpu, sample.cpu);
  }
  return all;
}

function addCounts(to: Counts, from: Counts): void {
  const { largestCorrectionPx } = to;
  for (const name of Object.keys(to) as (keyof Counts)[]) to[name] += from[name];
  to.largestCorrectionPx = Math.max(largestCorrectionPx, from.largestCorrectionPx);
}

function rowOf(second: Second, sec: number, atSec: number, server: Row["server"]): Row {
  const { counts, times, connected } = second;
  const perClient = (amount: number) => (connected > 0 && sec > 0 ? amount / connected / sec : undefined);
  return {
    sec: atSec,
    connected,
    patchesPerClient: perClient(counts.patches),
    bytesPerClient: perClient(counts.downBytes),
    patchGapP50: percentileMs(times.patchGap, 50),
    patchGapP99: percentileMs(times.patchGap, 99),
    ackP50: percentileMs(times.ack, 50),
    ackP99: percentileMs(times.ack, 99),
    joinP95: percentileMs(times.join, 95),
    generatorBusy: second.utilization,
    generatorLateP99: percentileMs(times.late, 99),
    server,
  };
}

function percentileMs(histogram: RecordableHistogram, percent: number): number | undefined {
  return histogram.count > 0 ? histogram.percentile(percent) / 1000 : undefined;
}

export function timesOf(histogram: RecordableHistogram): Times {
  const at = (percent: number) => percentileMs(histogram, percent) ?? 0;
  const max = histogram.count > 0 ? histogram.max / 1000 : 0;
  return { count: histogram.count, p50: at(50), p95: at(95), p99: at(99), max };
}
