/** From what was counted to the figures of the tables: medians, spreads, and ratios to the floor of the same round. */

export const median = (values: readonly number[]): number => percentile(values, 0.5);

/** By linear interpolation between the two nearest; NaN of nothing. */
export function percentile(values: readonly number[], share: number): number {
  const sorted = Float64Array.from(values).sort();
  const at = (sorted.length - 1) * share;
  const below = sorted[Math.floor(at)] ?? Number.NaN;
  const above = sorted[Math.ceil(at)] ?? Number.NaN;
  return below + (above - below) * (at - Math.floor(at));
}

export const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;

/** Several rounds of one figure. */
export interface Spread {
  readonly median: number;
  readonly least: number;
  readonly most: number;
}

export const spreadOf = (values: readonly number[]): Spread => ({
  median: median(values),
  least: Math.min(...values),
  most: Math.max(...values),
});

/** What one run says of one server, for each of its players. Where less is better unless the name says held. */
export interface Figures {
  /** Microseconds of CPU a second. */
  readonly cpuUserUs: number;
  readonly cpuSystemUs: number;
  readonly cpuUs: number;
  /** Down, a second, WebSocket's frames included. */
  readonly bytes: number;
  /** Patches that came of those that were due. */
  readonly patchesHeld: number;
  /** Between patches. */
  readonly intervalP99Ms: number;
  /** From sending a command to the patch that shows it. */
  readonly latencyP50Ms: number;
  readonly latencyP99Ms: number;
  /** What the server has grown by since it was empty, shared out. */
  readonly rssKb: number;
}

export type FigureName = keyof Figures;

export interface FigureShown {
  readonly title: string;
  readonly unit: string;
  readonly format: (value: number) => string;
}

const whole = (value: number) => Math.round(value).toLocaleString("en-US");
const tenth = (value: number) => value.toFixed(1);

/** In the order of the tables. */
export const FIGURES: Readonly<Record<FigureName, FigureShown>> = {
  cpuUserUs: { title: "CPU a player, user", unit: "µs/s", format: whole },
  cpuSystemUs: { title: "CPU a player, system", unit: "µs/s", format: whole },
  cpuUs: { title: "CPU a player", unit: "µs/s", format: whole },
  bytes: { title: "bytes a player", unit: "B/s", format: whole },
  patchesHeld: { title: "patches held", unit: "%", format: (share) => tenth(100 * share) },
  intervalP99Ms: { title: "between patches, p99", unit: "ms", format: tenth },
  latencyP50Ms: { title: "command to patch, p50", unit: "ms", format: tenth },
  latencyP99Ms: { title: "command to patch, p99", unit: "ms", format: tenth },
  rssKb: { title: "RSS a player", unit: "kB", format: whole },
};

export const FIGURE_NAMES = Object.keys(FIGURES) as FigureName[];
