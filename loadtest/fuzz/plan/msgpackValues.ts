/** Message payloads in MessagePack (big-endian): well-formed ones, and ones made to harm a decoder. */
import { between, type Cases, oneOf, pick, type Random, randomBytes, repeat, size } from "./chance.ts";
import { join } from "./wireNumbers.ts";

const big = (value: number, byteCount: number) =>
  Array.from({ length: byteCount }, (_, i) => Math.floor(value / 2 ** (8 * (byteCount - 1 - i))) & 0xff);

function packString(text: string): Uint8Array {
  const bytes = new TextEncoder().encode(text);
  if (bytes.length < 32) return join([0xa0 | bytes.length], bytes);
  return bytes.length < 0x100 ? join([0xd9, bytes.length], bytes) : join([0xda], big(bytes.length, 2), bytes);
}

export type Packable =
  | string
  | number
  | boolean
  | readonly Packable[]
  | { readonly [field: string]: Packable };

/** A message's payload: an object of texts, whole numbers from −32 to 65,535, booleans, lists and such objects. */
export function packed(value: Packable): Uint8Array {
  if (typeof value === "string") return packString(value);
  if (typeof value === "number") return join(value < 0x80 ? [value & 0xff] : [0xcd, ...big(value, 2)]);
  if (typeof value === "boolean") return join([value ? 0xc3 : 0xc2]);
  if (Array.isArray(value)) {
    const { length } = value;
    return join(length < 16 ? [0x90 | length] : [0xdc, ...big(length, 2)], ...value.map(packed));
  }
  const fields = Object.entries(value);
  return join([0x80 | fields.length], ...fields.map(([name, each]) => join(packString(name), packed(each))));
}

/** A well-formed value of any shape, nested at most `depth` levels deep. */
export function validValue(random: Random, depth = 3): Uint8Array {
  const isLeaf = depth === 0 || random.next() < 0.6;
  if (!isLeaf) {
    const count = between(random, 0, 5);
    return random.next() < 0.5
      ? join([0x90 | count], ...repeat(count, () => validValue(random, depth - 1)))
      : join(
          [0x80 | count],
          ...repeat(count, () => join(packString(pick(random, KEYS)), validValue(random, depth - 1))),
        );
  }
  return pick(random, LEAVES)(random);
}

const KEYS = [
  "text",
  "action",
  "target",
  "x",
  "__proto__",
  "constructor",
  "toJSON",
  "then",
  "length",
] as const;

const LEAVES: readonly ((random: Random) => Uint8Array)[] = [
  () => join([0xc0]),
  (random) => join([between(random, 0xc2, 0xc3)]),
  (random) => join([between(random, 0, 0x7f)]),
  (random) => join([0xcb], randomBytes(random, 8)),
  (random) => join([0xd3], randomBytes(random, 8)),
  (random) => packString("hello ".repeat(between(random, 0, 30))),
  (random) => join([0xc4, 4], randomBytes(random, 4)),
];

/** Headers that are followed by a count or a length. */
const HUGE_HEADERS = [0xdc, 0xdd, 0xde, 0xdf, 0xd9, 0xda, 0xdb, 0xc4, 0xc5, 0xc6, 0xc7, 0xc8, 0xc9] as const;
const LENGTH_BYTES: Readonly<Record<number, number>> = {
  220: 2,
  221: 4,
  222: 2,
  223: 4,
  217: 1,
  218: 2,
  219: 4,
  196: 1,
  197: 2,
  198: 4,
  199: 1,
  200: 2,
  201: 4,
};

const BROKEN_VALUES: Cases<[], Uint8Array> = {
  hugeCount: {
    weight: 4,
    make: (random) => {
      const header = pick(random, HUGE_HEADERS);
      return join(
        [header],
        Array(LENGTH_BYTES[header]).fill(pick(random, [0xff, 0x7f, 0x0f])),
        randomBytes(random, 9),
      );
    },
  },
  deepArrays: { weight: 3, make: (random) => new Uint8Array(1 + size(random, 8000)).fill(0x91) },
  deepMaps: { weight: 2, make: (random) => join(...repeat(size(random, 2000), () => [0x81, 0xa1, 0x61])) },
  nestedHuge: { weight: 2, make: () => join(...repeat(200, () => [0xdd, 0, 0, 0xff, 0xff])) },
  /** The extensions of msgpackr: records, shared structures, dates, errors, regular expressions, typed arrays. */
  extension: {
    weight: 4,
    make: (random) => {
      const type = pick(
        random,
        [0, 1, 0x42, 0x52, 0x62, 0x63, 0x65, 0x69, 0x70, 0x72, 0x73, 0x74, 0x78, 0xff],
      );
      const body = randomBytes(random, size(random, 64));
      return join([0xc7, body.length, type], body);
    },
  },
  fixedExtension: {
    weight: 3,
    make: (random) => join([between(random, 0xd4, 0xd8)], randomBytes(random, between(random, 0, 17))),
  },
  record: {
    weight: 2,
    make: (random) => join([0xd4, 0x72, 0x40], validValue(random), [0x40], validValue(random)),
  },
  neverUsed: { weight: 1, make: () => join([0xc1]) },
  trailing: {
    weight: 2,
    make: (random) => join(validValue(random), validValue(random), randomBytes(random, 5)),
  },
  mapWithoutValue: { weight: 1, make: () => join([0x82], packString("text")) },
  keyOfAnyKind: { weight: 1, make: (random) => join([0x81], validValue(random), validValue(random)) },
  random: { weight: 3, make: (random) => randomBytes(random, size(random, 1000)) },
};

export const brokenValue = oneOf(BROKEN_VALUES);
