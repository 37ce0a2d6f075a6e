/** Messages and requests: [code, request id?, type as string or number, payload in MessagePack]. */
import { Protocol } from "@colyseus/sdk";
import { CHAT_SCOPES, PHRASES } from "#shared/protocol/chat.ts";
import { CLIENT_MESSAGES } from "#shared/protocol/messages.ts";
import { MESSAGE } from "#shared/protocol/names.ts";
import { EMOTE_NAMES, PING_NAMES } from "#shared/schema/names.ts";
import { between, type Cases, happens, oneOf, pick, type Random, randomBytes, size } from "./chance.ts";
import { brokenValue, type Packable, packed, validValue } from "./msgpackValues.ts";
import { dearText } from "./texts.ts";
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

/** Below the transport's limit of 4 KB, with the message around it. */
const TEXT_MAX_BYTES = 3900;

const request = (random: Random, name: string, payload: Packable) =>
  join(head(random, ROOM_REQUEST), wireString(name), packed(payload));

/** A line of chat that the room's schema takes. */
export const chatLine = (random: Random, text = dearText(random, TEXT_MAX_BYTES)): Uint8Array =>
  request(random, MESSAGE.chat, { scope: pick(random, CHAT_SCOPES), text });

/** What the room's schemas take, apart from chat. */
const VALID: Cases<[], Uint8Array> = {
  phrase: {
    weight: 1,
    make: (random) => request(random, MESSAGE.chat, { scope: "all", phrase: pick(random, PHRASES) }),
  },
  vote: { weight: 1, make: (random) => request(random, MESSAGE.vote, { choice: between(random, 0, 3) }) },
  place: {
    weight: 2,
    make: (random) => request(random, MESSAGE.place, { to: pick(random, ["players", "spectators"]) }),
  },
  follow: { weight: 1, make: (random) => request(random, MESSAGE.follow, { seat: "nobody" }) },
  drift: { weight: 1, make: (random) => request(random, MESSAGE.drift, { px: between(random, 0, 200) }) },
  clip: { weight: 1, make: (random) => request(random, MESSAGE.clip, {}) },
  emote: {
    weight: 1,
    make: (random) => request(random, MESSAGE.emote, { emote: pick(random, EMOTE_NAMES) }),
  },
  ping: {
    weight: 1,
    make: (random) =>
      request(random, MESSAGE.emote, {
        ping: pick(random, PING_NAMES),
        x: between(random, 0, 4000),
        y: between(random, 0, 4000),
      }),
  },
  host: {
    weight: 2,
    make: (random) =>
      request(random, MESSAGE.host, { do: pick(random, ["start", "pause", "end", "restart", "addBot"]) }),
  },
};

export const validRequest = oneOf(VALID);

const MESSAGES: Cases<[], Uint8Array> = {
  known: {
    weight: 4,
    make: (random) => join(head(random), wireString(pick(random, TYPES)), validValue(random)),
  },
  knownBroken: {
    weight: 4,
    make: (random) => join(head(random), wireString(pick(random, TYPES)), brokenValue(random)),
  },
  /** Texts that grow while the server cleans them. */
  dearText: {
    weight: 4,
    make: (random) =>
      happens(random, 0.7)
        ? chatLine(random)
        : request(random, MESSAGE.host, {
            do: "settings",
            change: { title: dearText(random, TEXT_MAX_BYTES) },
          }),
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
