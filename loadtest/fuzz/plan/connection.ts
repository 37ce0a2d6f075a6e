/**
 * The plan of one connection: when it acknowledges the JOIN, what it sends burst by burst, and how it ends. The player
 * of the plan waits after each burst until the server has read it or has closed the connection.
 */
import { Protocol } from "@colyseus/sdk";
import { brokenFraming } from "./brokenFraming.ts";
import { between, type Cases, draw, happens, pick, type Random, repeat, size, streamOf } from "./chance.ts";
import { floodMessage, honestMessage, type Message, suspectMessage } from "./frames.ts";
import { encodeFragments, encodeFrame, OPCODE } from "./framing.ts";

/** The kind of pieces that break the framing: the server may read what follows them as something else. */
export const FRAMING = "framing";

/** A unit that is written at once. */
export interface Piece {
  kind: string;
  /** The bytes on the stream. */
  bytes: Uint8Array;
  /** The message inside, if the bytes are one binary frame: easier to read in a corpus entry. */
  message?: Uint8Array;
  /** The server must not close the connection for it. */
  honest: boolean;
}

/** Honest pieces first, because the server may not read anything after the first suspect one. */
export interface Burst {
  honest: readonly Piece[];
  suspect: readonly Piece[];
  /** Written at once, without waiting for the server after each suspect piece. */
  isEager: boolean;
}

export interface ConnectionPlan {
  index: number;
  /** The JOIN is acknowledged before this burst; −1 means never. */
  acknowledgeAt: number;
  acknowledgement: Piece;
  bursts: readonly Burst[];
  ending: "leave" | "close" | "cut" | "cutInFrame";
  /** The last bytes: a LEAVE, a close frame, a part of a frame, or none. */
  farewell: Uint8Array;
}

/** The share of connections without suspect pieces: otherwise hardly any would live to be cut and to reconnect. */
const QUIET_SHARE = 0.2;

/** The index-th connection of a seed. A pure function: always the same bytes. */
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

/** One connection of this share has others that act at the same moment. */
const TOGETHER_EVERY = 24;

/**
 * The plans of connections that all join first and then flood the room with the same message at once, or undefined if the
 * index-th connection of the seed acts alone.
 */
export function planTogether(seed: number, index: number): readonly ConnectionPlan[] | undefined {
  if (index % TOGETHER_EVERY !== TOGETHER_EVERY - 1) return undefined;
  const random = streamOf(seed, ~index);
  const message = floodMessage(random);
  const frames = 1 + size(random, 60);
  const ending = pick(random, ["leave", "cut"] as const);
  return repeat(between(random, 2, 10), () => ({
    index,
    acknowledgeAt: 0,
    acknowledgement: wrap(random, { kind: "join", bytes: Uint8Array.of(Protocol.JOIN_ROOM), honest: true }),
    bursts: [{ honest: [], suspect: [floodPiece(random, message, frames)], isEager: true }],
    ending,
    farewell: planFarewell(random, ending),
  }));
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
    suspect: repeat(isQuiet ? 0 : between(random, 1, 3), () => suspectPiece(random)),
    isEager: happens(random, 0.3),
  };
}

function suspectPiece(random: Random): Piece {
  if (happens(random, 0.06)) return brokenPiece(random);
  return happens(random, 0.03)
    ? floodPiece(random, floodMessage(random), 1 + size(random, FLOOD_MAX_FRAMES))
    : wrap(random, suspectMessage(random));
}

/** Twice what a connection may send at once. */
const FLOOD_MAX_FRAMES = 1500;

/** The same valid message again and again: one piece, which counts as one frame. */
export const floodPiece = (random: Random, { kind, bytes }: Message, count: number): Piece => ({
  kind: `flood of ${kind}`,
  bytes: Buffer.concat(Array(count).fill(encodeFrame(random, bytes, { opcode: OPCODE.binary }))),
  honest: false,
});

const brokenPiece = (random: Random): Piece => ({
  kind: FRAMING,
  bytes: brokenFraming(random),
  honest: false,
});

/** Encodes a message: usually as one binary frame, sometimes as fragments or as text. */
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
