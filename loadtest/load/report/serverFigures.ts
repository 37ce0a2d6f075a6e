/** The figures in the server's own metrics between two readings. The names are those of server/services/metrics.ts. */
import { TICKS_PER_SEC } from "#shared/config.ts";
import type { Reading, Span } from "./prometheus.ts";
import type { ServerFigures, ServerRow, Times } from "./report.ts";

export const METRIC = {
  tick: "fracas_tick_duration_seconds",
  patch: "fracas_patch_duration_seconds",
  work: "fracas_work_duration_seconds",
  due: "fracas_ticks_due_total",
  held: "fracas_ticks_held_total",
  loop: "fracas_event_loop_delay_seconds",
  queued: "fracas_queued_bytes",
  gc: "nodejs_gc_duration_seconds",
  cpuUser: "process_cpu_user_seconds_total",
  cpuSystem: "process_cpu_system_seconds_total",
  rss: "process_resident_memory_bytes",
  heap: "nodejs_heap_size_used_bytes",
} as const;

const MB = 1024 * 1024;

export function serverRow(span: Span): ServerRow {
  const at = (name: string, share: number) => toMs(span.quantile(name, share));
  return {
    tickP50: at(METRIC.tick, 0.5),
    tickP99: at(METRIC.tick, 0.99),
    patchP50: at(METRIC.patch, 0.5),
    patchP99: at(METRIC.patch, 0.99),
    ticksHeld: heldShare(span),
    loopP99: at(METRIC.loop, 0.99),
    cpu: (span.growth(METRIC.cpuUser) + span.growth(METRIC.cpuSystem)) / span.sec,
    rssMb: span.last(METRIC.rss) / MB,
    heapMb: span.last(METRIC.heap) / MB,
    gcMs: span.growth(`${METRIC.gc}_sum`) * 1000,
    queuedKb: span.last(METRIC.queued) / 1024,
  };
}

/** The gauges of one reading. */
export interface Level {
  readonly rssMb: number;
  readonly heapMb: number;
  readonly queuedKb: number;
}

export const levelOf = ({ values }: Reading): Level => ({
  rssMb: (values.get(METRIC.rss) ?? 0) / MB,
  heapMb: (values.get(METRIC.heap) ?? 0) / MB,
  queuedKb: (values.get(METRIC.queued) ?? 0) / 1024,
});

/** `levels` are the readings of the span; `idle` is the one before the first client joined. */
export function serverFigures(span: Span, levels: readonly Level[], idle: Level | undefined): ServerFigures {
  const rssMb = levels.map((level) => level.rssMb);
  const heapMb = levels.map((level) => level.heapMb);
  const third = Math.ceil(levels.length / 3);
  return {
    tick: timesOf(span, METRIC.tick),
    patch: timesOf(span, METRIC.patch),
    work: timesOf(span, METRIC.work),
    ticksDue: span.growth(METRIC.due),
    ticksHeld: span.growth(METRIC.held),
    tickRate: (heldShare(span) ?? 0) * TICKS_PER_SEC,
    loop: timesOf(span, METRIC.loop),
    cpuUser: span.growth(METRIC.cpuUser) / span.sec,
    cpuSystem: span.growth(METRIC.cpuSystem) / span.sec,
    rssMbIdle: idle?.rssMb ?? 0,
    rssMbLast: rssMb.at(-1) ?? 0,
    rssMbMost: Math.max(...rssMb),
    heapMbKept: [Math.min(...heapMb.slice(0, third)), Math.min(...heapMb.slice(-third))],
    gc: timesOf(span, METRIC.gc),
    gcShare: span.growth(`${METRIC.gc}_sum`) / span.sec,
    queuedKbMost: Math.max(...levels.map(({ queuedKb }) => queuedKb)),
  };
}

/** The share of the ticks due that were run, at most 1: a timer that fires early runs a tick before it is due. */
export function heldShare(span: Span): number | undefined {
  const due = span.growth(METRIC.due);
  return due > 0 ? Math.min(1, span.growth(METRIC.held) / due) : undefined;
}

function timesOf(span: Span, name: string): Times | undefined {
  const buckets = span.buckets(name);
  const count = buckets.get(Number.POSITIVE_INFINITY) ?? 0;
  if (count === 0) return undefined;
  const at = (share: number) => toMs(span.quantile(name, share)) ?? 0;
  // The bound of the highest bucket with an observation: buckets do not know the exact maximum.
  const reached = [...buckets].sort(([a], [b]) => a - b).find(([, upTo]) => upTo === count)?.[0] ?? 0;
  return { count, p50: at(0.5), p95: at(0.95), p99: at(0.99), max: reached * 1000 };
}

const toMs = (sec: number | undefined) => (sec === undefined ? undefined : sec * 1000);
