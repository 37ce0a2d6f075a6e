/** A replay's file is read as it was written; a damaged or foreign one is refused with its reason, and never hangs a reader. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  HEAD_BYTES,
  MAGIC,
  type ReadAt,
  readIndex,
  unpackSegment,
  writeEnd,
  writeHead,
  writeSegment,
} from "./container.ts";
import { type Frame, writeFrames } from "./frames.ts";
import { gunzip, gzip } from "./gzip.ts";
import { REPLAY_FORMAT, type ReplayEnd, type ReplayHead, type SegmentPlace } from "./replay.ts";
import { ReplayError } from "./replayError.ts";

const HEAD: ReplayHead = {
  format: REPLAY_FORMAT,
  protocol: 8,
  match: "01920000-0000-7000-8000-000000000000",
  room: "BCDFG",
  isHosted: false,
  startedAt: 1,
  mode: "deathmatch",
  map: "foundry",
  mapSha256: "0".repeat(64),
  patchMs: 50,
  handshake: "AAAA",
};

const frames: fc.Arbitrary<Frame[]> = fc
  .array(fc.tuple(fc.nat(5000), fc.uint8Array({ minLength: 1, maxLength: 300 })), { minLength: 1 })
  .map((steps) => {
    let atMs = 0;
    return steps.map(([laterMs, bytes]) => {
      atMs += laterMs;
      return { atMs, bytes };
    });
  });

async function write(segments: readonly Frame[][], isFinished = true): Promise<Uint8Array> {
  const parts = [await writeHead(HEAD, gzip)];
  const places: SegmentPlace[] = [];
  let at = (parts[0] as Uint8Array).length;
  for (const each of segments) {
    const [fromMs, toMs] = [each[0]?.atMs ?? 0, each.at(-1)?.atMs ?? 0];
    const bytes = writeSegment(fromMs, toMs, await gzip(writeFrames(each)));
    places.push({ at, bytes: bytes.length, fromMs, toMs });
    at += bytes.length;
    parts.push(bytes);
  }
  const end: ReplayEnd = { segments: places, marks: [{ is: "end", atMs: 5 }], people: [] };
  if (isFinished) parts.push(await writeEnd(end, at, gzip));
  return new Uint8Array(Buffer.concat(parts));
}

const reader =
  (file: Uint8Array): ReadAt =>
  async (at, length) =>
    file.subarray(at, at + length);

const open = (file: Uint8Array) => readIndex(reader(file), file.length, gunzip);

async function readAll(file: Uint8Array): Promise<Frame[]> {
  const { segments } = await open(file);
  const all = await Promise.all(
    segments.map(({ at, bytes }) => unpackSegment(file.subarray(at, at + bytes), gunzip)),
  );
  return all.flat();
}

/** Times of one segment follow those of the one before. */
const inOrder = (segments: readonly Frame[][]): Frame[][] => {
  let fromMs = 0;
  return segments.map((each) => {
    const moved = each.map(({ atMs, bytes }) => ({ atMs: atMs + fromMs, bytes }));
    fromMs = moved.at(-1)?.atMs ?? fromMs;
    return moved;
  });
};

describe("a replay's file", () => {
  test("[REPLAY-1] gives back its head and frames, with its end or without", () =>
    fc.assert(
      fc.asyncProperty(fc.array(frames, { maxLength: 4 }), fc.boolean(), async (some, isFinished) => {
        const segments = inOrder(some);
        const file = await write(segments, isFinished);
        const { head, end } = await open(file);
        expect([head, end !== undefined]).toEqual([HEAD, isFinished]);
        expect(await readAll(file)).toEqual(segments.flat());
      }),
    ));

  test("[REPLAY-2] without its last bytes has every segment that was finished", async () => {
    const segments = inOrder([1, 2, 3].map((at) => [{ atMs: at * 5000, bytes: Uint8Array.of(at) }]));
    const whole = await write(segments, false);
    const { segments: places } = await open(whole);
    const last = places[2] as SegmentPlace;
    for (let length = last.at; length < last.at + last.bytes; length++) {
      expect((await open(whole.subarray(0, length))).segments).toEqual(places.slice(0, 2));
    }
  });

  test("[REPLAY-3] with a flipped bit is refused, or says what it said before", () =>
    fc.assert(
      fc.asyncProperty(frames, fc.nat(), fc.nat(7), async (some, place, bit) => {
        const file = await write([some]);
        const flipped = Uint8Array.from(file);
        const at = place % file.length;
        flipped[at] = (flipped[at] as number) ^ (1 << bit);
        const before = await readAll(file);
        const after = await readAll(flipped).catch((error: unknown) => error);
        // A writer that died leaves a file without an end, as a flipped bit in the last bytes does.
        if (after instanceof Error) expect(after).toBeInstanceOf(ReplayError);
        else expect(before).toEqual(expect.arrayContaining(after as Frame[]));
      }),
    ));

  test("[REPLAY-4] of anything else is refused with its reason", () =>
    fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 400 }), fc.boolean(), async (bytes, isMarked) => {
        const file = isMarked ? new Uint8Array(Buffer.concat([MAGIC, bytes])) : bytes;
        await expect(open(file)).rejects.toBeInstanceOf(ReplayError);
      }),
    ));

  test("[REPLAY-5] that would unpack to more than its bound is refused before it does", async () => {
    const packed = await gzip(new Uint8Array(64 * 1024 * 1024));
    await expect(unpackSegment(writeSegment(0, 0, packed), gunzip)).rejects.toMatchObject({ why: "damaged" });
  });

  test("[REPLAY-6] of a later version says so", async () => {
    const later = { ...HEAD, format: 2 as never };
    const file = await writeHead(later, gzip);
    await expect(open(file)).rejects.toMatchObject({ why: "newer" });
    await expect(open(file.subarray(0, HEAD_BYTES + 3))).rejects.toMatchObject({ why: "damaged" });
  });
});
