/** The playhead feeds each frame once and in order while it plays, and shows at any moment what playing through shows. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Frame } from "#shared/replay/frames.ts";
import { Playhead, type Segments } from "./playhead.ts";

const SEGMENT_MS = 1000;
/** Frames of this long before a jump's moment are fed as well, if need be those of the segment before. */
const WARM_MS = 500;
const PATCH_MS = 50;
const COUNT = 4;
const LENGTH_MS = COUNT * SEGMENT_MS - PATCH_MS;

/** Frame 0 of a segment is the whole state, frame 1 the patch that came with it, and then a patch every 50 ms. */
const segmentAt = (index: number): Frame[] => {
  const fromMs = index * SEGMENT_MS;
  const frame = (atMs: number, kind: number): Frame => ({ atMs, bytes: Uint8Array.of(kind, index) });
  const patches = Array.from({ length: SEGMENT_MS / PATCH_MS }, (_, at) => frame(fromMs + at * PATCH_MS, 1));
  return [frame(fromMs, 0), ...patches];
};

function open(change: Partial<Segments> = {}) {
  const fed: { atMs: number; isWhole: boolean; isPast: boolean }[] = [];
  const recalled: { atMs: number; agoMs: number }[] = [];
  const seen = { jumps: 0, failures: [] as unknown[] };
  const head = new Playhead({
    segments: {
      starts: Array.from({ length: COUNT }, (_, index) => index * SEGMENT_MS),
      frames: async (index) => segmentAt(index),
      ...change,
    },
    lengthMs: LENGTH_MS,
    feed: ({ atMs, bytes }, isPast) => void fed.push({ atMs, isWhole: bytes[0] === 0, isPast }),
    jumped: () => void seen.jumps++,
    recall: ({ atMs }, agoMs) => void recalled.push({ atMs, agoMs }),
    failed: (error) => void seen.failures.push(error),
  });
  return { head, fed, seen, recalled };
}

/** Plays to the end in frames of this length, or for as many. */
async function playThrough(head: Playhead, frameMs: number, framesMax = 10_000): Promise<number> {
  let frames = 0;
  for (; !head.isAtEnd && frames < framesMax; frames++) {
    head.advance(frameMs);
    await Promise.resolve();
    await Promise.resolve();
  }
  return frames;
}

describe("a playhead", () => {
  test.each([
    [1, 16],
    [0.25, 16],
    [4, 16],
    [2, 7],
  ] as const)(
    "[PLAYHEAD-1] at rate %d feeds every frame once, in order, in the time that it takes",
    async (rate, frameMs) => {
      const { head, fed } = open();
      head.setRate(rate);
      await head.seek(0);
      await head.play();
      const frames = await playThrough(head, frameMs);
      const all = Array.from({ length: COUNT }, (_, index) => segmentAt(index)).flat();
      expect(fed.map(({ atMs }) => atMs)).toEqual(all.map(({ atMs }) => atMs));
      expect(head.isPlaying).toBe(false);
      expect(Math.abs(frames - LENGTH_MS / rate / frameMs)).toBeLessThan(COUNT + 2);
    },
  );

  test("[PLAYHEAD-2] shows after any jump what is there at that moment, and tells of each jump once", () =>
    fc.assert(
      fc.asyncProperty(fc.array(fc.nat(LENGTH_MS), { minLength: 1 }), async (moments) => {
        const { head, fed, seen } = open();
        for (const ms of moments) {
          fed.length = 0;
          await head.seek(ms);
          const index = Math.min(Math.floor(ms / SEGMENT_MS), COUNT - 1);
          const before = index > 0 && ms - index * SEGMENT_MS < WARM_MS ? segmentAt(index - 1) : [];
          const own = segmentAt(index).filter(({ atMs }, place) => place < 2 || atMs <= ms);
          const wanted = [...before, ...own];
          expect(fed).toEqual(
            wanted.map(({ atMs, bytes }) => ({ atMs, isWhole: bytes[0] === 0, isPast: true })),
          );
          expect(head.atMs).toBe(ms);
        }
        expect(seen.jumps).toBe(moments.length);
      }),
    ));

  test("[VIEWER-2] a jump recalls what happened just before, and nothing later, from the segment before as well", async () => {
    const { head, recalled } = open();
    const ms = SEGMENT_MS + 3 * PATCH_MS;
    await head.seek(ms);
    const earlier = [...segmentAt(0), ...segmentAt(1)].filter(({ atMs }) => atMs <= ms);
    expect(recalled).toEqual(earlier.map(({ atMs }) => ({ atMs, agoMs: ms - atMs })));
  });

  test("[VIEWER-3] a jump needs no segment but its own: what happened before is only news", async () => {
    const { head, seen, recalled } = open({
      frames: async (index) => {
        if (index === 0) throw new Error("lost");
        return segmentAt(index);
      },
    });
    await head.seek(SEGMENT_MS);
    expect([head.atMs, seen.failures, recalled.length]).toEqual([SEGMENT_MS, [], 2]);
  });

  test("[PLAYHEAD-3] steps by one patch, forward over the border of a segment and back", async () => {
    const { head } = open();
    await head.seek(SEGMENT_MS - PATCH_MS);
    await head.step(1);
    expect(head.atMs).toBe(SEGMENT_MS);
    await head.step(1);
    expect(head.atMs).toBe(SEGMENT_MS + PATCH_MS);
    await head.step(-1);
    expect(head.atMs).toBe(SEGMENT_MS);
    await head.step(-1);
    expect(head.atMs).toBeLessThan(SEGMENT_MS);
  });

  test("[PLAYHEAD-4] shows the newest of several jumps, however slow the others load", async () => {
    const waiting: (() => void)[] = [];
    const { head } = open({
      frames: (index) => new Promise((resolve) => void waiting.push(() => resolve(segmentAt(index)))),
    });
    const jumps = [head.seek(0), head.seek(SEGMENT_MS), head.seek(3 * SEGMENT_MS)];
    expect(head.isLoading).toBe(true);
    for (const answer of waiting.reverse()) answer();
    await Promise.all(jumps);
    expect([head.atMs, head.isLoading]).toEqual([3 * SEGMENT_MS, false]);
  });

  test("[PLAYHEAD-5] stands still and says so when a segment cannot be had, and goes on from another", async () => {
    const lost = new Error("lost");
    const { head, seen } = open({
      frames: async (index) => {
        if (index === 1) throw lost;
        return segmentAt(index);
      },
    });
    await head.seek(0);
    await head.seek(SEGMENT_MS);
    expect([head.atMs, seen.failures]).toEqual([0, [lost]]);
    await head.seek(2 * SEGMENT_MS);
    expect(head.atMs).toBe(2 * SEGMENT_MS);
  });

  test("[PLAYHEAD-6] pauses where the next segment cannot be had, and asks for it once", async () => {
    const asked: number[] = [];
    const { head, seen } = open({
      frames: async (index) => {
        asked.push(index);
        if (index === 1) throw new Error("lost");
        return segmentAt(index);
      },
    });
    await head.seek(0);
    await head.play();
    await playThrough(head, PATCH_MS, 100);
    expect([head.atMs, head.isPlaying, seen.failures.length]).toEqual([SEGMENT_MS, false, 1]);
    expect(asked.filter((index) => index === 1)).toHaveLength(1);
  });

  test("[PLAYHEAD-7] a jump that waits for the segment before its own is not lost to one that plays on", async () => {
    let answer = () => {};
    const { head } = open({
      frames: (index) =>
        index === 2
          ? new Promise((resolve) => {
              answer = () => resolve(segmentAt(index));
            })
          : Promise.resolve(segmentAt(index)),
    });
    await head.seek(SEGMENT_MS - PATCH_MS);
    await head.play();
    const jump = head.seek(3 * SEGMENT_MS);
    await playThrough(head, PATCH_MS, 10);
    answer();
    await jump;
    expect(head.atMs).toBe(3 * SEGMENT_MS);
  });
});
