/** A prom-client histogram that allocates nothing per observation, for durations that are measured in every tick. */
import { Histogram, type Registry } from "prom-client";

/** Upper bounds in seconds, dense up to the tick budget of 33 ms, where percentiles must be exact. */
const BOUNDS_SEC = [
  ...[0.00005, 0.0001, 0.00015, 0.0002, 0.0003, 0.0005, 0.00075, 0.001, 0.0015, 0.002, 0.003, 0.004, 0.005],
  ...[0.006, 0.008, 0.01, 0.0125, 0.015, 0.0175, 0.02, 0.0225, 0.025, 0.03, 0.035, 0.04, 0.05, 0.075, 0.1],
  ...[0.15, 0.25, 0.5, 1, 2.5],
];

type Answer = Awaited<ReturnType<Histogram["get"]>>;

export class Durations extends Histogram {
  /** Not cumulative: one count per bound, and one for longer durations. */
  readonly #counts = new Float64Array(BOUNDS_SEC.length + 1);
  readonly #sumSec = new Float64Array(1);

  constructor(name: string, help: string, register: Registry) {
    super({ name, help, buckets: BOUNDS_SEC, registers: [register] });
  }

  observeMs(ms: number): void {
    const sec = ms / 1000;
    let bucket = 0;
    while (bucket < BOUNDS_SEC.length && sec > (BOUNDS_SEC[bucket] ?? 0)) bucket++;
    this.#counts[bucket] = (this.#counts[bucket] ?? 0) + 1;
    this.#sumSec[0] = (this.#sumSec[0] ?? 0) + sec;
  }

  /** Of all observations. */
  get sumMs(): number {
    return (this.#sumSec[0] ?? 0) * 1000;
  }

  override async get(): ReturnType<Histogram["get"]> {
    // Typed as private, but every metric of prom-client has these fields.
    const { name, help, type, aggregator, collect } = this as unknown as Answer;
    let count = 0;
    const buckets = Array.from(this.#counts, (inBucket, bucket) => {
      count += inBucket;
      return { metricName: `${name}_bucket`, labels: { le: BOUNDS_SEC[bucket] ?? "+Inf" }, value: count };
    });
    const totals = [
      { metricName: `${name}_sum`, labels: {}, value: this.#sumSec[0] ?? 0 },
      { metricName: `${name}_count`, labels: {}, value: count },
    ];
    return { name, help, type, aggregator, collect, values: [...buckets, ...totals] };
  }

  /** The registry calls this one to write its text. */
  getForPromString() {
    return this.get();
  }
}
