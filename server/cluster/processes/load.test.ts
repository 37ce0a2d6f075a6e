import { expect, test } from "vitest";
import { BEAT_MS, KnownLoad, LoadMeter } from "./load.ts";

test("[CLUSTER-6] the load is the share of the last three seconds that was spent in ticks and patches", () => {
  let spentMs = 0;
  const meter = new LoadMeter(() => spentMs);
  expect(meter.sample(0)).toBe(0);
  for (let atMs = BEAT_MS; atMs <= 10_000; atMs += BEAT_MS) {
    spentMs += BEAT_MS * 0.25;
    expect(meter.sample(atMs)).toBeCloseTo(0.25);
  }
  for (let atMs = 10_500; atMs <= 13_000; atMs += BEAT_MS) meter.sample(atMs);
  expect(meter.sample(13_500)).toBe(0);
});

test("[CLUSTER-7] ten rooms that are opened at once spread over the processes by load, then by clients", () => {
  const processes = [0.05, 0, 0].map(() => new KnownLoad());
  const [busy, crowded, idle] = processes;
  busy?.measured(0.05, 0);
  crowded?.measured(0, 10);
  idle?.measured(0, 0);
  const place = (nowMs: number) => {
    const [least] = processes.toSorted((a, b) => a.at(nowMs) - b.at(nowMs));
    least?.placed(nowMs);
    return least ? processes.indexOf(least) : -1;
  };
  expect(Array.from({ length: 10 }, () => place(0))).toEqual([2, 1, 2, 1, 2, 1, 0, 2, 1, 0]);
  // By now beats tell what these rooms cost.
  idle?.measured(0.5, 40);
  crowded?.measured(0.4, 40);
  busy?.measured(0.3, 40);
  expect(place(10_000)).toBe(0);
});
