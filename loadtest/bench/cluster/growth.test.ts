/** Whether readings of memory grow, and what a scrape tells of each process. */
import { expect, test } from "vitest";
import { grows, growthOf } from "./growth.ts";
import { cpuBetween, Scrape } from "./scrape.ts";

const X = [100, 200, 300, 400, 500, 600];

test("[FIGURES-1] readings that rise steadily grow, by what the line through them rises", () => {
  const growth = growthOf(X, [50, 52, 54, 56, 58, 60], 1);
  expect(growth.grown).toBeCloseTo(10);
  expect(grows(growth)).toBe(true);
});

test("[FIGURES-2] noise around a level, a rise below the floor and a fall are no growth", () => {
  expect(grows(growthOf(X, [50, 58, 49, 57, 51, 58], 1))).toBe(false);
  expect(grows(growthOf(X, [50, 50.2, 50.4, 50.6, 50.8, 51], 2))).toBe(false);
  expect(grows(growthOf(X, [60, 58, 56, 54, 52, 50], 0))).toBe(false);
});

test("[FIGURES-3] a scrape keeps the processes apart, and CPU is a share of the time between two of them", () => {
  const text = (front: number, one: number, two: number) => `# HELP cpu seconds
process_cpu_seconds_total{process="front"} ${front}
process_cpu_seconds_total{process="room 1"} ${one}
process_cpu_seconds_total{process="room 2"} ${two}
nodejs_active_resources_total{type="Timeout",process="front"} 2
nodejs_active_resources_total{type="TCPSocketWrap",process="front"} 3
`;
  const before = new Scrape(text(1, 2, 3), 0);
  const after = new Scrape(text(1.5, 4, 5), 10_000);
  expect(after.of("nodejs_active_resources_total").get("front")).toBe(5);
  expect(after.sum("process_cpu_seconds_total")).toBe(10.5);
  expect(after.sum("missing")).toBeUndefined();
  const { front, rooms } = cpuBetween(before, after);
  expect(front).toBeCloseTo(0.05);
  expect(rooms).toBeCloseTo(0.4);
  const alone = cpuBetween(
    new Scrape("process_cpu_seconds_total 1\n", 0),
    new Scrape("process_cpu_seconds_total 2\n", 4_000),
  );
  expect(alone).toEqual({ front: 0.25, rooms: 0 });
});
