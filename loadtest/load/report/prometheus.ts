/** Parses Prometheus' text format, and computes growth and percentiles between two readings. */

/** One reading of /metrics. */
export interface Reading {
  /** On the performance.now() clock. */
  readonly atMs: number;
  /** Each metric's sum over all labels. */
  readonly values: ReadonlyMap<string, number>;
  readonly histograms: ReadonlyMap<string, Buckets>;
}

/** Upper bound → the number of observations up to it, summed over all other labels. */
export type Buckets = ReadonlyMap<number, number>;

const LINE = /^([a-zA-Z_:][\w:]*)(?:\{(.*)\})? (\S+)/;
const BOUND = /(?:^|,)le="([^"]+)"/;

export function parseMetrics(text: string, atMs: number): Reading {
  const values = new Map<string, number>();
  const histograms = new Map<string, Map<number, number>>();
  for (const line of text.split("\n")) {
    const [, name = "", labels = "", amount = ""] = LINE.exec(line) ?? [];
    if (!name) continue;
    const le = name.endsWith("_bucket") ? BOUND.exec(labels)?.[1] : undefined;
    if (le === undefined) values.set(name, (values.get(name) ?? 0) + Number(amount));
    else addToBucket(histograms, name.slice(0, -"_bucket".length), le, Number(amount));
  }
  return { atMs, values, histograms };
}

function addToBucket(histograms: Map<string, Map<number, number>>, name: string, le: string, count: number) {
  const bound = le === "+Inf" ? Number.POSITIVE_INFINITY : Number(le);
  const buckets = histograms.get(name) ?? new Map<number, number>();
  histograms.set(name, buckets);
  buckets.set(bound, (buckets.get(bound) ?? 0) + count);
}

/** The time between two readings. */
export class Span {
  readonly #from: Reading;
  readonly #to: Reading;

  constructor(from: Reading, to: Reading) {
    this.#from = from;
    this.#to = to;
  }

  get sec(): number {
    return (this.#to.atMs - this.#from.atMs) / 1000;
  }

  /** The growth of a counter. */
  growth(name: string): number {
    return (this.#to.values.get(name) ?? 0) - (this.#from.values.get(name) ?? 0);
  }

  /** The last value of a gauge. */
  last(name: string): number {
    return this.#to.values.get(name) ?? 0;
  }

  buckets(histogram: string): Buckets {
    const before = this.#from.histograms.get(histogram);
    const after = this.#to.histograms.get(histogram) ?? new Map();
    return new Map(Array.from(after, ([bound, count]) => [bound, count - (before?.get(bound) ?? 0)]));
  }

  /** Undefined without observations. */
  quantile(histogram: string, share: number): number | undefined {
    return quantile(this.buckets(histogram), share);
  }
}

/**
 * Like Prometheus' histogram_quantile: assumes that observations are spread evenly over their bucket, and that those
 * beyond the last bound lie at it. Undefined without observations.
 */
export function quantile(buckets: Buckets, share: number): number | undefined {
  const rows = [...buckets].sort(([a], [b]) => a - b);
  const total = rows.at(-1)?.[1] ?? 0;
  if (total === 0) return undefined;
  const rank = share * total;
  let [lowerBound, below] = [0, 0];
  for (const [bound, count] of rows) {
    if (count >= rank && count > below) {
      if (bound === Number.POSITIVE_INFINITY) return lowerBound;
      return lowerBound + (bound - lowerBound) * ((rank - below) / (count - below));
    }
    [lowerBound, below] = [bound, count];
  }
  return lowerBound;
}
