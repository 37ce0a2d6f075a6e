/** Messages and requests: [code, request id?, type as string or number, payload in MessagePack]. */
import { Protocol } from "@colyseus/sdk";
import { CLIENT_MESSAGES } from "#shared/protocol/messages.ts";
import { between, type Cases, happens, oneOf, pick, type Random, randomBytes, size } from "./chance.ts";
import { brokenValue, validValue } from "./msgpackValues.ts";
import { join, nastyNumber, nastyString, wireNumber, wireString } from "./wireNumbers.ts";

const { ROOM_DATA, ROOM_DATA_BYTES, ROOM_REQUEST } = Protocol;
const CODES = [ROOM_DATA, ROOM_DATA_BYTES, ROOM_REQUEST] as const;
/** Message types that a room handles, and some of other directions. */
const TYPES = [...Object.keys(CLIENT_MESSAGES), "chat", "host", "event", "notice"];

/** A code, and a request id if the code needs one. */
function head(random: Random, code: number = pick(random, CODES)): Uint8Array {
  if (code !== ROOM_REQUEST) return join([code]);
  return join([code], happens(random, 0.8) ? wireNumber(between(random, 0, 1000)) : nastyNumber(random));
}

const MESSAGES: Cases<[], Uint8Array> = {
  known: {
    weight: 4,
    make: (random) => join(head(random), wireString(pick(random, TYPES)), validValue(random)),
  },
  knownBroken: {
    weight: 4,
    make: (random) => join(head(random), wireString(pick(random, TYPES)), brokenValue(random)),
  },
  oddType: { weight: 5, make: (random) => join(head(random), nastyString(random), validValue(random)) },
  numberType: { weight: 3, make: (random) => join(head(random), nastyNumber(random), validValue(random)) },
  brokenValue: { weight: 4, make: (random) => join(head(random), wireString("x"), brokenValue(random)) },
  noType: { weight: 2, make: (random) => head(random) },
  rawBytes: {
    weight: 2,
    make: (random) =>
      join(head(random, ROOM_DATA_BYTES), wireString("x"), randomBytes(random, size(random, 4000))),
  },
  all: { weight: 2, make: (random) => join(head(random), nastyString(random), brokenValue(random)) },
};

export const anyMessage = oneOf(MESSAGES);
