/**
 * Measures values on the wire without decoding them: strings and MessagePack values.
 *
 * Nothing is allocated, and no count is trusted: each is checked against the bytes that remain. Every `endOf…` function
 * takes the bytes and the offset where the value starts, and returns the offset after it, or NOT_THERE for a value that
 * is cut off or of a kind that the server does not accept.
 */
import { endOfInteger, NOT_THERE, within } from "#server/colyseus/wireIntegers.ts";

const FLOAT32 = 202;
const FLOAT64 = 203;
const EXTENSION = 0xd4;
/** The extension that the SDK's packer uses for objects: a record id, the field names, then the values. */
const RECORD = 0x72;
/** Field count by record id, in the current message: a later object of the same shape is only its id and its values. */
const recordFields = new Uint8Array(0x40);

/** How deep values are nested, and whether arrays may have more than 15 entries. */
export interface ValueBounds {
  readonly depthMax: number;
  readonly hasLongArrays: boolean;
}

const SHORT: ValueBounds = { depthMax: 4, hasLongArrays: false };
/** The bounds of the value that is being measured. */
let bounds = SHORT;
const ARRAY_16 = 0xdc;

/** A string of up to 64 KiB; the frame size limit is lower. */
export function endOfString(bytes: Buffer, at: number): number {
  const prefix = bytes[at];
  if (prefix === undefined) return NOT_THERE;
  if (prefix >= 0xa0 && prefix < 0xc0) return within(bytes, at + 1, prefix & 0x1f);
  if (prefix === 0xd9) return within(bytes, at + 2, bytes[at + 1]);
  if (prefix === 0xda && at + 2 < bytes.length) return within(bytes, at + 3, bytes.readUInt16BE(at + 1));
  return NOT_THERE;
}

/**
 * A MessagePack value: nil, booleans, finite numbers, strings, and nested objects and arrays, of up to 15 entries unless
 * `within` allows more.
 */
export function endOfValue(bytes: Buffer, at: number, within: ValueBounds = SHORT): number {
  recordFields.fill(0);
  bounds = within;
  return endOfPart(bytes, at, 0);
}

function endOfPart(bytes: Buffer, at: number, depth: number): number {
  const prefix = bytes[at];
  if (prefix === undefined || depth > bounds.depthMax) return NOT_THERE;
  if (prefix === 0xc0 || prefix === 0xc2 || prefix === 0xc3) return at + 1;
  if (prefix >= 0x80 && prefix < 0x90) return endOfMap(bytes, at + 1, prefix & 0x0f, depth);
  if (prefix >= 0x90 && prefix < 0xa0) return endOfParts(bytes, at + 1, prefix & 0x0f, depth);
  if (prefix === ARRAY_16 && bounds.hasLongArrays) return endOfLongArray(bytes, at + 1, depth);
  // An undefined record id has 0 fields, so the byte is measured as what it then is: a small integer.
  if (prefix >= 0x40 && prefix < 0x80) {
    return endOfParts(bytes, at + 1, recordFields[prefix & 0x3f] ?? 0, depth);
  }
  if (prefix === EXTENSION) return endOfExtension(bytes, at + 1, depth);
  if (prefix === FLOAT32 || prefix === FLOAT64) return endOfFloat(bytes, at);
  const end = endOfString(bytes, at);
  return end === NOT_THERE ? endOfInteger(bytes, at) : end;
}

function endOfLongArray(bytes: Buffer, at: number, depth: number): number {
  return at + 2 > bytes.length ? NOT_THERE : endOfParts(bytes, at + 2, bytes.readUInt16BE(at), depth);
}

function endOfExtension(bytes: Buffer, at: number, depth: number): number {
  const type = bytes[at];
  const argument = bytes[at + 1];
  if (type === 0 && argument === 0) return at + 2; // undefined
  if (type !== RECORD || argument === undefined || argument < 0x40 || argument >= 0x80) return NOT_THERE;
  return endOfRecord(bytes, at + 2, argument & 0x3f, depth);
}

function endOfRecord(bytes: Buffer, at: number, id: number, depth: number): number {
  const names = bytes[at] ?? 0;
  if (names < 0x90 || names >= 0xa0) return NOT_THERE;
  const count = names & 0x0f;
  let end = at + 1;
  for (let i = 0; i < count && end !== NOT_THERE; i++) end = endOfString(bytes, end);
  recordFields[id] = count;
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
