/**
 * Writes what goes to one client in one system call: a message, and the WebSocket frames that follow it. All rooms write
 * into shared blocks, as Buffer.allocUnsafe does. A socket holds its bytes until the kernel has taken them, so that
 * written bytes are never reused.
 */
import { HEADER_MAX_BYTES, headerBytes, OPCODE, writeHeader } from "#server/edge/webSocketFrame.ts";

const BLOCK_BYTES = 256 * 1024;

export class FrameWriter {
  bytes = Buffer.allocUnsafeSlow(BLOCK_BYTES);
  /** The next byte is written here. */
  offset = 0;
  /** Where the room for the message's header begins… */
  #header = 0;
  /** …and where what `end` returns begins: the message, or its header. */
  #start = 0;

  /** Begins a message; at most `maxBytes` may be written before the next `reserve`. */
  begin(maxBytes: number): void {
    this.#header = this.offset;
    this.#start = this.offset;
    this.reserve(HEADER_MAX_BYTES + maxBytes);
    this.offset += HEADER_MAX_BYTES;
    this.#start = this.offset;
  }

  /** Makes room for this many bytes more. */
  reserve(maxBytes: number): void {
    if (this.offset + maxBytes <= this.bytes.length) return;
    const written = this.bytes.subarray(this.#header, this.offset);
    this.bytes = Buffer.allocUnsafeSlow(Math.max(BLOCK_BYTES, 2 * (written.length + maxBytes)));
    this.bytes.set(written);
    this.#start -= this.#header;
    this.offset -= this.#header;
    this.#header = 0;
  }

  /** Writes bytes start…end − 1. */
  copy(from: Uint8Array, start: number, end: number): void {
    const { bytes } = this;
    let at = this.offset;
    // Byte by byte: for a dozen bytes a call into native code costs more than it saves.
    for (let byte = start; byte < end; byte++) bytes[at++] = from[byte] as number;
    this.offset = at;
  }

  copyAll(from: Uint8Array): void {
    this.bytes.set(from, this.offset);
    this.offset += from.length;
  }

  /** Puts its header in front of the message, so that other frames may follow. */
  frameMessage(): void {
    const payloadBytes = this.offset - this.#start;
    this.#start -= headerBytes(payloadBytes);
    writeHeader(this.bytes, this.#start, OPCODE.binary, payloadBytes);
  }

  addFrame(opcode: number, payload: Uint8Array): void {
    this.reserve(HEADER_MAX_BYTES + payload.length);
    this.offset = writeHeader(this.bytes, this.offset, opcode, payload.length);
    this.copyAll(payload);
  }

  /** The message, or all frames if it has been framed. */
  end(): Buffer {
    return this.bytes.subarray(this.#start, this.offset);
  }
}
