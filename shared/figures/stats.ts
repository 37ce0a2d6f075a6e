/** Sums, means and percentiles of plain lists of numbers. */

export const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);

/** NaN for an empty list. */
export const mean = (values: readonly number[]): number => sum(values) / values.length;

/** NaN for an empty list. */
export const median = (values: readonly number[]): number => percentile(values, 0.5);

/** `share` is 0…1. Interpolates linearly between the two nearest ranks; NaN for an empty list. */
export function percentile(values: readonly number[], share: number): number {
  const sorted = Float64Array.from(values).sort();
  const rank = (sorted.length - 1) * share;
  const below = sorted[Math.floor(rank)] ?? Number.NaN;
  const above = sorted[Math.ceil(rank)] ?? Number.NaN;
  return below + (above - below) * (rank - Math.floor(rank));
}
