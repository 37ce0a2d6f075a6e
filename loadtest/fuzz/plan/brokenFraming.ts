/** Broken WebSocket framing: each rule of RFC 6455, section 5, is broken by a case of its own. */
import { between, type Cases, oneOf, pick, type Random, randomBytes, repeat, size } from "./chance.ts";
import { encodeFrame, OPCODE } from "./framing.ts";
import { join } from "./wireNumbers.ts";

const { binary, close, continuation, ping, pong, text } = OPCODE;
const closeBody = (code: number, reason: readonly number[] = []) => join([code >> 8, code & 0xff], reason);
const some = (random: Random) => randomBytes(random, size(random, 120));

const BROKEN_FRAMING: Cases<[], Uint8Array> = {
  unmasked: {
    weight: 3,
    make: (random) => encodeFrame(random, some(random), { opcode: binary, masked: false }),
  },
  reservedBits: {
    weight: 3,
    make: (random) =>
      encodeFrame(random, some(random), { opcode: binary, reserved: pick(random, [0x40, 0x20, 0x10, 0x70]) }),
  },
  reservedOpcode: {
    weight: 3,
    make: (random) =>
      encodeFrame(random, some(random), { opcode: pick(random, [3, 4, 5, 6, 7, 11, 12, 13, 14, 15]) }),
  },
  longControl: {
    weight: 2,
    make: (random) =>
      encodeFrame(random, randomBytes(random, between(random, 126, 2000)), {
        opcode: pick(random, [ping, pong, close]),
      }),
  },
  fragmentedControl: {
    weight: 2,
    make: (random) =>
      encodeFrame(random, some(random).subarray(0, 9), { opcode: pick(random, [ping, close]), final: false }),
  },
  loneContinuation: {
    weight: 2,
    make: (random) => encodeFrame(random, some(random), { opcode: continuation }),
  },
  interrupted: {
    weight: 2,
    make: (random) =>
      join(
        encodeFrame(random, some(random), { opcode: binary, final: false }),
        encodeFrame(random, some(random), { opcode: text }),
      ),
  },
  badUtf8: {
    weight: 2,
    make: (random) => encodeFrame(random, Uint8Array.of(0xc3, 0x28, 0xff), { opcode: text }),
  },
  hugeLength: {
    weight: 3,
    make: (random) =>
      encodeFrame(random, some(random), {
        opcode: binary,
        claimedBytes: pick(random, [2 ** 16, 2 ** 31, 2 ** 32, 2 ** 53, 2 ** 60]),
      }),
  },
  closeCode: {
    weight: 3,
    make: (random) =>
      encodeFrame(random, closeBody(pick(random, [0, 999, 1004, 1005, 1006, 1015, 2999, 5000, 65535])), {
        opcode: close,
      }),
  },
  closeOfOneByte: { weight: 1, make: (random) => encodeFrame(random, Uint8Array.of(3), { opcode: close }) },
  closeReason: {
    weight: 1,
    make: (random) => encodeFrame(random, closeBody(1000, [0xff, 0xfe]), { opcode: close }),
  },
  endlessFragments: {
    weight: 1,
    make: (random) =>
      join(
        encodeFrame(random, some(random), { opcode: binary, final: false }),
        ...repeat(size(random, 300), () =>
          encodeFrame(random, new Uint8Array(), { opcode: continuation, final: false }),
        ),
      ),
  },
  pings: {
    weight: 1,
    make: (random) => join(...repeat(20, () => encodeFrame(random, some(random), { opcode: ping }))),
  },
  noise: { weight: 3, make: (random) => randomBytes(random, 1 + size(random, 2000)) },
  secondRequest: { weight: 1, make: () => new TextEncoder().encode("GET / HTTP/1.1\r\nHost: x\r\n\r\n") },
};

export const brokenFraming = oneOf(BROKEN_FRAMING);
