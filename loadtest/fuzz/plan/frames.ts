/** Messages to a room: honest ones, which the SDK could send, and suspect ones. */
import { Protocol } from "@colyseus/sdk";
import { between, type Cases, draw, happens, type Random, randomBytes, size } from "./chance.ts";
import { brokenInput, stampedInput, validInput, validRing } from "./inputFrames.ts";
import { anyMessage, chatLine, validRequest } from "./messageFrames.ts";
import { mutate } from "./mutate.ts";
import { join } from "./wireNumbers.ts";

/** What a player's SDK sends. The server must not close the connection for any of these. */
const HONEST: Cases<[], Uint8Array> = {
  input: { weight: 12, make: validInput },
  stampedInput: { weight: 4, make: stampedInput },
  ping: { weight: 1, make: () => join([Protocol.PING]) },
};

const anyHonest = (random: Random) => draw(random, HONEST).made;

const SUSPECT: Cases<[], Uint8Array> = {
  inputBroken: { weight: 14, make: brokenInput },
  inputMutated: { weight: 12, make: (random) => mutate(random, anyHonest(random)) },
  inputRing: {
    weight: 3,
    make: (random) => (happens(random, 0.5) ? validRing(random) : mutate(random, validRing(random))),
  },
  message: { weight: 14, make: anyMessage },
  messageMutated: { weight: 4, make: (random) => mutate(random, anyMessage(random)) },
  /** Any first byte: unknown codes, codes of the server, and modifiers that do not belong to the code. */
  anyCode: {
    weight: 8,
    make: (random) => join([between(random, 0, 255)], randomBytes(random, size(random, 300))),
  },
  joinAgain: {
    weight: 2,
    make: (random) => join([Protocol.JOIN_ROOM], randomBytes(random, size(random, 40))),
  },
  pingWithBody: {
    weight: 1,
    make: (random) => join([Protocol.PING], randomBytes(random, size(random, 4000))),
  },
  empty: { weight: 1, make: () => new Uint8Array() },
  noise: { weight: 4, make: (random) => randomBytes(random, size(random, 4090)) },
  /** Above the transport's limit of 4 KB. */
  oversize: {
    weight: 2,
    make: (random) => join([Protocol.ROOM_INPUT_RELIABLE], randomBytes(random, between(random, 4096, 8192))),
  },
};

/** Valid, and too much only by their number. */
const FLOODS: Cases<[], Uint8Array> = {
  chat: { weight: 4, make: (random) => chatLine(random) },
  request: { weight: 3, make: validRequest },
  input: { weight: 2, make: validInput },
  stampedInput: { weight: 1, make: stampedInput },
  ping: { weight: 2, make: () => join([Protocol.PING]) },
};

/** Twice the transport's limit. */
const MESSAGE_MAX_BYTES = 8192;

export interface Message {
  kind: string;
  bytes: Uint8Array;
  honest: boolean;
}

export function honestMessage(random: Random): Message {
  const { name, made } = draw(random, HONEST);
  return { kind: name, bytes: made, honest: true };
}

export function suspectMessage(random: Random): Message {
  const { name, made } = draw(random, SUSPECT);
  return { kind: name, bytes: made.subarray(0, MESSAGE_MAX_BYTES), honest: false };
}

/** A message to be repeated. */
export function floodMessage(random: Random): Message {
  const { name, made } = draw(random, FLOODS);
  return { kind: name, bytes: made, honest: false };
}
