/** Gzip by the streams that Node and browsers share. */
import type { Gunzip, Gzip } from "./container.ts";
import { ReplayError } from "./replayError.ts";

export const gzip: Gzip = async (bytes) =>
  new Response(through(bytes, new CompressionStream("gzip"))).bytes();

export const gunzip: Gunzip = async (bytes, maxBytes) => {
  const parts: Uint8Array[] = [];
  let total = 0;
  try {
    for await (const part of through(bytes, new DecompressionStream("gzip"))) {
      total += part.length;
      // Ends the stream as well.
      if (total > maxBytes) throw new ReplayError("damaged");
      parts.push(part);
    }
  } catch {
    throw new ReplayError("damaged");
  }
  return new Blob(parts as BlobPart[]).bytes();
};

const through = (bytes: Uint8Array, stream: CompressionStream | DecompressionStream) =>
  new Blob([bytes as BlobPart]).stream().pipeThrough(stream as ReadableWritablePair<Uint8Array, Uint8Array>);
