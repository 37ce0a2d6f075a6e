/** Numbers and strings in the format of @colyseus/schema (MessagePack prefixes, little-endian), well-formed and broken. */
import { type Cases, happens, oneOf, pick, randomBytes, size } from "./chance.ts";

export function join(...parts: readonly (Uint8Array | readonly number[])[]): Uint8Array {
  const bytes = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
}

const little = (value: number, byteCount: number) =>
  Array.from({ length: byteCount }, (_, i) => Math.floor(value / 2 ** (8 * i)) & 0xff);

/** The shortest form of a number, as `encode.number` writes it. */
export function wireNumber(value: number): Uint8Array {
  if (!Number.isInteger(value)) return float64(value);
  if (value >= 0) {
    if (value < 0x80) return join([value]);
    if (value < 0x100) return join([0xcc, value]);
    if (value < 0x10000) return join([0xcd], little(value, 2));
    return value < 2 ** 32 ? join([0xce], little(value, 4)) : join([0xcf], little(value, 8));
  }
  if (value >= -0x20) return join([0x100 + value]);
  if (value >= -0x80) return join([0xd0, 0x100 + value]);
  if (value >= -0x8000) return join([0xd1], little(0x10000 + value, 2));
  return join([0xd2], little(2 ** 32 + value, 4));
}

export function float64(value: number): Uint8Array {
  const bytes = new Uint8Array(9);
  bytes[0] = 0xcb;
  new DataView(bytes.buffer).setFloat64(1, value, true);
  return bytes;
}

export function float32(value: number): Uint8Array {
  const bytes = new Uint8Array(5);
  bytes[0] = 0xca;
  new DataView(bytes.buffer).setFloat32(1, value, true);
  return bytes;
}

/** A string with its length in front; `claimedBytes` replaces that length. */
export function wireString(text: string, claimedBytes?: number): Uint8Array {
  const bytes = new TextEncoder().encode(text);
  const length = claimedBytes ?? bytes.length;
  if (length > 0 && length < 0x20) return join([0xa0 | length], bytes);
  if (length < 0x100) return join([0xd9, length], bytes);
  if (length < 0x10000) return join([0xda], little(length, 2), bytes);
  return join([0xdb], little(length, 4), bytes);
}

const PREFIXES = [
  0x80, 0x94, 0xa0, 0xbf, 0xc0, 0xc1, 0xc4, 0xc7, 0xd4, 0xd9, 0xda, 0xdb, 0xdc, 0xdf,
] as const;
const EDGES = [
  0,
  1,
  0x7f,
  0x80,
  0xff,
  0x100,
  0xffff,
  0x10000,
  2 ** 31,
  2 ** 32 - 1,
  2 ** 32,
  2 ** 53,
] as const;

/** Numbers that a decoder must not trust. */
const NASTY_NUMBERS: Cases<[], Uint8Array> = {
  edge: { weight: 4, make: (random) => wireNumber(pick(random, EDGES)) },
  negative: { weight: 3, make: (random) => wireNumber(-pick(random, [1, 2, 0x20, 0x80, 0x8000, 2 ** 31])) },
  largest64: { weight: 1, make: () => join([0xcf], Array(8).fill(0xff)) },
  smallest64: { weight: 1, make: () => join([0xd3], [0, 0, 0, 0, 0, 0, 0, 0x80]) },
  notANumber: {
    weight: 2,
    make: (random) => (happens(random, 0.5) ? float64(Number.NaN) : float32(Number.NaN)),
  },
  infinity: {
    weight: 2,
    make: (random) =>
      float64(pick(random, [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, -0, 1e308, 5e-324])),
  },
  fraction: { weight: 1, make: (random) => float64(random.next() * 10 - 5) },
  noNumber: { weight: 2, make: (random) => join([pick(random, PREFIXES)]) },
  cutOff: {
    weight: 2,
    make: (random) => join([pick(random, [0xca, 0xcb, 0xce, 0xcf, 0xd2, 0xd3])], randomBytes(random, 1)),
  },
};

export const nastyNumber = oneOf(NASTY_NUMBERS);

/** Names that mean something to JavaScript or Colyseus, and some unusual ones. */
const NASTY_NAMES = [
  "__proto__",
  "constructor",
  "toString",
  "hasOwnProperty",
  "prototype",
  "*",
  "_$b",
  "_$b*",
  "event",
  "chat",
  "host",
  "notice",
  "joinOrCreate",
  "onMessage",
  "",
  " ",
  "\0",
  "\u202E",
  "💥",
  "../..",
  "%s%s%n",
  "<b>",
] as const;

const NASTY_STRINGS: Cases<[], Uint8Array> = {
  name: { weight: 6, make: (random) => wireString(pick(random, NASTY_NAMES)) },
  /** From about 86 bytes on, the close reason of unpatched Colyseus is too long for a close frame. */
  long: { weight: 3, make: (random) => wireString("x".repeat(size(random, 4000))) },
  nearReasonLimit: { weight: 2, make: (random) => wireString("é".repeat(30 + size(random, 40))) },
  claimsMore: {
    weight: 3,
    make: (random) => wireString("short", pick(random, [6, 31, 255, 0xffff, 2 ** 31, 2 ** 32 - 1])),
  },
  claimsLess: { weight: 1, make: () => wireString("a longer text", 3) },
  badUtf8: {
    weight: 2,
    make: (random) => {
      const bytes = randomBytes(random, 20).map((byte) => byte | 0x80);
      return join([0xa0 | bytes.length], bytes);
    },
  },
};

export const nastyString = oneOf(NASTY_STRINGS);
