/** The result of a part of the cluster bench: its verdicts, the rows behind them, and lines to plot. */
import type { Verdict } from "#loadtest/bench/targets.ts";

export const PART_NAMES = ["capacity", "join", "front", "kill", "deploy", "soak"] as const;
export type PartName = (typeof PART_NAMES)[number];

export interface Plot {
  readonly title: string;
  readonly xLabel: string;
  readonly x: readonly number[];
  readonly lines: readonly { readonly label: string; readonly values: readonly (number | null)[] }[];
}

export interface Measured {
  readonly verdicts: readonly Verdict[];
  /** Other figures: what, and the value as text. */
  readonly details: readonly (readonly [string, string])[];
  readonly plots: readonly Plot[];
  /** Why the figures do not count, or what else went wrong. */
  readonly faults: readonly string[];
}

/** Says what happens, for whoever waits. */
export type Say = (text: string) => void;

/** `format` also formats `most`. `found`: undefined or NaN if it was not measured. */
export function atMost(
  what: string,
  most: number,
  found: number | undefined,
  format: (value: number) => string,
): Verdict {
  return judged(what, `≤ ${format(most)}`, found, format, (value) => value <= most);
}

export function atLeast(
  what: string,
  least: number,
  found: number | undefined,
  format: (value: number) => string,
): Verdict {
  return judged(what, `≥ ${format(least)}`, found, format, (value) => value >= least);
}

export const none = (what: string, found: number | undefined): Verdict =>
  judged(what, "0", found, String, (value) => value === 0);

function judged(
  what: string,
  wanted: string,
  found: number | undefined,
  format: (value: number) => string,
  isReached: (value: number) => boolean,
): Verdict {
  if (found === undefined || Number.isNaN(found))
    return { what, wanted, found: "not measured", ok: undefined };
  return { what, wanted, found: format(found), ok: isReached(found) };
}

export const inMs = (value: number): string => `${value.toFixed(1)} ms`;
export const inSeconds = (ms: number): string => `${(ms / 1000).toFixed(2)} s`;
export const ofACore = (share: number): string => `${(100 * share).toFixed(2)} % of a core`;
