/** Sums over processes that end and come late. */
import { Counter, Gauge, Histogram, Registry } from "prom-client";
import { expect, test } from "vitest";
import { LastingSums } from "./lastingSums.ts";
import { exposition, type Metrics, type ProcessMetrics } from "./metrics.ts";

/** A process that has played so many matches, started at this second. */
async function processOf(process: string, startedSec: number, matches: number): Promise<ProcessMetrics> {
  const registry = new Registry();
  const registers = [registry];
  new Gauge({ name: "process_start_time_seconds", help: "Start.", registers }).set(startedSec);
  new Gauge({ name: "test_rooms", help: "Rooms.", registers }).set(matches);
  const counter = new Counter({
    name: "test_matches_total",
    help: "Matches.",
    labelNames: ["mode"],
    registers,
  });
  counter.inc({ mode: "flags" }, matches);
  const histogram = new Histogram({ name: "test_seconds", help: "Time.", buckets: [1], registers });
  for (let at = 0; at < matches; at++) histogram.observe(0.5);
  new Counter({ name: "process_test_total", help: "Of one process.", registers }).inc(matches);
  return { process, metrics: (await registry.getMetricsAsJSON()) as Metrics };
}

const sums = new LastingSums();
async function scrape(...present: ProcessMetrics[]): Promise<(name: string) => string | undefined> {
  const text = await exposition(present, sums.absentFrom(present));
  return (name) =>
    text
      .split("\n")
      .find((line) => line.startsWith(`${name} `))
      ?.slice(name.length + 1);
}

const MATCHES = 'test_matches_total{mode="flags"}';

test("[LASTING-1] sums never fall while processes are late, start anew under their name, or end for good", async () => {
  const one = await processOf("room 1", 100, 10);
  const two = await processOf("room 2", 100, 5);
  expect((await scrape(one, two))(MATCHES)).toBe("15");
  const late = await scrape(one);
  expect(late(MATCHES)).toBe("15");
  expect(late("test_seconds_count")).toBe("15");
  expect(late('test_seconds_bucket{le="1"}')).toBe("15");
  // What is so now, and what is of one process, ends with it.
  expect(late("test_rooms")).toBe("10");
  expect(late('process_test_total{process="room 2"}')).toBeUndefined();
  expect((await scrape(one, await processOf("room 2", 100, 6)))(MATCHES)).toBe("16");
  expect((await scrape(one, await processOf("room 2", 200, 1)))(MATCHES)).toBe("17");
  for (let generation = 0; generation < 200; generation++)
    await scrape(await processOf(`former ${generation}`, 300, 1));
  const last = await scrape();
  expect(last(MATCHES)).toBe("217");
  expect(last("test_seconds_sum")).toBe("108.5");
});

test("[LASTING-2] a server of one process shows its metrics as they are", async () => {
  expect(new LastingSums().absentFrom([])).toEqual([]);
});
