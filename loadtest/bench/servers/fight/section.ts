/** A list of entries of the same length, packed for a patch: their number (u8), then the entries. */

const ENTRIES_MAX = 255;

export class Section {
  readonly #entryBytes: number;
  readonly bytes: Buffer;

  constructor(entryBytes: number) {
    this.#entryBytes = entryBytes;
    this.bytes = Buffer.alloc(1 + ENTRIES_MAX * entryBytes);
  }

  get length(): number {
    return 1 + this.count * this.#entryBytes;
  }

  get count(): number {
    return this.bytes[0] ?? 0;
  }

  /** Returns the offset in `bytes` of a new entry. An entry beyond the most that fit replaces the last one. */
  add(): number {
    this.bytes[0] = Math.min(this.count + 1, ENTRIES_MAX);
    return this.length - this.#entryBytes;
  }

  clear(): void {
    this.bytes[0] = 0;
  }
}
