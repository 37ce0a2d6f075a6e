/** Bodies of matchmaking calls: join options, and JSON that only resembles them. */
import { type Cases, oneOf, pick, type Random, randomBytes, repeat, size } from "./chance.ts";
import { dearText } from "./texts.ts";

const asText = (bytes: Uint8Array) => String.fromCharCode(...bytes);

const VALUES = [
  "null",
  "true",
  "0",
  "-1",
  "1e309",
  '""',
  '"x"',
  "[]",
  "{}",
  '{"toString":1}',
  '["a"]',
  '{"$ne":null}',
  '"\\u0000"',
] as const;
const FIELDS = [
  "name",
  "protocol",
  "private",
  "password",
  "settings",
  "spectate",
  "sessionId",
  "roomId",
] as const;

const oddOptions = (random: Random) =>
  `{${repeat(size(random, 12), () => `"${pick(random, FIELDS)}":${pick(random, VALUES)}`).join(",")}}`;

/** With what is around it below the limit of 16 KB. */
const TEXT_MAX_BYTES = 16_000;
/** One character a byte, as in the rest of a request. */
const inUtf8 = (value: object) => Buffer.from(JSON.stringify(value)).toString("latin1");

/** Join options that the server takes. */
export const validBody = (random: Random): string => inUtf8({ name: `Player ${size(random, 1000)}` });

const JSON_BODIES: Cases<[], string> = {
  name: {
    weight: 5,
    make: (random) => JSON.stringify({ name: asText(randomBytes(random, size(random, 60))) }),
  },
  /** Names and titles that grow while the server cleans them. */
  dearText: {
    weight: 4,
    make: (random) => {
      const text = dearText(random, TEXT_MAX_BYTES);
      return pick(random, [
        inUtf8({ name: text }),
        inUtf8({ private: true, settings: { title: text } }),
        inUtf8({ password: text.slice(0, 64), spectate: true }),
      ]);
    },
  },
  options: { weight: 6, make: oddOptions },
  noObject: { weight: 3, make: (random) => pick(random, VALUES) },
  prototype: {
    weight: 3,
    make: (random) =>
      pick(random, [
        '{"__proto__":{"name":"x","isAdmin":true}}',
        '{"constructor":{"prototype":{"polluted":1}}}',
        '{"name":{"__proto__":null}}',
        '{"toJSON":1,"then":1,"hasOwnProperty":1}',
      ]),
  },
  invalid: {
    weight: 4,
    make: (random) => pick(random, ["{", '{"name":', "nul", "{'a':1}", "[,]", '"\\x"', "\xff\xfe", "{}{}"]),
  },
  deep: {
    weight: 3,
    make: (random) => {
      const depth = size(random, 60_000);
      return "[".repeat(depth) + "]".repeat(pick(random, [0, depth]));
    },
  },
  deepObject: { weight: 2, make: (random) => `${'{"a":'.repeat(size(random, 8000))}1` },
  /** Near the limit of 16 KB, and far above it. */
  large: {
    weight: 3,
    make: (random) => `{"name":"${"x".repeat(pick(random, [16_370, 16_384, 16_385, 20_000, 100_000]))}"}`,
  },
  manyKeys: {
    weight: 1,
    make: (random) => `{${Array.from({ length: size(random, 3000) }, (_, key) => `"k${key}":1`).join(",")}}`,
  },
  noise: { weight: 2, make: (random) => asText(randomBytes(random, size(random, 3000))) },
  empty: { weight: 1, make: () => "" },
};

export const jsonBody = oneOf(JSON_BODIES);
