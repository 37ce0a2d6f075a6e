/** Computes confidence intervals for figures of few matches. */
import { mean, sum } from "#shared/figures/stats.ts";

/** A share with its interval; all 0…1. */
export interface Estimate {
  readonly share: number;
  readonly from: number;
  readonly to: number;
}

/** Standard deviations of a two-sided interval: 95 % to show, 99 % to judge, so that a fair arena is rarely blamed. */
export const SHOWN = 1.96;
export const JUDGED = 2.576;

/** The Wilson score interval (E. B. Wilson, 1927): right for few trials, too. From 0 to 1 without any. */
export function wilson(hits: number, of: number, deviations = SHOWN): Estimate {
  if (of === 0) return { share: 0.5, from: 0, to: 1 };
  const share = hits / of;
  const z2 = deviations * deviations;
  const middle = (share + z2 / (2 * of)) / (1 + z2 / of);
  const half = (deviations / (1 + z2 / of)) * Math.sqrt((share * (1 - share)) / of + z2 / (4 * of * of));
  return { share, from: Math.max(0, middle - half), to: Math.min(1, middle + half) };
}

/** The mean of shares with its interval by Student's t, by the first two terms of its expansion around the normal quantile. */
export function meanShare(shares: readonly number[], deviations = SHOWN): Estimate {
  const count = shares.length;
  if (count < 2) return { share: shares[0] ?? 0.5, from: 0, to: 1 };
  const share = mean(shares);
  const variance = sum(shares.map((each) => (each - share) ** 2)) / (count - 1);
  const quantile = deviations + (deviations ** 3 + deviations) / (4 * (count - 1));
  const half = quantile * Math.sqrt(variance / count);
  return { share, from: Math.max(0, share - half), to: Math.min(1, share + half) };
}
