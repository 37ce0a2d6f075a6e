/**
 * Writes the frames of all rooms into shared blocks, as Buffer.allocUnsafe does. A socket holds its frame until the
 * kernel has taken it, so written bytes are never reused.
 */
const BLOCK_BYTES = 256 * 1024;
/** Room for the header that the socket puts in front of the frame. */
const MAX_HEADER_BYTES = 10;

export class FrameWriter {
  /** What has been written is at #start…offset − 1. */
  bytes = Buffer.allocUnsafeSlow(BLOCK_BYTES);
  offset = 0;
  #start = 0;

  /** Begins a frame; at most `maxBytes` may be written before the next `reserve`. */
  begin(maxBytes: number): void {
    this.offset += MAX_HEADER_BYTES;
    this.#start = this.offset;
    this.reserve(maxBytes);
  }

  /** Makes room for this many bytes more. */
  reserve(maxBytes: number): void {
    if (this.offset + maxBytes <= this.bytes.length) return;
    const written = this.bytes.subarray(this.#start, this.offset);
    this.bytes = Buffer.allocUnsafeSlow(
      Math.max(BLOCK_BYTES, 2 * (MAX_HEADER_BYTES + written.length + maxBytes)),
    );
    this.bytes.set(written, MAX_HEADER_BYTES);
    this.#start = MAX_HEADER_BYTES;
    this.offset = MAX_HEADER_BYTES + written.length;
  }

  copy(from: Uint8Array, start: number, end: number): void {
    const { bytes } = this;
    let at = this.offset;
    // Byte by byte: for a dozen bytes a call into native code costs more than it saves.
    for (let byte = start; byte < end; byte++) bytes[at++] = from[byte] as number;
    this.offset = at;
  }

  /** The frame that has been written. */
  end(): Buffer {
    return this.bytes.subarray(this.#start, this.offset);
  }
}
