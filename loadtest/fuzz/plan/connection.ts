/**
 * The plan of one connection: how it comes in, what it sends burst by burst, and how it ends. Whoever plays it waits
 * after a burst until the server has read it or has closed the connection.
 */
import { Protocol } from "@colyseus/sdk";
import { brokenFraming } from "./brokenFraming.ts";
import { between, type Cases, draw, happens, type Random, repeat, size, streamOf } from "./chance.ts";
import { honestMessage, type Message, suspectMessage } from "./frames.ts";
import { encodeFragments, encodeFrame, OPCODE } from "./framing.ts";

/** The kind of pieces that break the framing itself: what follows them on the stream may mean something else. */
export const FRAMING = "framing";

/** What is written at once. */
export interface Piece {
  kind: string;
  /** As it goes onto the stream. */
  bytes: Uint8Array;
  /** What a reader is better shown: the message, where the bytes are one binary frame of it. */
  message?: Uint8Array;
  /** No server may cut a client for it. */
  honest: boolean;
}

/** Honest pieces first, for whatever comes after the first bad one may never be looked at. */
export interface Burst {
  honest: readonly Piece[];
  suspect: readonly Piece[];
  /** All at once, without waiting for what the server says to each. */
  isEager: boolean;
}

export interface ConnectionPlan {
  index: number;
  /** Before this burst the JOIN is acknowledged; −1 is never. */
  acknowledgeAt: number;
  acknowledgement: Piece;
  bursts: readonly Burst[];
  ending: "leave" | "close" | "cut" | "cutInFrame";
  /** How the ending is said, if it is: a goodbye, or the half of a frame. */
  farewell: Uint8Array;
}

/** So many send nothing odd until they end: else hardly any would live to be cut and to come back. */
const QUIET_SHARE = 0.2;

/** The n-th connection of a seed. Pure: the same bytes whenever it is asked for. */
export function planConnection(seed: number, index: number): ConnectionPlan {
  const random = streamOf(seed, index);
  const isQuiet = happens(random, QUIET_SHARE);
  const bursts = repeat(between(random, 1, 4), () => planBurst(random, isQuiet));
  const ending = draw(random, ENDINGS).made;
  return {
    index,
    acknowledgeAt: isQuiet || happens(random, 0.9) ? 0 : between(random, -1, bursts.length - 1),
    acknowledgement: wrap(random, { kind: "join", bytes: Uint8Array.of(Protocol.JOIN_ROOM), honest: true }),
    bursts,
    ending,
    farewell: planFarewell(random, ending),
  };
}

function planFarewell(random: Random, ending: ConnectionPlan["ending"]): Uint8Array {
  if (ending === "leave")
    return encodeFrame(random, Uint8Array.of(Protocol.LEAVE_ROOM), { opcode: OPCODE.binary });
  if (ending === "close") return encodeFrame(random, Uint8Array.of(0x03, 0xe8), { opcode: OPCODE.close });
  if (ending === "cut") return new Uint8Array();
  const { bytes } = wrap(random, suspectMessage(random));
  return bytes.subarray(0, between(random, 1, Math.max(1, bytes.length - 1)));
}

const ENDINGS: Cases<[], ConnectionPlan["ending"]> = {
  leave: { weight: 5, make: () => "leave" },
  close: { weight: 2, make: () => "close" },
  cut: { weight: 4, make: () => "cut" },
  cutInFrame: { weight: 2, make: () => "cutInFrame" },
};

function planBurst(random: Random, isQuiet: boolean): Burst {
  return {
    honest: repeat(1 + size(random, 39), () => wrap(random, honestMessage(random))),
    suspect: repeat(isQuiet ? 0 : between(random, 1, 3), () =>
      happens(random, 0.06) ? brokenPiece(random) : wrap(random, suspectMessage(random)),
    ),
    isEager: happens(random, 0.3),
  };
}

const brokenPiece = (random: Random): Piece => ({
  kind: FRAMING,
  bytes: brokenFraming(random),
  honest: false,
});

/** A message as bytes on the stream: mostly one binary frame, also fragments and text. */
function wrap(random: Random, { kind, bytes, honest }: Message): Piece {
  if (happens(random, 0.04)) {
    return {
      kind: `${kind} in fragments`,
      bytes: encodeFragments(random, bytes, OPCODE.binary),
      honest,
    };
  }
  const asText = !honest && happens(random, 0.04);
  const opcode = asText ? OPCODE.text : OPCODE.binary;
  const framed = encodeFrame(random, bytes, { opcode });
  return asText ? { kind: "text", bytes: framed, honest } : { kind, bytes: framed, message: bytes, honest };
}
