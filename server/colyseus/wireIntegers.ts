/** Measures integers on the wire without decoding them: Colyseus' schema encoding and MessagePack write them alike. */
export const NOT_THERE = -1;

/** Bytes that follow the prefix of an integer. 64-bit integers are missing: they decode to BigInt, and no client sends them. */
const INTEGER_BYTES: Readonly<Record<number, number>> = {
  204: 1, // uint8
  205: 2, // uint16
  206: 4, // uint32
  208: 1, // int8
  209: 2, // int16
  210: 4, // int32
};

/** The offset after an integer of at most 32 bits, or NOT_THERE if none starts at `at` or it is cut off. */
export function endOfInteger(bytes: Uint8Array, at: number): number {
  const prefix = bytes[at];
  if (prefix === undefined) return NOT_THERE;
  if (prefix < 0x80 || prefix > 0xdf) return at + 1;
  return within(bytes, at + 1, INTEGER_BYTES[prefix]);
}

/** The offset `length` bytes after `from`, or NOT_THERE if so many bytes are not there. */
export function within(bytes: Uint8Array, from: number, length: number | undefined): number {
  return length !== undefined && from + length <= bytes.length ? from + length : NOT_THERE;
}
