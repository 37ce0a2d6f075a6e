/** The figures of a report: percentiles, bars, the server's metrics, thresholds, and invalid runs. */
import { describe, expect, test } from "vitest";
import { newHistogram, recordMs } from "#loadtest/load/bots/tally.ts";
import { barsOf, barsOfBuckets } from "./bars.ts";
import { whyInvalid } from "./makeReport.ts";
import { parseMetrics, quantile, Span } from "./prometheus.ts";
import { timesOf } from "./recorder.ts";
import { errorsOf, type Report } from "./report.ts";
import { heldShare, serverFigures, serverRow } from "./serverFigures.ts";
import { judge } from "./thresholds.ts";

const histogramOf = (...valuesMs: number[]) => {
  const histogram = newHistogram();
  for (const ms of valuesMs) recordMs(histogram, ms);
  return histogram;
};
const upTo = (count: number) => Array.from({ length: count }, (_, index) => index + 1);

describe("times", () => {
  test("[LOAD-TIME-1] percentiles of the bots' times are exact to a thousandth", () => {
    const times = timesOf(histogramOf(...upTo(1000)));
    expect(times.count).toBe(1000);
    expect(times.p50).toBeCloseTo(500, -0.5);
    expect(times.p95).toBeCloseTo(950, -0.5);
    expect(times.p99).toBeCloseTo(990, -0.5);
    expect(times.max).toBeGreaterThanOrEqual(1000);
  });

  test("[LOAD-TIME-2] an empty histogram gives zeros; times of zero and of minutes are counted", () => {
    expect(timesOf(histogramOf())).toEqual({ count: 0, p50: 0, p95: 0, p99: 0, max: 0 });
    expect(timesOf(histogramOf(0, 600_000))).toMatchObject({ count: 2 });
  });
});

describe("bars", () => {
  test("[LOAD-BARS-1] every value is in the bar of its range, an outlier in the last bar", () => {
    const bars = barsOf(histogramOf(...upTo(100).map((ms) => ms - 0.5), 5000));
    expect(bars.reduce((sum, { count }) => sum + count, 0)).toBe(101);
    const inFirst = bars.filter(({ toMs }) => toMs <= 50).reduce((sum, { count }) => sum + count, 0);
    const edge = bars.findLast(({ toMs }) => toMs <= 50)?.toMs ?? 0;
    expect(inFirst).toBe(Math.round(edge));
    expect(barsOf(histogramOf())).toEqual([]);
    expect(barsOf(histogramOf(3)).filter(({ count }) => count > 0)).toHaveLength(1);
  });

  test("[LOAD-BARS-2] a server's buckets become bars, without the empty ones at either end", () => {
    const buckets = new Map([
      [0.001, 0],
      [0.002, 4],
      [0.005, 4],
      [0.01, 5],
      [Number.POSITIVE_INFINITY, 5],
    ]);
    expect(barsOfBuckets(buckets)).toEqual([
      { fromMs: 1, toMs: 2, count: 4 },
      { fromMs: 2, toMs: 5, count: 0 },
      { fromMs: 5, toMs: 10, count: 1 },
    ]);
  });
});

const METRICS = (due: number, held: number, fast: number, slow: number, cpu: number) => `
# HELP fracas_ticks_due_total Ticks
fracas_ticks_due_total ${due}
fracas_ticks_held_total ${held}
fracas_tick_duration_seconds_bucket{le="0.001"} ${fast}
fracas_tick_duration_seconds_bucket{le="0.01"} ${fast + slow}
fracas_tick_duration_seconds_bucket{le="+Inf"} ${fast + slow}
nodejs_gc_duration_seconds_bucket{le="0.001",kind="minor"} 1
nodejs_gc_duration_seconds_bucket{le="0.001",kind="major"} 2
nodejs_gc_duration_seconds_sum{kind="minor"} 0.25
nodejs_gc_duration_seconds_sum{kind="major"} 0.5
process_cpu_user_seconds_total ${cpu}
process_cpu_system_seconds_total 1
process_resident_memory_bytes 104857600
`;

describe("the server's metrics", () => {
  const before = parseMetrics(METRICS(1000, 1000, 5000, 0, 2), 0);
  const after = parseMetrics(METRICS(1300, 1270, 5098, 2, 6), 10_000);
  const span = new Span(before, after);

  test("[LOAD-METRICS-1] labels are summed, buckets are kept apart", () => {
    expect(before.values.get("nodejs_gc_duration_seconds_sum")).toBe(0.75);
    expect(before.histograms.get("nodejs_gc_duration_seconds")?.get(0.001)).toBe(3);
    expect(before.histograms.get("fracas_tick_duration_seconds")?.get(Number.POSITIVE_INFINITY)).toBe(5000);
  });

  test("[LOAD-METRICS-2] a span counts what happened between its two readings, not before", () => {
    expect(span.quantile("fracas_tick_duration_seconds", 0.5)).toBeCloseTo(0.00051, 5);
    expect(span.quantile("fracas_tick_duration_seconds", 0.99)).toBeCloseTo(0.0055, 5);
    expect(heldShare(span)).toBeCloseTo(0.9);
    expect(serverRow(span)).toMatchObject({ ticksHeld: 0.9, cpu: 0.4, rssMb: 100, gcMs: 0 });
    expect(serverFigures(span, [], undefined).tickRate).toBeCloseTo(27);
    expect(serverFigures(span, [], undefined).tick).toMatchObject({ count: 100, max: 10 });
  });

  test("[LOAD-METRICS-5] a heap that rises and falls has not grown; a heap whose minima rise has", () => {
    const levels = (heapMb: number[]) => heapMb.map((mb) => ({ rssMb: 100 + mb, heapMb: mb, queuedKb: 3 }));
    const idle = { rssMb: 90, heapMb: 20, queuedKb: 0 };
    const stable = serverFigures(span, levels([30, 50, 70, 30, 50, 70, 30, 50, 70]), idle);
    expect(stable).toMatchObject({ heapMbKept: [30, 30], rssMbIdle: 90, rssMbLast: 170, queuedKbMost: 3 });
    expect(serverFigures(span, levels([30, 50, 70, 40, 60, 80, 50, 70, 90]), idle).heapMbKept).toEqual([
      30, 50,
    ]);
  });

  test("[LOAD-METRICS-3] a quantile beyond the last bound is that bound; without observations there is none", () => {
    const beyond = new Map([
      [1, 0],
      [Number.POSITIVE_INFINITY, 3],
    ]);
    expect(quantile(beyond, 0.5)).toBe(1);
    expect(quantile(new Map(), 0.5)).toBeUndefined();
    expect(span.quantile("no_such_thing", 0.5)).toBeUndefined();
  });

  test("[LOAD-METRICS-4] a server whose ticks come a little early holds all of them, and not more", () => {
    const early = new Span(before, parseMetrics(METRICS(1300, 1302, 5300, 0, 2), 10_000));
    expect(heldShare(early)).toBe(1);
    expect(heldShare(new Span(before, before))).toBeUndefined();
  });
});

describe("verdicts", () => {
  const times = { count: 10, p50: 1, p95: 120, p99: 140, max: 150 };
  const found = {
    joins: { ...times, failures: { "529 full": 2 } },
    closes: { "1006": 1 },
    errors: {},
    serverFigures: {
      tick: { ...times, p99: 12.345 },
      work: { ...times, p99: 24 },
      gc: { ...times, p99: 7.5 },
      tickRate: 29.9,
      ticksDue: 1000,
      ticksHeld: 990,
      rssMbIdle: 80,
      rssMbLast: 122,
    } as Report["serverFigures"],
    clients: { asked: 100, kind: "light", most: 100, rooms: 1 } as const,
    down: { patchesPerClientSec: 19.5, patchGap: times } as Report["down"],
  };

  test("[LOAD-JUDGE-1] only the thresholds given are judged, each with the figure found", () => {
    expect(judge(found, {})).toEqual([]);
    expect(judge(found, { maxTickP99Ms: 12, minTickRate: 29, maxErrors: 3, maxJoinP95Ms: 119 })).toEqual([
      { threshold: "--max-tick-p99 12", found: "tick p99 is 12.35 ms", holds: false },
      { threshold: "--min-tick-rate 29", found: "ticks a second: 29.9", holds: true },
      { threshold: "--max-errors 3", found: "number of errors is 3", holds: true },
      { threshold: "--max-join-p95 119", found: "join p95 is 120 ms", holds: false },
    ]);
  });

  test("[LOAD-JUDGE-5] ticks and patches are judged each by itself, and a rate of patches may be too high as well", () => {
    expect(judge(found, { minHeld: 0.98, patchesWithin: 0.1 })).toEqual([
      { threshold: "--min-held 98.0 %", found: "99.0 % of the ticks", holds: true },
      { threshold: "--min-held 98.0 %", found: "97.5 % of the patches", holds: false },
      { threshold: "--patches-within 0.1", found: "distance of patches to 20 a second is 0.5", holds: false },
    ]);
    const rate = (patchesPerClientSec: number) => ({
      ...found,
      down: { ...found.down, patchesPerClientSec },
    });
    for (const [patches, holds] of [
      [19.95, true],
      [20.05, true],
      [20.3, false],
    ] as const) {
      expect(judge(rate(patches), { patchesWithin: 0.1 })[0]?.holds).toBe(holds);
    }
  });

  test("[LOAD-JUDGE-6] GC pauses, a tick with its patch, and memory by player have thresholds", () => {
    expect(judge(found, { maxWorkP99Ms: 25, maxGcP99Ms: 3, maxRssMb: 0.35 })).toEqual([
      { threshold: "--max-work-p99 25", found: "tick + patch p99 is 24 ms", holds: true },
      { threshold: "--max-gc-p99 3", found: "GC pause p99 is 7.5 ms", holds: false },
      { threshold: "--max-rss 0.35", found: "RSS a player is 0.42 MB", holds: false },
    ]);
  });

  test("[LOAD-JUDGE-2] a figure that was not measured fails its threshold", () => {
    const down = { ...found.down, patchGap: { ...times, count: 0 } };
    const blind = { ...found, serverFigures: undefined, joins: { ...found.joins, count: 0 }, down };
    const verdicts = judge(blind, {
      maxTickP99Ms: 1000,
      maxWorkP99Ms: 1000,
      maxGcP99Ms: 1000,
      minTickRate: 1,
      minHeld: 0,
      patchesWithin: 20,
      maxRssMb: 1000,
      maxJoinP95Ms: 1000,
    });
    expect(verdicts.map(({ holds }) => holds)).toEqual(new Array(9).fill(false));
    expect(verdicts[0]?.found).toBe("tick p99 was not measured");
  });

  test("[LOAD-JUDGE-3] failed joins, lost connections and errors all count as errors", () => {
    expect(errorsOf(found)).toBe(3);
  });

  test("[LOAD-JUDGE-4] a generator that was busy, late, or sent too few commands makes a run invalid, with the reason", () => {
    expect(whyInvalid({ busy: 0.5, lateP99: 4, commandsSent: 1 })).toEqual([]);
    expect(whyInvalid({ busy: 0.97, lateP99: 40, commandsSent: 0.8 })).toEqual([
      "a thread of the generator was busy for 97 % of the time",
      "a thread of the generator was late by 40 ms (p99)",
      "only 80 % of the commands due were sent",
    ]);
  });
});
