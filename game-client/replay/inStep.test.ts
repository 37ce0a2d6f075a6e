/** A page that follows a screening shows its moment, whatever the host does and however slow the page loads. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { momentOf, RATES, type Screening } from "#shared/replay/screening.ts";
import { inStep } from "./inStep.ts";

const LENGTH_MS = 120_000;
const screening = (change: Partial<Screening> = {}): Screening => ({
  id: "0193a000-0000-7000-8000-000000000001",
  lengthMs: LENGTH_MS,
  atMs: 10_000,
  setAtMs: 0,
  rate: 1,
  isPlaying: true,
  ...change,
});
const head = (atMs: number, isLoading = false) => ({ atMs, isLoading });

const SEGMENT_MS = 5_000;

/** A playhead as the page drives it. A segment is fetched with the one that follows it, and kept. */
class FollowingPage {
  atMs = 0;
  jumps = 0;
  readonly #loadMs: number;
  readonly #kept = new Set<number>();
  #run = { isPlaying: false, speed: 1 };
  #loading: { leftMs: number; readonly toMs: number } | undefined;

  constructor(loadMs: number) {
    this.#loadMs = loadMs;
  }

  pass(ms: number, following: Screening, roomNowMs: number): void {
    if (this.#loading) this.#load(this.#loading, ms);
    else if (this.#run.isPlaying) this.atMs = Math.min(this.atMs + ms * this.#run.speed, LENGTH_MS);
    const step = inStep(following, roomNowMs, head(this.atMs, this.#loading !== undefined));
    if (step.do === "run") this.#run = { isPlaying: step.isPlaying, speed: step.rate * step.pace };
    if (step.do !== "seek") return;
    this.jumps++;
    if (!step.isPlaying) this.#run = { ...this.#run, isPlaying: false };
    const segment = Math.floor(step.toMs / SEGMENT_MS);
    const isKept = this.#kept.has(segment);
    for (const each of [segment, segment + 1]) this.#kept.add(each);
    if (isKept) this.atMs = step.toMs;
    else this.#loading = { leftMs: this.#loadMs, toMs: step.toMs };
  }

  #load(loading: { leftMs: number; readonly toMs: number }, ms: number): void {
    loading.leftMs -= ms;
    if (loading.leftMs > 0) return;
    this.atMs = loading.toMs;
    this.#loading = undefined;
  }
}

describe("following a screening", () => {
  test.each(RATES)("[TOGETHER-1] its moment passes at rate %d of the room's clock, up to its end", (rate) => {
    const now = screening({ rate, setAtMs: 500 });
    expect(momentOf(now, 500)).toBe(10_000);
    expect(momentOf(now, 1500)).toBe(10_000 + 1000 * rate);
    expect(momentOf(now, 10_000_000)).toBe(LENGTH_MS);
    // A page whose estimate is early does not run back.
    expect(momentOf(now, 0)).toBe(10_000);
    expect(momentOf({ ...now, isPlaying: false }, 1500)).toBe(10_000);
  });

  test.each([
    ["in step", 15_000, { do: "run", isPlaying: true, rate: 1, pace: 1 }],
    ["a little behind", 14_800, { do: "run", isPlaying: true, rate: 1, pace: 1.05 }],
    ["a little ahead", 15_200, { do: "run", isPlaying: true, rate: 1, pace: 0.95 }],
    ["far behind", 14_000, { do: "seek", isPlaying: true, toMs: 15_000 }],
    ["far ahead", 16_000, { do: "seek", isPlaying: true, toMs: 15_000 }],
  ])("[TOGETHER-2] a page that is %s catches up", (_, atMs, wanted) => {
    expect(inStep(screening(), 5_000, head(atMs))).toEqual(wanted);
  });

  test("[TOGETHER-3] all stand at the very same moment while the replay is paused", () => {
    const paused = screening({ isPlaying: false });
    expect(inStep(paused, 5_000, head(10_001))).toEqual({ do: "seek", isPlaying: false, toMs: 10_000 });
    expect(inStep(paused, 5_000, head(10_000))).toMatchObject({ do: "run", isPlaying: false, pace: 1 });
  });

  test("[TOGETHER-4] waits for what it loads, and does not begin again at the end", () => {
    expect(inStep(screening(), 5_000, head(0, true))).toEqual({ do: "wait" });
    const over = screening({ atMs: LENGTH_MS - 10 });
    expect(inStep(over, 5_000, head(LENGTH_MS))).toMatchObject({ do: "run", isPlaying: false });
    expect(inStep(over, 5_000, head(LENGTH_MS - 50))).toMatchObject({ do: "run", isPlaying: true });
  });

  test("[TOGETHER-5] whatever the host does, a page is in step after the time that it takes to load", () =>
    fc.assert(
      fc.property(
        fc.array(
          fc.record({
            atMs: fc.nat(LENGTH_MS),
            rate: fc.constantFrom(...RATES),
            isPlaying: fc.boolean(),
            forMs: fc.integer({ min: 100, max: 4000 }),
          }),
          { minLength: 1, maxLength: 8 },
        ),
        fc.integer({ min: 0, max: 1500 }),
        (changes, loadMs) => {
          const page = new FollowingPage(loadMs);
          const [frameMs, pollMs] = [20, 20];
          let nowMs = 0;
          let following = screening();
          for (const { forMs, ...change } of changes) {
            following = { ...following, ...change, setAtMs: nowMs };
            for (const until = nowMs + forMs; nowMs < until; nowMs += pollMs)
              page.pass(frameMs, following, nowMs);
          }
          // First arrives the action that is under way, and then the one that the host has asked for since.
          const settledMs = nowMs + 2 * loadMs + 100;
          for (; nowMs < settledMs; nowMs += pollMs) page.pass(frameMs, following, nowMs);
          const before = page.jumps;
          for (let i = 0; i < 100; i++, nowMs += pollMs) {
            page.pass(frameMs, following, nowMs);
            const offMs = Math.abs(momentOf(following, nowMs) - page.atMs);
            const scale = Math.max(1, following.rate);
            expect(offMs).toBeLessThanOrEqual(following.isPlaying ? 520 * scale : 0);
          }
          expect(page.jumps).toBe(before);
        },
      ),
      { numRuns: 300 },
    ));
});
