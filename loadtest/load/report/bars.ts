/** Turns distributions into the bars of a plot: Node's histograms and Prometheus' buckets. */
import type { Histogram } from "node:perf_hooks";
import type { Buckets } from "./prometheus.ts";

export interface Bar {
  readonly fromMs: number;
  readonly toMs: number;
  readonly count: number;
}

const BARS = 40;
/** Values beyond this percentile share the last bar, or one outlier would squeeze all others into the first. */
const SHOWN_SHARE = 99.5;

/** Bars of equal width up to SHOWN_SHARE; the last one includes everything beyond. */
export function barsOf(histogram: Histogram): Bar[] {
  if (histogram.count === 0) return [];
  const toMs = niceStep((histogram.percentile(SHOWN_SHARE) / 1000) * 1.02 || 1, BARS) * BARS;
  const widthMs = toMs / BARS;
  const upTo = Array.from({ length: BARS + 1 }, (_, bar) => countUpTo(histogram, bar * widthMs * 1000));
  upTo[BARS] = histogram.count;
  return Array.from({ length: BARS }, (_, bar) => ({
    fromMs: bar * widthMs,
    toMs: (bar + 1) * widthMs,
    count: (upTo[bar + 1] ?? 0) - (upTo[bar] ?? 0),
  }));
}

/** The number of values up to `value`. A histogram only has percentiles, so this searches for their inverse. */
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

/** One bar per bucket, without the empty ones at either end. */
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

/** The least width of 1, 2, 2.5 or 5 times a power of ten whose `parts` cover `span`. */
function niceStep(span: number, parts: number): number {
  const power = 10 ** Math.floor(Math.log10(span / parts));
  return (
    [1, 2, 2.5, 5, 10].map((factor) => factor * power).find((step) => step * parts >= span) ?? power * 10
  );
}
