/** Packs the Tiled file of a draft: deflated (RFC 1951), to about a twentieth. */
import { deflateRawSync, inflateRawSync } from "node:zlib";
import { DRAFT_FILE_MAX_BYTES } from "#shared/arena/limits.ts";

/** Throws RangeError for a text above DRAFT_FILE_MAX_BYTES. */
export function packFile(tiledJson: string): Uint8Array {
  const bytes = Buffer.from(tiledJson);
  if (bytes.length > DRAFT_FILE_MAX_BYTES) throw new RangeError(`a draft of ${bytes.length} bytes`);
  return deflateRawSync(bytes);
}

export const unpackFile = (packed: Uint8Array): string =>
  inflateRawSync(packed, { maxOutputLength: DRAFT_FILE_MAX_BYTES }).toString();
