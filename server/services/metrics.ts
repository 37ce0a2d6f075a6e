/** The metrics behind /metrics; docs/operating.md explains which to watch. */
import {
  AggregatorRegistry,
  Counter,
  collectDefaultMetrics,
  Gauge,
  type MetricObjectWithValues,
  type MetricValue,
  Registry,
} from "prom-client";
import { Durations } from "./durations.ts";

/** Dense from a few milliseconds on, where players notice a pause. */
const GC_BUCKETS_SEC = [0.0005, 0.001, 0.002, 0.003, 0.005, 0.0075, 0.01, 0.02, 0.05, 0.1, 0.5];

export const registry = new Registry();
collectDefaultMetrics({ register: registry, gcDurationBuckets: GC_BUCKETS_SEC });

const refusals = new Counter({
  name: "fracas_refused_total",
  help: "Connections, requests and frames that the edge turned away, by reason.",
  labelNames: ["reason"],
  registers: [registry],
});

/** `reason`: one of a few fixed texts, never a text from a visitor, because each makes a time series. */
export function countRefusal(reason: string): void {
  refusals.inc({ reason });
}

export const tickDurations = new Durations(
  "fracas_tick_duration_seconds",
  "Time that one room's tick took: commands, simulation, events.",
  registry,
);

export const patchDurations = new Durations(
  "fracas_patch_duration_seconds",
  "Time that one room's patch took: visibility, encoding, sending.",
  registry,
);

export const workDurations = new Durations(
  "fracas_work_duration_seconds",
  "Time that one room's patch and the tick before it took together: what a player may have to wait for.",
  registry,
);

const loopDelays = new Durations(
  "fracas_event_loop_delay_seconds",
  "How late the event loop was, sampled every 20 ms.",
  registry,
);

/** Rooms add to these counts directly, which allocates nothing per tick. `held`: ticks that ran. */
export const ticks = { due: 0, held: 0 };

countUp("fracas_ticks_due_total", "Ticks that rooms should have run by the clock.", () => ticks.due);
countUp("fracas_ticks_held_total", "Ticks that rooms have run.", () => ticks.held);

export const applyDurations = new Durations(
  "fracas_result_apply_seconds",
  "Time from asking the store to count a finished match until it had.",
  registry,
);

export const results = { counted: 0 };

countUp(
  "fracas_results_counted_total",
  "Finished matches that the store has counted.",
  () => results.counted,
);

/** A counter that is read on each scrape. */
export function countUp(name: string, help: string, read: () => number): void {
  let reported = 0;
  new Counter({
    name,
    help,
    registers: [registry],
    collect() {
      const now = read();
      this.inc(now - reported);
      reported = now;
    },
  });
}

/** A gauge that is read on each scrape. A later call with the same name replaces the reader. */
export function exposeGauge(name: string, help: string, read: () => number): void {
  registry.removeSingleMetric(name);
  new Gauge({
    name,
    help,
    registers: [registry],
    collect() {
      this.set(read());
    },
  });
}

const SAMPLE_MS = 20;
let sampledAt = performance.now();
setInterval(() => {
  const now = performance.now();
  loopDelays.observeMs(Math.max(0, now - sampledAt - SAMPLE_MS));
  sampledAt = now;
}, SAMPLE_MS).unref();

/** The metrics of one process. `process`: its name. */
export interface ProcessMetrics {
  readonly process: string;
  readonly metrics: Metrics;
}
export type Metrics = MetricObjectWithValues<MetricValue<string>>[];

/** Metrics whose sum says nothing, such as a process' memory: each process has a series of its own. */
const OF_ONE_PROCESS = /^(process_|nodejs_|fracas_process_|fracas_event_loop_)/;

/**
 * In Prometheus' text format: this process and the others together. Counts and histograms are sums. `absent`: what processes
 * that have ended, or are late, have counted.
 */
export async function exposition(
  others: readonly ProcessMetrics[],
  absent: readonly Metrics[] = [],
): Promise<string> {
  if (others.length === 0 && absent.length === 0) return registry.metrics();
  const own = { process: "front", metrics: (await registry.getMetricsAsJSON()) as Metrics };
  return AggregatorRegistry.aggregate([...[own, ...others].map(labelled), ...absent]).metrics();
}

/** Types of metrics, as prom-client writes them. */
const GROWING: ReadonlySet<string> = new Set(["counter", "histogram"]);

/** Whether processes' values are added up, and only ever grow. */
export const isSummed = ({ name, type }: Metrics[number]): boolean =>
  !OF_ONE_PROCESS.test(name) && GROWING.has(String(type));

const labelled = ({ process, metrics }: ProcessMetrics): Metrics =>
  metrics.map((metric) => {
    if (!OF_ONE_PROCESS.test(metric.name)) return metric;
    const values = metric.values.map((value) => ({ ...value, labels: { ...value.labels, process } }));
    // Values with different labels are not added up, whatever the aggregator.
    return { ...metric, values, aggregator: "sum" as const };
  });
