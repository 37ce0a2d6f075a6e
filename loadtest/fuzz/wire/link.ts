/**
 * A WebSocket client that writes any bytes. It reads only the server's close frame, its pings and pongs, and the key to
 * the seat in its first frame.
 */
import { once } from "node:events";
import { connect, type Socket } from "node:net";
import { Protocol } from "@colyseus/sdk";
import { OPCODE } from "#loadtest/fuzz/plan/framing.ts";
import { reset } from "#loadtest/network/reset.ts";
import { FrameReader } from "./frameReader.ts";
import { type Answer, readAnswer } from "./readAnswer.ts";

export interface Address {
  host: string;
  port: number;
  /** The local address of the connection: any 127.x.y.z on Linux. */
  from?: string;
}

/** How the connection ended: the server's close code, or 1006 without a close frame. */
export interface Ending {
  code: number;
  reason: string;
}

const CONNECT_MS = 10_000;
const NO_CODE = 1005;
const NO_GOODBYE = 1006;
/** A control frame of the link itself, with a mask of zeros. */
const control = (opcode: number, payload: Uint8Array) =>
  Buffer.concat([Buffer.of(0x80 | opcode, 0x80 | payload.length, 0, 0, 0, 0), payload]);

export class Link {
  readonly #socket: Socket;
  readonly #reader = new FrameReader((opcode, payload) => this.#read(opcode, payload));
  #leftOver: Buffer = Buffer.alloc(0);
  #pings = 0;
  readonly #awaited = new Map<number, () => void>();
  /** The key to the seat; known once the server has admitted the connection. */
  token: string | undefined;
  ending: Ending | undefined;
  readonly ended: Promise<void>;
  /** Resolves when the server has admitted the connection to its room, or has closed it. */
  readonly answered: Promise<void>;
  #resolveAnswered: () => void = () => {};

  constructor(socket: Socket) {
    this.#socket = socket;
    socket.setNoDelay(true);
    // After an error the socket also emits "close".
    socket.on("error", () => {});
    this.answered = new Promise((resolve) => {
      this.#resolveAnswered = resolve;
    });
    this.ended = new Promise((resolve) =>
      socket.once("close", () => {
        this.#end({ code: NO_GOODBYE, reason: "" });
        resolve();
      }),
    );
  }

  static async open({ host, port, from }: Address): Promise<Link> {
    const socket = connect({ host, port, ...(from && { localAddress: from }) });
    try {
      await once(socket, "connect", { signal: AbortSignal.timeout(CONNECT_MS) });
    } catch (error) {
      socket.destroy();
      throw error;
    }
    return new Link(socket);
  }

  /** Sends an HTTP request, such as the upgrade. Undefined if the server hangs up; rejects after `timeoutMs`. */
  async ask(request: string, timeoutMs: number): Promise<Answer | undefined> {
    this.#socket.write(request, "latin1");
    const isHead = request.startsWith("HEAD ");
    const { answer, rest } = await readAnswer(this.#socket, this.#leftOver, timeoutMs, isHead);
    this.#leftOver = rest;
    return answer;
  }

  /** Reads frames from here on: call it after the upgrade. */
  startReading(): void {
    this.#reader.push(this.#leftOver);
    this.#socket.on("data", (chunk: Buffer) => this.#reader.push(chunk));
  }

  /** Reads the answers to requests that nobody asks for, so that the server is not held up. */
  ignoreAnswers(): void {
    this.#socket.resume();
  }

  /** Bytes that are written and not sent yet, because the server does not read. */
  get unsentBytes(): number {
    return this.#socket.writableLength;
  }

  /** Whether the connection was open, as far as known here. */
  write(bytes: Uint8Array): boolean {
    return this.isOpen && (this.#socket.write(bytes) || true);
  }

  /** Bytes on the stream so far, in each direction. */
  get traffic(): { written: number; read: number } {
    return { written: this.#socket.bytesWritten, read: this.#socket.bytesRead };
  }

  get isOpen(): boolean {
    return !this.ending && !this.#socket.destroyed && this.#socket.writable;
  }

  /** Resolves when the server has answered a ping, so has read everything; when the connection ends; or after `timeoutMs`. */
  async settle(timeoutMs: number): Promise<void> {
    if (!this.isOpen) return;
    const serial = this.#pings++;
    const payload = Buffer.alloc(4);
    payload.writeUInt32BE(serial);
    this.#socket.write(control(OPCODE.ping, payload));
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, timeoutMs);
      this.#awaited.set(serial, () => {
        clearTimeout(timer);
        resolve();
      });
    });
    this.#awaited.delete(serial);
  }

  /** Resets the connection, as a broken route does. */
  cut(): void {
    reset(this.#socket);
  }

  #read(opcode: number, payload: Buffer): void {
    if (opcode === OPCODE.pong && payload.length === 4) this.#awaited.get(payload.readUInt32BE())?.();
    if (opcode === OPCODE.ping) this.#socket.write(control(OPCODE.pong, payload));
    if (opcode === OPCODE.close) this.#readClose(payload);
    if (opcode === OPCODE.binary && payload[0] === Protocol.JOIN_ROOM && this.token === undefined) {
      this.token = payload.toString("latin1", 2, 2 + (payload[1] ?? 0));
      this.#resolveAnswered();
    }
  }

  #readClose(payload: Buffer): void {
    this.#end({
      code: payload.length >= 2 ? payload.readUInt16BE() : NO_CODE,
      reason: payload.toString("utf8", 2),
    });
    // Answers the close frame, which the server waits for.
    this.#socket.end(control(OPCODE.close, payload.subarray(0, 2)));
  }

  /** Only the first ending counts. */
  #end(ending: Ending): void {
    this.ending ??= ending;
    this.#resolveAnswered();
    for (const resolve of this.#awaited.values()) resolve();
  }
}
