/**
 * The frames of a segment: those that the server sent to a client that sees everything, each with its time. The first is a
 * whole state and the second its patch, so that a segment needs none before it.
 *
 *     frame  varint ms since the frame before (the first: since the replay's beginning), varint length, bytes
 */
import { ReplayError } from "./replayError.ts";

export interface Frame {
  /** Time since the replay's beginning. */
  readonly atMs: number;
  /** The frame as the server sends it, Colyseus' code included. */
  readonly bytes: Uint8Array;
}

/** Bounds a segment, which has a few hundred: each is an object that a viewer keeps. */
const FRAMES_MAX = 50_000;

/** The frames are in the order of their times, which are whole numbers. */
export function writeFrames(frames: readonly Frame[]): Uint8Array {
  const parts: Uint8Array[] = [];
  let lastMs = 0;
  for (const { atMs, bytes } of frames) {
    parts.push(varint(atMs - lastMs), varint(bytes.length), bytes);
    lastMs = atMs;
  }
  return concatBytes(parts);
}

/** Throws a ReplayError. */
export function readFrames(bytes: Uint8Array): Frame[] {
  const frames: Frame[] = [];
  const at = { offset: 0 };
  let atMs = 0;
  while (at.offset < bytes.length) {
    atMs += readVarint(bytes, at);
    const length = readVarint(bytes, at);
    const end = at.offset + length;
    if (end > bytes.length || length === 0 || frames.length === FRAMES_MAX) throw new ReplayError("damaged");
    frames.push({ atMs, bytes: bytes.subarray(at.offset, end) });
    at.offset = end;
  }
  return frames;
}

/** Seven bits a byte, the lowest first. */
function varint(value: number): Uint8Array {
  const bytes: number[] = [];
  let rest = value;
  for (; rest > 0x7f; rest = Math.floor(rest / 0x80)) bytes.push((rest % 0x80) | 0x80);
  return Uint8Array.of(...bytes, rest);
}

function readVarint(bytes: Uint8Array, at: { offset: number }): number {
  let value = 0;
  for (let scale = 1; scale <= 0x80 ** 4; scale *= 0x80) {
    const byte = bytes[at.offset++];
    if (byte === undefined) throw new ReplayError("damaged");
    value += (byte & 0x7f) * scale;
    if (byte < 0x80) return value;
  }
  throw new ReplayError("damaged");
}

export function concatBytes(parts: readonly Uint8Array[]): Uint8Array {
  const all = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let offset = 0;
  for (const part of parts) {
    all.set(part, offset);
    offset += part.length;
  }
  return all;
}
