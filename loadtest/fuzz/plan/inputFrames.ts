/**
 * Commands on the wire. Reliable: [code, stamp?, body]. Unreliable ring: [code, stamps?, seq, length, body, …].
 * A body is encoded by @colyseus/schema: for each field an operation combined with its index, then the value.
 */
import { Protocol } from "@colyseus/sdk";
import { TIMED } from "#loadtest/lib/frames.ts";
import { BUTTON, MOVE_MAX } from "#shared/schema/input.ts";
import {
  between,
  type Cases,
  happens,
  oneOf,
  pick,
  type Random,
  randomBytes,
  repeat,
  size,
} from "./chance.ts";
import { mutate } from "./mutate.ts";
import { join, nastyNumber, wireNumber } from "./wireNumbers.ts";

const ADD = 0x80;
/** Operations of @colyseus/schema that no honest input contains. */
const ODD_OPERATIONS = [0, 10, 15, 32, 33, 64, 96, 129, 160, 192, 213] as const;
const SWITCH_TO_STRUCTURE = 0xff;

const signed = (random: Random) => between(random, -MOVE_MAX, MOVE_MAX) & 0xff;

/** Legal values for each field, in CommandInput's order. */
const FIELDS: readonly ((random: Random) => readonly number[])[] = [
  (random) => [signed(random)],
  (random) => [signed(random)],
  (random) => [between(random, 0, 255), between(random, 0, 255)],
  (random) => [between(random, 0, BUTTON.fire | BUTTON.dash | BUTTON.altFire)],
  (random) => [between(random, 0, 255)],
];

/** A delta as the SDK encodes it: the changed fields in order, often none. */
export function validBody(random: Random): Uint8Array {
  const changed = FIELDS.map((make, index) => (happens(random, 0.4) ? [ADD | index, ...make(random)] : []));
  return join(...changed);
}

const withCode = (code: number, ...parts: readonly Uint8Array[]) => join([code], ...parts);

export const validInput = (random: Random) => withCode(Protocol.ROOM_INPUT_RELIABLE, validBody(random));

/** The stamp is the difference to the one before, about the ticks between two shots. */
export const stampedInput = (random: Random) =>
  withCode(Protocol.ROOM_INPUT_RELIABLE | TIMED, wireNumber(between(random, 0, 200)), validBody(random));

const slot = (body: Uint8Array, length = body.length) => join(wireNumber(length), body);

export const validRing = (random: Random) =>
  withCode(
    Protocol.ROOM_INPUT_UNRELIABLE,
    wireNumber(between(random, 0, 100_000)),
    ...repeat(between(random, 1, 4), () => slot(validBody(random))),
  );

const BROKEN_BODIES: Cases<[], Uint8Array> = {
  unknownField: { weight: 3, make: (random) => join([ADD | between(random, 4, 63)], randomBytes(random, 4)) },
  oddOperation: {
    weight: 3,
    make: (random) => join([pick(random, ODD_OPERATIONS) | between(random, 0, 3)], randomBytes(random, 3)),
  },
  repeatedField: {
    weight: 2,
    make: (random) => join(...repeat(1 + size(random, 1500), () => [ADD, signed(random)])),
  },
  otherStructure: {
    weight: 3,
    make: (random) => join([SWITCH_TO_STRUCTURE], nastyNumber(random), validBody(random)),
  },
  manyStructures: {
    weight: 1,
    make: (random) => new Uint8Array(size(random, 4000)).fill(SWITCH_TO_STRUCTURE),
  },
  outOfRange: { weight: 2, make: () => join([ADD, 0x80, ADD | 1, 0x80, ADD | 3, 0xff]) },
  cutOffValue: { weight: 2, make: (random) => join(validBody(random), [ADD | 2, 7]) },
  mutated: { weight: 6, make: (random) => mutate(random, validBody(random)) },
  random: { weight: 3, make: (random) => randomBytes(random, size(random, 4000)) },
};

const brokenBody = oneOf(BROKEN_BODIES);

const { ROOM_INPUT_RELIABLE: RELIABLE, ROOM_INPUT_UNRELIABLE: RING } = Protocol;

const BROKEN_INPUTS: Cases<[], Uint8Array> = {
  body: { weight: 8, make: (random) => withCode(RELIABLE, brokenBody(random)) },
  stamp: { weight: 4, make: (random) => withCode(RELIABLE | TIMED, nastyNumber(random), validBody(random)) },
  ringLength: {
    weight: 5,
    make: (random) => withCode(RING, wireNumber(1), nastyNumber(random), validBody(random)),
  },
  ringSeq: { weight: 2, make: (random) => withCode(RING, nastyNumber(random), slot(validBody(random))) },
  ringBody: { weight: 3, make: (random) => withCode(RING, wireNumber(1), slot(brokenBody(random))) },
  ringOfNothing: { weight: 1, make: (random) => withCode(RING, new Uint8Array(size(random, 4000))) },
  /** A count of stamps, for which Colyseus' own decoder allocates before it checks that they are there. */
  stampCount: {
    weight: 4,
    make: (random) => withCode(RING | TIMED, nastyNumber(random), randomBytes(random, size(random, 40))),
  },
  modifiers: {
    weight: 2,
    make: (random) => withCode(RELIABLE | pick(random, [0x20, 0x40, 0x60, 0xe0]), validBody(random)),
  },
};

export const brokenInput = oneOf(BROKEN_INPUTS);
