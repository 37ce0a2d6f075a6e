/**
 * The file of a recorded match: a head, segments that can each be watched by themselves, and an end with an index. A file
 * whose writer died has no end; its finished segments are found by their lengths. All numbers are little-endian.
 *
 *     head     8 bytes MAGIC, uint32 length, gzip of the JSON of a ReplayHead
 *     segment  uint32 length, uint32 fromMs, uint32 toMs, gzip of frames
 *     end      uint32 0, uint32 length, gzip of the JSON of a ReplayEnd, uint32 where the end begins, 8 bytes MAGIC
 */
import type { z } from "zod";
import { type Frame, readFrames } from "./frames.ts";
import { REPLAY_FORMAT, ReplayEnd, ReplayHead, SEGMENTS_MAX, type SegmentPlace } from "./replay.ts";
import { ReplayError } from "./replayError.ts";

export const MAGIC: Uint8Array = new TextEncoder().encode("FRACAS\0R");
const LENGTH_BYTES = 4;
export const HEAD_BYTES = MAGIC.length + LENGTH_BYTES;
/** The numbers before the compressed frames of a segment. */
const SEGMENT_HEAD_BYTES = 3 * LENGTH_BYTES;
/** The last bytes of a whole file. */
const TAIL_BYTES = LENGTH_BYTES + MAGIC.length;

/** Bounds on what a reader reads and unpacks: a small file may claim to hold much, and a large one may be anything. */
const JSON_MAX_BYTES = 4 * 1024 * 1024;
const SEGMENT_MAX_BYTES = 16 * 1024 * 1024;

export type Gzip = (bytes: Uint8Array) => Promise<Uint8Array>;
/** Rejects with a ReplayError when the bytes are damaged, or unpack to more than `maxBytes`. */
export type Gunzip = (bytes: Uint8Array, maxBytes: number) => Promise<Uint8Array>;

/** Reads a part of the file; fewer bytes than asked for where the file ends. */
export type ReadAt = (at: number, length: number) => Promise<Uint8Array>;

const viewOf = ({ buffer, byteOffset, byteLength }: Uint8Array): DataView =>
  new DataView(buffer, byteOffset, byteLength);

const isMagic = (bytes: Uint8Array): boolean =>
  bytes.length === MAGIC.length && MAGIC.every((byte, at) => bytes[at] === byte);

export async function writeHead(head: ReplayHead, gzip: Gzip): Promise<Uint8Array> {
  return withLength(MAGIC, await gzip(jsonBytes(head)));
}

export function writeSegment(fromMs: number, toMs: number, packed: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(SEGMENT_HEAD_BYTES + packed.length);
  const view = viewOf(bytes);
  for (const [place, value] of [packed.length, fromMs, toMs].entries())
    view.setUint32(place * LENGTH_BYTES, value, true);
  bytes.set(packed, SEGMENT_HEAD_BYTES);
  return bytes;
}

/** `at`: where the end begins, which is the length of the file so far. */
export async function writeEnd(end: ReplayEnd, at: number, gzip: Gzip): Promise<Uint8Array> {
  const body = withLength(new Uint8Array(LENGTH_BYTES), await gzip(jsonBytes(end)));
  const bytes = new Uint8Array(body.length + TAIL_BYTES);
  bytes.set(body);
  viewOf(bytes).setUint32(body.length, at, true);
  bytes.set(MAGIC, body.length + LENGTH_BYTES);
  return bytes;
}

export interface ReplayIndex {
  readonly head: ReplayHead;
  readonly segments: readonly SegmentPlace[];
  /** The first segment begins behind it. */
  readonly headBytes: number;
  /** Undefined for a file whose writer died. */
  readonly end: ReplayEnd | undefined;
}

/** `endsAt`: where the segments begin. Rejects with a ReplayError. */
export async function readHead(
  readAt: ReadAt,
  gunzip: Gunzip,
): Promise<{ head: ReplayHead; endsAt: number }> {
  const start = await readAt(0, HEAD_BYTES);
  if (!isMagic(start.subarray(0, MAGIC.length))) throw new ReplayError("foreign");
  const length = uint32At(start, MAGIC.length);
  const head = await readJson(ReplayHead, await readWhole(readAt, HEAD_BYTES, length), gunzip);
  return { head, endsAt: HEAD_BYTES + length };
}

/** Reads what is needed to fetch any segment. Rejects with a ReplayError. */
export async function readIndex(readAt: ReadAt, fileBytes: number, gunzip: Gunzip): Promise<ReplayIndex> {
  const { head, endsAt } = await readHead(readAt, gunzip);
  const end = await readEnd(readAt, endsAt, fileBytes, gunzip);
  const segments = end?.segments ?? (await findSegments(readAt, endsAt, fileBytes));
  return { head, headBytes: endsAt, segments, end };
}

async function readEnd(
  readAt: ReadAt,
  from: number,
  fileBytes: number,
  gunzip: Gunzip,
): Promise<ReplayEnd | undefined> {
  const tail = await readAt(Math.max(0, fileBytes - TAIL_BYTES), TAIL_BYTES);
  if (tail.length < TAIL_BYTES || !isMagic(tail.subarray(LENGTH_BYTES))) return undefined;
  const at = uint32At(tail, 0);
  const bodyAt = at + 2 * LENGTH_BYTES;
  if (bodyAt > fileBytes - TAIL_BYTES) throw new ReplayError("damaged");
  const end = await readJson(
    ReplayEnd,
    await readWhole(readAt, bodyAt, fileBytes - TAIL_BYTES - bodyAt),
    gunzip,
  );
  if (!followOneAnother(end.segments, from, at)) throw new ReplayError("damaged");
  return end;
}

/** Whether the segments follow one another, in the file as in time. */
function followOneAnother(segments: readonly SegmentPlace[], fromByte: number, toByte: number): boolean {
  let [atByte, atMs] = [fromByte, 0];
  return segments.every(({ at, bytes, fromMs, toMs }) => {
    const isNext = at >= atByte && bytes > SEGMENT_HEAD_BYTES && fromMs >= atMs && toMs >= fromMs;
    [atByte, atMs] = [at + bytes, toMs];
    return isNext && atByte <= toByte;
  });
}

/** Walks from length to length; what the writer had not finished is left out. */
async function findSegments(readAt: ReadAt, from: number, fileBytes: number): Promise<SegmentPlace[]> {
  const found: SegmentPlace[] = [];
  for (let at = from; at + SEGMENT_HEAD_BYTES <= fileBytes; ) {
    const head = await readAt(at, SEGMENT_HEAD_BYTES);
    const length = uint32At(head, 0);
    const bytes = SEGMENT_HEAD_BYTES + length;
    if (length === 0 || at + bytes > fileBytes) break;
    if (found.length === SEGMENTS_MAX) throw new ReplayError("damaged");
    const [fromMs, toMs] = [uint32At(head, LENGTH_BYTES), uint32At(head, 2 * LENGTH_BYTES)];
    if (toMs < fromMs || fromMs < (found.at(-1)?.toMs ?? 0)) throw new ReplayError("damaged");
    found.push({ at, bytes, fromMs, toMs });
    at += bytes;
  }
  return found;
}

/** The frames of a segment, from its bytes as they are in the file. Rejects with a ReplayError. */
export async function unpackSegment(bytes: Uint8Array, gunzip: Gunzip): Promise<Frame[]> {
  if (bytes.length < SEGMENT_HEAD_BYTES || uint32At(bytes, 0) !== bytes.length - SEGMENT_HEAD_BYTES)
    throw new ReplayError("damaged");
  const frames = readFrames(await gunzip(bytes.subarray(SEGMENT_HEAD_BYTES), SEGMENT_MAX_BYTES));
  const [fromMs, toMs] = [uint32At(bytes, LENGTH_BYTES), uint32At(bytes, 2 * LENGTH_BYTES)];
  if (frames[0]?.atMs !== fromMs || frames.at(-1)?.atMs !== toMs) throw new ReplayError("damaged");
  return frames;
}

const jsonBytes = (value: unknown): Uint8Array => new TextEncoder().encode(JSON.stringify(value));

async function readJson<Parsed>(
  form: z.ZodType<Parsed>,
  packed: Uint8Array,
  gunzip: Gunzip,
): Promise<Parsed> {
  const text = new TextDecoder().decode(await gunzip(packed, JSON_MAX_BYTES));
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new ReplayError("damaged");
  }
  const format = (value as { format?: unknown } | null)?.format;
  if (typeof format === "number" && format > REPLAY_FORMAT) throw new ReplayError("newer");
  const { success, data } = form.safeParse(value);
  if (!success) throw new ReplayError("damaged");
  return data;
}

/** Reads compressed JSON, which takes no more bytes than it unpacks to. */
async function readWhole(readAt: ReadAt, at: number, length: number): Promise<Uint8Array> {
  if (length > JSON_MAX_BYTES) throw new ReplayError("damaged");
  const bytes = await readAt(at, length);
  if (bytes.length !== length) throw new ReplayError("damaged");
  return bytes;
}

/** `before`, the length of `bytes`, and `bytes`. */
function withLength(before: Uint8Array, bytes: Uint8Array): Uint8Array {
  const all = new Uint8Array(before.length + LENGTH_BYTES + bytes.length);
  all.set(before);
  viewOf(all).setUint32(before.length, bytes.length, true);
  all.set(bytes, before.length + LENGTH_BYTES);
  return all;
}

/** Throws a ReplayError. */
function uint32At(bytes: Uint8Array, at: number): number {
  if (at + LENGTH_BYTES > bytes.length) throw new ReplayError("damaged");
  return viewOf(bytes).getUint32(at, true);
}
