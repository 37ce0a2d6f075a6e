/** Frames of the WebSocket protocol as a server sends them: final and unmasked (RFC 6455, section 5.2). */

export const OPCODE = { binary: 2, ping: 9 } as const;

const FINAL = 0x80;
/** Longer payloads have their length in two bytes, and those longer than LENGTH16_MAX in eight. */
const LENGTH7_MAX = 125;
const LENGTH16_MAX = 0xffff;
export const HEADER_MAX_BYTES = 10;

export function headerBytes(payloadBytes: number): number {
  if (payloadBytes <= LENGTH7_MAX) return 2;
  return payloadBytes <= LENGTH16_MAX ? 4 : HEADER_MAX_BYTES;
}

/** Writes the header of a frame with this many bytes of payload. Returns the offset after it. */
export function writeHeader(to: Buffer, at: number, opcode: number, payloadBytes: number): number {
  to[at] = FINAL | opcode;
  if (payloadBytes <= LENGTH7_MAX) {
    to[at + 1] = payloadBytes;
    return at + 2;
  }
  if (payloadBytes <= LENGTH16_MAX) {
    to[at + 1] = 126;
    return to.writeUInt16BE(payloadBytes, at + 2);
  }
  to[at + 1] = 127;
  return to.writeBigUInt64BE(BigInt(payloadBytes), at + 2);
}
