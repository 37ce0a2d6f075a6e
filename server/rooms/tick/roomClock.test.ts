import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { PATCH_MS, TICK_MS } from "#shared/config.ts";
import { CATCH_UP_TICKS_MAX, RoomClock } from "./roomClock.ts";

/** What ran, and when, ms since the start. */
interface Run {
  what: "tick" | "patch";
  atMs: number;
}

/** Time that passes while no timer can fire: work takes it. */
let blockedMs = 0;
let startedAtMs = 0;
let runs: Run[] = [];
let clock: RoomClock | undefined;
const nowMs = () => performance.now() + blockedMs;

/** Starts a clock whose ticks and patches call `work`, which may take time. */
function start(work: (what: Run["what"]) => void = () => {}): void {
  startedAtMs = nowMs();
  const note = (what: Run["what"]) => () => {
    runs.push({ what, atMs: nowMs() - startedAtMs });
    work(what);
  };
  clock = new RoomClock({
    tickMs: TICK_MS,
    patchMs: PATCH_MS,
    nowMs,
    beforeTicks() {},
    tick: note("tick"),
    patch: note("patch"),
  });
}

/** Lets time pass until `ms` since the start. */
function runUntil(ms: number): void {
  while (nowMs() - startedAtMs < ms) vi.advanceTimersByTime(1);
}

const timesOf = (what: Run["what"]) => runs.filter((run) => run.what === what).map(({ atMs }) => atMs);

beforeEach(() => {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "performance"] });
  blockedMs = 0;
  runs = [];
});
afterEach(() => {
  clock?.stop();
  vi.useRealTimers();
});

describe("on time", () => {
  test("[CLOCK-12] a patch between two ticks keeps the time of the first, whose state it shows", () => {
    const order: string[] = [];
    const note = (what: string) => () => void order.push(what);
    startedAtMs = nowMs();
    clock = new RoomClock({
      tickMs: TICK_MS,
      patchMs: PATCH_MS,
      nowMs,
      beforeTicks: note("time"),
      tick: note("tick"),
      patch: note("patch"),
    });
    runUntil(101);
    expect(order).toEqual(["time", "tick", "patch", "time", "tick", "time", "tick", "patch"]);
  });

  test("[CLOCK-1] a minute has 1,800 ticks and 1,200 patches, each within a millisecond of its time", () => {
    start();
    runUntil(60_000 + 1);
    for (const [what, periodMs] of [
      ["tick", TICK_MS],
      ["patch", PATCH_MS],
    ] as const) {
      const times = timesOf(what);
      expect(times).toHaveLength(Math.round(60_000 / periodMs));
      for (const [index, atMs] of times.entries())
        expect(Math.abs(atMs - (index + 1) * periodMs)).toBeLessThanOrEqual(1);
    }
  });

  test("[CLOCK-2] a patch that is due together with a tick follows it", () => {
    start();
    runUntil(100 + 1);
    expect(runs.map(({ what }) => what)).toEqual(["tick", "patch", "tick", "tick", "patch"]);
  });
});

describe("late", () => {
  test("[CLOCK-3] lateness does not add up: a minute in which each run takes 0 to 12 ms has 1,800 ticks and 1,200 patches", () => {
    let run = 0;
    start(() => {
      blockedMs += (run++ * 7) % 13;
    });
    runUntil(60_000 + 1);
    expect(timesOf("tick")).toHaveLength(1800);
    expect(timesOf("patch")).toHaveLength(1200);
  });

  test("[CLOCK-4] with ticks and patches that take 95 % of the time, there are 20 patches a second", () => {
    // 30 × 20 + 20 × 17.5 ms a second.
    const TAKES_MS = { tick: 20, patch: 17.5 };
    start((what) => {
      blockedMs += TAKES_MS[what];
    });
    runUntil(60_000 + 1);
    expect(timesOf("patch")).toHaveLength(1200);
    expect(timesOf("tick")).toHaveLength(1800);
  });

  test("[CLOCK-5] a late patch does not move the next one", () => {
    start();
    runUntil(PATCH_MS - 10);
    blockedMs += 45;
    runUntil(160);
    const [first, second, third] = timesOf("patch");
    expect(first).toBeGreaterThan(PATCH_MS + 20);
    expect([second, third].map((atMs) => Math.round(atMs ?? 0))).toEqual([100, 150]);
  });

  test("[CLOCK-6] after a standstill of a second: five ticks, then one patch, then both go on in time", () => {
    start();
    runUntil(PATCH_MS + 1);
    runs = [];
    blockedMs += 1000;
    vi.advanceTimersToNextTimer();
    const stoodUntilMs = nowMs() - startedAtMs;
    expect(runs.map(({ what }) => what)).toEqual([...Array(CATCH_UP_TICKS_MAX).fill("tick"), "patch"]);
    runs = [];
    runUntil(stoodUntilMs + 1000);
    // 30 and 20 a second, of which one may be due as the second ends.
    expect(Math.abs(timesOf("tick").length - 30)).toBeLessThanOrEqual(1);
    expect(Math.abs(timesOf("patch").length - 20)).toBeLessThanOrEqual(1);
    for (const atMs of timesOf("patch")) {
      const offMs = atMs % PATCH_MS;
      expect(Math.min(offMs, PATCH_MS - offMs)).toBeLessThanOrEqual(1);
    }
  });
});

describe("stopped", () => {
  test("[CLOCK-7] a stopped clock has no timer", () => {
    start();
    clock?.stop();
    expect(vi.getTimerCount()).toBe(0);
  });

  test.each(["tick", "patch"] as const)("[CLOCK-8] nothing runs after a %s that stops it", (stopper) => {
    start((what) => {
      if (what === stopper) clock?.stop();
    });
    blockedMs += 300;
    runUntil(1000);
    expect(runs.filter(({ what }) => what === stopper)).toHaveLength(1);
    expect(runs.at(-1)?.what).toBe(stopper);
    expect(vi.getTimerCount()).toBe(0);
  });
});
