/** Encodes WebSocket frames of a client (RFC 6455): masked, whole or fragmented, and broken on request. */
import { between, happens, type Random, randomBytes } from "./chance.ts";
import { join } from "./wireNumbers.ts";

export const OPCODE = { continuation: 0, text: 1, binary: 2, close: 8, ping: 9, pong: 10 } as const;

export interface FrameShape {
  opcode: number;
  final?: boolean;
  /** The three reserved bits of the first byte: 0x40, 0x20, 0x10. */
  reserved?: number;
  masked?: boolean;
  /** The length in the header; by default the real one. */
  claimedBytes?: number;
}

/** One frame as bytes on the stream. */
export function encodeFrame(random: Random, payload: Uint8Array, shape: FrameShape): Uint8Array {
  const { opcode, final = true, reserved = 0, masked = true, claimedBytes = payload.length } = shape;
  const first = (final ? 0x80 : 0) | reserved | opcode;
  const head = join([first], lengthBytes(claimedBytes, masked ? 0x80 : 0));
  if (!masked) return join(head, payload);
  const mask = randomBytes(random, 4);
  return join(
    head,
    mask,
    payload.map((byte, i) => byte ^ (mask[i % 4] ?? 0)),
  );
}

function lengthBytes(count: number, maskBit: number): number[] {
  if (count < 126) return [maskBit | count];
  if (count < 0x10000) return [maskBit | 126, count >> 8, count & 0xff];
  const high = Math.floor(count / 2 ** 32);
  const word = (value: number) => [value >>> 24, (value >>> 16) & 0xff, (value >>> 8) & 0xff, value & 0xff];
  return [maskBit | 127, ...word(high), ...word(count >>> 0)];
}

/** The message in two to five frames, sometimes with a ping in between, which RFC 6455 allows. */
export function encodeFragments(random: Random, payload: Uint8Array, opcode: number): Uint8Array {
  const count = between(random, 2, 5);
  const cuts = Array.from({ length: count - 1 }, () => between(random, 0, payload.length)).sort(
    (a, b) => a - b,
  );
  const edges = [0, ...cuts, payload.length];
  const frames: Uint8Array[] = [];
  for (let i = 0; i < count; i++) {
    if (i > 0 && happens(random, 0.2))
      frames.push(encodeFrame(random, new Uint8Array(), { opcode: OPCODE.ping }));
    frames.push(
      encodeFrame(random, payload.subarray(edges[i], edges[i + 1]), {
        opcode: i === 0 ? opcode : OPCODE.continuation,
        final: i === count - 1,
      }),
    );
  }
  return join(...frames);
}
