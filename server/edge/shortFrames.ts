/**
 * Reads short frames straight from a chunk of the network. Nearly every frame of a client is short, whole and binary: a
 * command. ws cuts such a frame into five buffers and an array, which costs more than all that the command is for.
 *
 * Only while ws' receiver stands between two messages, so that it can read on at any frame; everything else is left to
 * it: long, fragmented and control frames, text, and whatever breaks the protocol. With a version of ws that lacks one
 * of the fields below, it gets every frame.
 */

/** The part of ws' receiver that says where it stands. */
export interface Receiver {
  readonly _state: number;
  readonly _bufferedBytes: number;
  readonly _fragmented: number;
  readonly _opcode: number;
  readonly _errored: boolean;
  write(chunk: Buffer): boolean;
}

/** Of a whole binary message: FIN and opcode 2, without an extension. */
const WHOLE_BINARY = 0x82;
const MASKED = 0x80;
/** Longer ones have their length in the bytes that follow. */
const SHORT_MAX_BYTES = 125;
/** Two bytes, then the mask. */
const HEADER_BYTES = 6;
const CLOSE = 8;

/** Between two messages, and no close frame has been read. */
const isBetweenMessages = (receiver: Receiver): boolean =>
  receiver._state === 0 &&
  receiver._bufferedBytes === 0 &&
  receiver._fragmented === 0 &&
  receiver._opcode >= 0 &&
  receiver._opcode !== CLOSE &&
  receiver._errored === false;

/** From now on passes the payload of each short frame to `onFrame`, and all else to the receiver. */
export function readShortFrames(receiver: Receiver, onFrame: (payload: Buffer) => void): void {
  const write = receiver.write.bind(receiver);
  receiver.write = (chunk) => {
    let at = 0;
    while (isBetweenMessages(receiver)) {
      const end = endOfShortFrame(chunk, at);
      if (end === at) break;
      onFrame(unmask(chunk, at, end));
      at = end;
    }
    if (at === chunk.length) return true;
    return write(at === 0 ? chunk : chunk.subarray(at));
  };
}

/** The offset after the short frame that starts at `at`, or `at` when there is none, or only a part of it. */
function endOfShortFrame(chunk: Buffer, at: number): number {
  if (chunk[at] !== WHOLE_BINARY) return at;
  const length = (chunk[at + 1] ?? 0) - MASKED;
  const end = at + HEADER_BYTES + length;
  return length > 0 && length <= SHORT_MAX_BYTES && end <= chunk.length ? end : at;
}

/** The payload of a frame, unmasked in its place. */
function unmask(chunk: Buffer, at: number, end: number): Buffer {
  const start = at + HEADER_BYTES;
  for (let i = start; i < end; i++) chunk[i] = (chunk[i] ?? 0) ^ (chunk[at + 2 + ((i - start) & 3)] ?? 0);
  return chunk.subarray(start, end);
}
