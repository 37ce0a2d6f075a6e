/** The figures of the tables: their units, formats, and spreads over several rounds. */
import { median } from "#shared/figures/stats.ts";

/** One figure over several rounds. */
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

/** One run of one server, per player. */
export interface Figures {
  /** CPU per second, µs. */
  readonly cpuUserUs: number;
  readonly cpuSystemUs: number;
  readonly cpuUs: number;
  /** Downstream per second, WebSocket framing included. */
  readonly bytes: number;
  /** The share of the patches due that arrived, 0…1. */
  readonly patchesHeld: number;
  /** Between consecutive patches. */
  readonly intervalP99Ms: number;
  /** From sending a command to the first patch that shows it. */
  readonly latencyP50Ms: number;
  readonly latencyP99Ms: number;
  /** Growth of the server's RSS since it was empty. */
  readonly rssKb: number;
  /** Growth of the recording's files per second. */
  readonly recordedBytes: number;
  /** Patches per second, between a client's first and last. */
  readonly patchesPerSec: number;
  /** CPU per second of the proxy in front of the server, µs. */
  readonly proxyCpuUs: number;
  /** These four count what happened in a second in all rooms together. */
  readonly shots: number;
  readonly hits: number;
  readonly kills: number;
  readonly pickups: number;
}

export type FigureName = keyof Figures;

export interface FigureShown {
  readonly title: string;
  readonly unit: string;
  readonly format: (value: number) => string;
  /** The figure has a row only where a proxy, or a fight, was measured; undefined: it always has one. */
  readonly only?: "proxied" | "fight";
}

const whole = (value: number) => Math.round(value).toLocaleString("en-US");
const tenth = (value: number) => value.toFixed(1);

/** In the order of the tables. */
export const FIGURES: Readonly<Record<FigureName, FigureShown>> = {
  cpuUserUs: { title: "CPU a player, user", unit: "µs/s", format: whole },
  cpuSystemUs: { title: "CPU a player, system", unit: "µs/s", format: whole },
  cpuUs: { title: "CPU a player", unit: "µs/s", format: whole },
  proxyCpuUs: { title: "CPU a player, proxy", unit: "µs/s", format: whole, only: "proxied" },
  bytes: { title: "bytes a player", unit: "B/s", format: whole },
  patchesHeld: { title: "patches held", unit: "%", format: (share) => tenth(100 * share) },
  patchesPerSec: { title: "patches a second", unit: "/s", format: (rate) => rate.toFixed(2) },
  intervalP99Ms: { title: "between patches, p99", unit: "ms", format: tenth },
  latencyP50Ms: { title: "command to patch, p50", unit: "ms", format: tenth },
  latencyP99Ms: { title: "command to patch, p99", unit: "ms", format: tenth },
  rssKb: { title: "RSS a player", unit: "kB", format: whole },
  recordedBytes: { title: "recorded of a player", unit: "B/s", format: whole, only: "fight" },
  shots: { title: "shots, all players", unit: "/s", format: tenth, only: "fight" },
  hits: { title: "hits, all players", unit: "/s", format: tenth, only: "fight" },
  kills: { title: "kills, all players", unit: "/s", format: tenth, only: "fight" },
  pickups: { title: "pickups, all players", unit: "/s", format: tenth, only: "fight" },
};

export const FIGURE_NAMES = Object.keys(FIGURES) as FigureName[];
