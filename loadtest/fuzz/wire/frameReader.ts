/** Splits a server's stream into WebSocket frames. It trusts the server's framing, which other tests check. */

/** Our server sends neither masked frames nor fragments, so it does not handle them. */
export class FrameReader {
  readonly #onFrame: (opcode: number, payload: Buffer) => void;
  #pending: Buffer = Buffer.alloc(0);

  constructor(onFrame: (opcode: number, payload: Buffer) => void) {
    this.#onFrame = onFrame;
  }

  push(chunk: Buffer): void {
    let bytes = this.#pending.length > 0 ? Buffer.concat([this.#pending, chunk]) : chunk;
    for (;;) {
      const frame = firstFrame(bytes);
      if (!frame) break;
      this.#onFrame((bytes[0] ?? 0) & 0x0f, bytes.subarray(frame.from, frame.to));
      bytes = bytes.subarray(frame.to);
    }
    this.#pending = bytes;
  }
}

/** The offsets of the first frame's payload; undefined while it is incomplete. */
function firstFrame(bytes: Buffer): { from: number; to: number } | undefined {
  if (bytes.length < 2) return undefined;
  const short = (bytes[1] ?? 0) & 0x7f;
  const from = short < 126 ? 2 : short === 126 ? 4 : 10;
  if (bytes.length < from) return undefined;
  const length =
    short < 126 ? short : short === 126 ? bytes.readUInt16BE(2) : Number(bytes.readBigUInt64BE(2));
  return bytes.length < from + length ? undefined : { from, to: from + length };
}
