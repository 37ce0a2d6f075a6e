/** Distributions as bars, for plots: from Node's histograms and from Prometheus' buckets. */
import type { Histogram } from "node:perf_hooks";
import type { Buckets } from "./prometheus.ts";

export interface Bar {
  readonly fromMs: number;
  readonly toMs: number;
  readonly count: number;
}

const BARS = 40;
/** Beyond this percentile everything is one bar: a single late one would push all others into the corner. */
const SHOWN_SHARE = 99.5;

/** Of equal width, up to SHOWN_SHARE; what is beyond is in the last one. */
export function barsOf(histogram: Histogram): Bar[] {
  if (histogram.count === 0) return [];
  const toMs = niceStep((histogram.percentile(SHOWN_SHARE) / 1000) * 1.02 || 1, BARS) * BARS;
  const widthMs = toMs / BARS;
  const upTo = Array.from({ length: BARS + 1 }, (_, bar) => countUpTo(histogram, bar * widthMs * 1000));
  upTo[BARS] = histogram.count;
  return Array.from({ length: BARS }, (_, bar) => ({
    ...{ fromMs: bar * widthMs, toMs: (bar + 1) * widthMs },
    count: (upTo[bar + 1] ?? 0) - (upTo[bar] ?? 0),
  }));
}

/** How many values are at most this: the histogram tells percentiles only, so its inverse is searched for. */
function countUpTo(histogram: Histogram, value: number): number {
  if (value < histogram.min) return 0;
  let [low, high] = [0, histogram.count];
  while (low < high) {
    const rank = Math.ceil((low + high) / 2);
    if (histogram.percentile(Math.min(100, (100 * (rank - 0.5)) / histogram.count)) <= value) low = rank;
    else high = rank - 1;
  }
  return low;
}

/** The buckets that hold something, and those between. */
export function barsOfBuckets(buckets: Buckets): Bar[] {
  const rows = [...buckets].sort(([a], [b]) => a - b);
  const bars: Bar[] = [];
  let [fromMs, below] = [0, 0];
  for (const [bound, upTo] of rows) {
    const toMs = Number.isFinite(bound) ? bound * 1000 : fromMs * 2;
    bars.push({ fromMs, toMs, count: upTo - below });
    [fromMs, below] = [toMs, upTo];
  }
  const first = bars.findIndex(({ count }) => count > 0);
  const last = bars.findLastIndex(({ count }) => count > 0);
  return first < 0 ? [] : bars.slice(first, last + 1);
}

/** A width that people can read: 1, 2, 2.5 or 5 times a power of ten. */
function niceStep(span: number, parts: number): number {
  const power = 10 ** Math.floor(Math.log10(span / parts));
  return (
    [1, 2, 2.5, 5, 10].map((factor) => factor * power).find((step) => step * parts >= span) ?? power * 10
  );
}
