/**
 * Looks at bytes without decoding them: how long a number, a string or a MessagePack value is, and whether it is one
 * that we accept. Nothing is allocated and nothing is believed: a count is checked against the bytes that are there.
 *
 * Every function takes the bytes and where to look, and gives where the value ends, or NOT_THERE.
 */
export const NOT_THERE = -1;

/** Whole numbers that are a prefix and so many bytes. Those of 64 bits decode to BigInt, and nobody needs them. */
const INTEGER_BYTES: Readonly<Record<number, number>> = {
  204: 1, // uint8
  205: 2, // uint16
  206: 4, // uint32
  208: 1, // int8
  209: 2, // int16
  210: 4, // int32
};
const FLOAT32 = 202;
const FLOAT64 = 203;
const EXTENSION = 0xd4;
/** The extension in which the SDK writes objects: a number, the names of the fields, then their values. */
const RECORD = 0x72;
/** A later object of the same shape is that number and its values: so many, by number, in the message at hand. */
const recordFields = new Uint8Array(0x40);

const MAX_DEPTH = 4;

/** A whole number of at most 32 bits, as Colyseus and MessagePack both write it. */
export function endOfInteger(bytes: Buffer, at: number): number {
  const prefix = bytes[at];
  if (prefix === undefined) return NOT_THERE;
  if (prefix < 0x80 || prefix > 0xdf) return at + 1;
  return within(bytes, at + 1, INTEGER_BYTES[prefix]);
}

/** A string of up to 64 KB, which the frame's own size bounds long before. */
export function endOfString(bytes: Buffer, at: number): number {
  const prefix = bytes[at];
  if (prefix === undefined) return NOT_THERE;
  if (prefix >= 0xa0 && prefix < 0xc0) return within(bytes, at + 1, prefix & 0x1f);
  if (prefix === 0xd9) return within(bytes, at + 2, bytes[at + 1]);
  if (prefix === 0xda && at + 2 < bytes.length) return within(bytes, at + 3, bytes.readUInt16BE(at + 1));
  return NOT_THERE;
}

/** A MessagePack value of nothing, booleans, finite numbers, strings, and short lists and objects of them. */
export function endOfValue(bytes: Buffer, at: number): number {
  recordFields.fill(0);
  return endOfPart(bytes, at, 0);
}

function endOfPart(bytes: Buffer, at: number, depth: number): number {
  const prefix = bytes[at];
  if (prefix === undefined || depth > MAX_DEPTH) return NOT_THERE;
  if (prefix === 0xc0 || prefix === 0xc2 || prefix === 0xc3) return at + 1;
  if (prefix >= 0x80 && prefix < 0x90) return endOfMap(bytes, at + 1, prefix & 0x0f, depth);
  if (prefix >= 0x90 && prefix < 0xa0) return endOfParts(bytes, at + 1, prefix & 0x0f, depth);
  // A number where no record is of that number, and where it has no fields.
  if (prefix >= 0x40 && prefix < 0x80) {
    return endOfParts(bytes, at + 1, recordFields[prefix & 0x3f] ?? 0, depth);
  }
  if (prefix === EXTENSION) return endOfExtension(bytes, at + 1, depth);
  if (prefix === FLOAT32 || prefix === FLOAT64) return endOfFloat(bytes, at);
  const end = endOfString(bytes, at);
  return end === NOT_THERE ? endOfInteger(bytes, at) : end;
}

function endOfExtension(bytes: Buffer, at: number, depth: number): number {
  const type = bytes[at];
  const argument = bytes[at + 1];
  if (type === 0 && argument === 0) return at + 2; // undefined
  if (type !== RECORD || argument === undefined || argument < 0x40 || argument >= 0x80) return NOT_THERE;
  return endOfRecord(bytes, at + 2, argument & 0x3f, depth);
}

function endOfRecord(bytes: Buffer, at: number, number: number, depth: number): number {
  const names = bytes[at] ?? 0;
  if (names < 0x90 || names >= 0xa0) return NOT_THERE;
  const count = names & 0x0f;
  let end = at + 1;
  for (let i = 0; i < count && end !== NOT_THERE; i++) end = endOfString(bytes, end);
  recordFields[number] = count;
  return end === NOT_THERE ? NOT_THERE : endOfParts(bytes, end, count, depth);
}

function endOfFloat(bytes: Buffer, at: number): number {
  const wide = bytes[at] === FLOAT64;
  const end = within(bytes, at + 1, wide ? 8 : 4);
  if (end === NOT_THERE) return NOT_THERE;
  return Number.isFinite(wide ? bytes.readDoubleBE(at + 1) : bytes.readFloatBE(at + 1)) ? end : NOT_THERE;
}

function endOfParts(bytes: Buffer, at: number, count: number, depth: number): number {
  let end = at;
  for (let i = 0; i < count && end !== NOT_THERE; i++) end = endOfPart(bytes, end, depth + 1);
  return end;
}

function endOfMap(bytes: Buffer, at: number, count: number, depth: number): number {
  let end = at;
  for (let i = 0; i < count && end !== NOT_THERE; i++) {
    const key = endOfString(bytes, end);
    end = key === NOT_THERE ? NOT_THERE : endOfPart(bytes, key, depth + 1);
  }
  return end;
}

function within(bytes: Buffer, from: number, length: number | undefined): number {
  return length !== undefined && from + length <= bytes.length ? from + length : NOT_THERE;
}
