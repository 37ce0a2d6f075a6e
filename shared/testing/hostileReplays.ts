/** Makes files from a seed that are no replay, or no whole one, and reads them as servers and viewers do. */
import { HEAD_BYTES, readIndex, unpackSegment } from "#shared/replay/container.ts";
import { concatBytes } from "#shared/replay/frames.ts";
import { gunzip } from "#shared/replay/gzip.ts";
import { ReplayError } from "#shared/replay/replayError.ts";
import { pickIndex, type Random, seededRandom } from "#shared/sim/random.ts";

const HOSTILE_KINDS = ["truncated", "flipped", "spliced", "overwritten", "foreign", "lying"] as const;
export type HostileKind = (typeof HOSTILE_KINDS)[number];

export interface HostileFile {
  readonly kind: HostileKind;
  readonly bytes: Uint8Array;
}

/** `from`: a real replay. The same number gives the same file. */
export function hostileFile(from: Uint8Array, number: number): HostileFile {
  const random = seededRandom(number + 1);
  const kind = HOSTILE_KINDS[number % HOSTILE_KINDS.length] ?? "truncated";
  // A copy: a Buffer's slice is not.
  return { kind, bytes: MAKE[kind](new Uint8Array(from), random) };
}

type Make = (from: Uint8Array, random: Random) => Uint8Array;

const MAKE: Readonly<Record<HostileKind, Make>> = {
  truncated: (from, random) => from.slice(0, placeIn(from, random)),
  flipped: (from, random) =>
    changed(from, random, 1 + pickIndex(random, 8), (byte) => byte ^ (1 << pickIndex(random, 8))),
  /** A part is left out, or comes twice. */
  spliced(from, random) {
    const [first, second] = [placeIn(from, random), placeIn(from, random)];
    return concatBytes([from.subarray(0, first), from.subarray(second)]);
  },
  overwritten: (from, random) =>
    changed(from, random, 1 + pickIndex(random, 200), () => pickIndex(random, 256)),
  /** Anything, often with a replay's beginning or end. */
  foreign(from, random) {
    const noise = Uint8Array.from({ length: pickIndex(random, 2000) }, () => pickIndex(random, 256));
    const head = from.subarray(0, pickIndex(random, 3) * 8);
    const tail = random.next() < 0.5 ? from.subarray(from.length - 12) : new Uint8Array();
    return concatBytes([head, noise, tail]);
  },
  /** Its lengths and places, which are numbers of 32 bits, are extreme ones. */
  lying(from, random) {
    const bytes = from.slice();
    const view = new DataView(bytes.buffer);
    const place = [8, HEAD_BYTES, bytes.length - 12, placeIn(from, random)][pickIndex(random, 4)] ?? 8;
    const value = EXTREMES[pickIndex(random, EXTREMES.length)] ?? 0;
    view.setUint32(Math.min(place, bytes.length - 4), value, true);
    return random.next() < 0.5 ? bytes.subarray(0, bytes.length - 12) : bytes;
  },
};

const EXTREMES = [0, 1, 0x7fff_ffff, 0x8000_0000, 0xffff_fff0, 0xffff_ffff] as const;

const placeIn = ({ length }: Uint8Array, random: Random): number => pickIndex(random, length);

function changed(
  from: Uint8Array,
  random: Random,
  times: number,
  change: (byte: number) => number,
): Uint8Array {
  const bytes = from.slice();
  for (let time = 0; time < times; time++) {
    const at = placeIn(bytes, random);
    bytes[at] = change(bytes[at] ?? 0);
  }
  return bytes;
}

/** The outcome of reading a file, and the most that it made a reader ask for. */
export interface HostileOutcome {
  /** "read": as a whole, or the segments that its writer had finished. */
  readonly is: "read" | ReplayError["why"];
  readonly reads: number;
  readonly longestRead: number;
}

/** Reads the index and every segment, as a server and a viewer do. Rejects with any error that is no ReplayError. */
export async function readHostile(bytes: Uint8Array): Promise<HostileOutcome> {
  let [reads, longestRead] = [0, 0];
  const readAt = async (at: number, length: number) => {
    reads++;
    longestRead = Math.max(longestRead, length);
    return bytes.subarray(at, at + length);
  };
  try {
    const { segments } = await readIndex(readAt, bytes.length, gunzip);
    for (const { at, bytes: length } of segments)
      await unpackSegment(bytes.subarray(at, at + length), gunzip);
    return { is: "read", reads, longestRead };
  } catch (error) {
    if (!(error instanceof ReplayError)) throw error;
    return { is: error.why, reads, longestRead };
  }
}
