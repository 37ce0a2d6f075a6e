/**
 * Makes Colyseus' decoder refuse bytes that no server has written. Of a live room it tolerates them: it skips what it does
 * not know. A replay's file may be anything, and must neither stop the page nor show half a state.
 */
import { ArraySchema, Decoder, decode, Reflection } from "@colyseus/schema";
import { ReplayError } from "#shared/replay/replayError.ts";

/** Above any array of a state. An array that is written far behind its end is compacted, which visits every hole. */
const ARRAY_MAX = 10_000;

type SetAt = (this: unknown, index: number, value: unknown, operation: number) => void;

const arrays = ArraySchema.prototype as unknown as { $setAt: SetAt };
const decoders = Decoder.prototype;

const refuse = (): never => {
  throw new ReplayError("damaged");
};

/** Runs what decodes: a schema's reflection has a decoder of its own. Throws what it throws, or a ReplayError. */
export function strictly(act: () => void): void {
  const { $setAt } = arrays;
  const { skipCurrentStructure } = decoders;
  arrays.$setAt = function (index, value, operation) {
    if (!(index >= 0 && index < ARRAY_MAX)) refuse();
    $setAt.call(this, index, value, operation);
  };
  decoders.skipCurrentStructure = refuse;
  try {
    act();
  } finally {
    arrays.$setAt = $setAt;
    decoders.skipCurrentStructure = skipCurrentStructure;
  }
}

/**
 * Throws at a JOIN_ROOM frame that would stop the page: the SDK follows a negative length back, and classes that inherit
 * from one another in a circle for ever. Call within `strictly`.
 */
export function assertHandshake(bytes: Uint8Array): void {
  const it = { offset: 1 };
  const skip = (length: number | undefined): Uint8Array => {
    const end = it.offset + (length ?? Number.NaN);
    if (!(Number.isInteger(end) && end >= it.offset && end <= bytes.length)) return refuse();
    const skipped = bytes.subarray(it.offset, end);
    it.offset = end;
    return skipped;
  };
  // The reconnection token and the serializer's name.
  for (let text = 0; text < 2; text++) skip(decode.uint8(bytes, it));
  assertClasses(skip(decode.number(bytes, it)));
  // Sections, each with a tag.
  while (it.offset < bytes.length) {
    it.offset++;
    skip(decode.number(bytes, it));
  }
}

/** The server writes a class behind the one that it extends. */
function assertClasses(bytes: Uint8Array): void {
  const reflection = new Reflection();
  new Decoder(reflection).decode(bytes);
  const known = new Set<number>();
  for (const { id, extendsId } of reflection.types) {
    const isFirst = Number.isInteger(id) && !known.has(id);
    if (!isFirst || (extendsId !== undefined && !known.has(extendsId))) refuse();
    known.add(id);
  }
}
