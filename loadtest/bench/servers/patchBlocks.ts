/** Memory for patches: slices of blocks that are never reused, because a socket may hold a patch until it is sent. */
const BLOCK_BYTES = 64 * 1024;

export class PatchBlocks {
  /** The block to write the next patch into, from `reserve`'s offset on. */
  bytes = Buffer.allocUnsafeSlow(BLOCK_BYTES);
  #used = 0;

  /** Makes room for a patch, and returns the offset at which it begins. */
  reserve(mostBytes: number): number {
    if (this.#used + mostBytes > this.bytes.length) {
      this.bytes = Buffer.allocUnsafeSlow(Math.max(BLOCK_BYTES, mostBytes));
      this.#used = 0;
    }
    return this.#used;
  }

  /** Returns the patch that ends at this offset. */
  finish(end: number): Buffer {
    const patch = this.bytes.subarray(this.#used, end);
    this.#used = end;
    return patch;
  }
}
