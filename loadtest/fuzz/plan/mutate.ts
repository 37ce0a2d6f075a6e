/** Turns a valid frame into one that is nearly valid. */
import { between, type Cases, oneOf, pick, type Random, randomBytes, size } from "./chance.ts";
import { join, nastyNumber } from "./wireNumbers.ts";

const at = (random: Random, bytes: Uint8Array) => between(random, 0, Math.max(0, bytes.length - 1));

const MUTATIONS: Cases<[bytes: Uint8Array], Uint8Array> = {
  bit: {
    weight: 4,
    make(random, bytes) {
      const changed = Uint8Array.from(bytes);
      const index = at(random, bytes);
      changed[index] = (changed[index] ?? 0) ^ (1 << between(random, 0, 7));
      return changed;
    },
  },
  byte: {
    weight: 4,
    make(random, bytes) {
      const changed = Uint8Array.from(bytes);
      changed[at(random, bytes)] = pick(random, [0, 1, 0x7f, 0x80, 0xbf, 0xc0, 0xc1, 0xd5, 0xfe, 0xff]);
      return changed;
    },
  },
  truncated: { weight: 3, make: (random, bytes) => bytes.subarray(0, at(random, bytes)) },
  extended: { weight: 3, make: (random, bytes) => join(bytes, randomBytes(random, 1 + size(random, 400))) },
  inserted: {
    weight: 2,
    make(random, bytes) {
      const index = at(random, bytes);
      return join(bytes.subarray(0, index), nastyNumber(random), bytes.subarray(index));
    },
  },
  removed: {
    weight: 2,
    make(random, bytes) {
      const index = at(random, bytes);
      return join(bytes.subarray(0, index), bytes.subarray(index + 1));
    },
  },
  doubled: { weight: 1, make: (_random, bytes) => join(bytes, bytes) },
};

export const mutate = oneOf(MUTATIONS);
