/** Bytes that grow as they are written, and a reader of them. Little-endian. */

const FIRST_BYTES = 128;

export class ByteWriter {
  #view = new DataView(new ArrayBuffer(FIRST_BYTES));
  #length = 0;

  /** Size in memory. */
  get capacity(): number {
    return this.#view.byteLength;
  }

  /** Takes no more memory than what is written. Call when nothing more is. */
  trim(): void {
    this.#view = new DataView(this.#view.buffer.slice(0, this.#length));
  }

  u8(value: number): void {
    const at = this.#take(1);
    this.#view.setUint8(at, value);
  }

  i8(value: number): void {
    const at = this.#take(1);
    this.#view.setInt8(at, value);
  }

  u16(value: number): void {
    const at = this.#take(2);
    this.#view.setUint16(at, value, true);
  }

  u32(value: number): void {
    const at = this.#take(4);
    this.#view.setUint32(at, value, true);
  }

  f64(value: number): void {
    const at = this.#take(8);
    this.#view.setFloat64(at, value, true);
  }

  /** A count below 2³²; one byte below 128. */
  count(value: number): void {
    let rest = value;
    while (rest > 0x7f) {
      this.u8((rest & 0x7f) | 0x80);
      rest >>>= 7;
    }
    this.u8(rest);
  }

  /** A copy of what is written. */
  bytes(): Uint8Array {
    return new Uint8Array(this.#view.buffer.slice(0, this.#length));
  }

  /** Makes room for `bytes` more, and returns where they begin. It may replace the view. */
  #take(bytes: number): number {
    const at = this.#length;
    this.#length += bytes;
    if (this.#length > this.#view.byteLength) {
      const grown = new Uint8Array(Math.max(FIRST_BYTES, 2 * this.#view.byteLength));
      grown.set(new Uint8Array(this.#view.buffer));
      this.#view = new DataView(grown.buffer);
    }
    return at;
  }
}

/** Reading past the end throws a RangeError. */
export class ByteReader {
  readonly #view: DataView;
  #at = 0;

  constructor(bytes: Uint8Array) {
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  get isAtEnd(): boolean {
    return this.#at >= this.#view.byteLength;
  }

  get at(): number {
    return this.#at;
  }

  u8(): number {
    return this.#view.getUint8(this.#at++);
  }

  i8(): number {
    return this.#view.getInt8(this.#at++);
  }

  u16(): number {
    this.#at += 2;
    return this.#view.getUint16(this.#at - 2, true);
  }

  u32(): number {
    this.#at += 4;
    return this.#view.getUint32(this.#at - 4, true);
  }

  f64(): number {
    this.#at += 8;
    return this.#view.getFloat64(this.#at - 8, true);
  }

  count(): number {
    let value = 0;
    for (let shift = 0; ; shift += 7) {
      const byte = this.u8();
      value |= (byte & 0x7f) << shift;
      if (byte < 0x80) return value >>> 0;
    }
  }
}
