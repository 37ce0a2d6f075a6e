/**
 * What processes have counted that have ended, or are late to answer: a sum without it would fall, and Prometheus would take
 * that for a restart of everything, and count it all again.
 */
import { AggregatorRegistry } from "prom-client";
import { isSummed, type Metrics, type ProcessMetrics } from "./metrics.ts";

/** Names that are absent beyond this are of processes that have ended: the longest absent ones are added up. */
const ABSENT_MAX = 64;

export class LastingSums {
  /** By name, longest unheard first: the last metrics of each process. */
  readonly #last = new Map<string, Metrics>();
  /** Of all processes that have ended. */
  #ended: Metrics = [];

  /** Notes what the processes that answer have counted. Returns what those that do not answer have. */
  absentFrom(present: readonly ProcessMetrics[]): Metrics[] {
    for (const { process, metrics } of present) {
      const last = this.#last.get(process);
      // Another process has the name by now.
      if (last && startOf(last) !== startOf(metrics)) this.#fold(last);
      this.#last.delete(process);
      this.#last.set(process, metrics);
    }
    const names = new Set(present.map(({ process }) => process));
    const absent = [...this.#last].filter(([name]) => !names.has(name));
    for (const [name, metrics] of absent.splice(0, Math.max(0, absent.length - ABSENT_MAX))) {
      this.#last.delete(name);
      this.#fold(metrics);
    }
    const counted = [this.#ended, ...absent.map(([, metrics]) => metrics.filter(isSummed))];
    return counted.filter((metrics) => metrics.length > 0);
  }

  /** Synchronous, so that two scrapes at once lose nothing. */
  #fold(metrics: Metrics): void {
    const sums = AggregatorRegistry.aggregate([this.#ended, metrics.filter(isSummed)]);
    // They have the fields of Metrics besides the `get` that their registry calls.
    this.#ended = sums.getMetricsAsArray() as unknown as Metrics;
  }
}

/** Tells a process from another one of its name. */
const startOf = (metrics: Metrics): number | undefined =>
  metrics.find(({ name }) => name === "process_start_time_seconds")?.values[0]?.value;
