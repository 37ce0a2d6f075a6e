/**
 * A WebSocket client that writes whatever bytes it is given. It reads only as much as it must: what the server says
 * when it closes, its pongs, and the key to the seat in its first frame.
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
  /** Where the connection comes from: any 127.x.y.z, where the machine has them. */
  from?: string;
}

/** How the other side ended the connection: its close code, or 1006 without one. */
export interface Ending {
  code: number;
  reason: string;
}

const CONNECT_MS = 10_000;
const NO_CODE = 1005;
const NO_GOODBYE = 1006;
/** What the link says for itself; its mask is zeros. */
const control = (opcode: number, payload: Uint8Array) =>
  Buffer.concat([Buffer.of(0x80 | opcode, 0x80 | payload.length, 0, 0, 0, 0), payload]);

export class Link {
  readonly #socket: Socket;
  readonly #reader = new FrameReader((opcode, payload) => this.#read(opcode, payload));
  #leftOver: Buffer = Buffer.alloc(0);
  #pings = 0;
  readonly #awaited = new Map<number, () => void>();
  /** What resumes the seat after a cut; known once the server has let this connection in. */
  token: string | undefined;
  ending: Ending | undefined;
  readonly ended: Promise<void>;
  /** Resolves when the server has let this connection into its room, or has closed it. */
  readonly answered: Promise<void>;
  #tellAnswered: () => void = () => {};

  constructor(socket: Socket) {
    this.#socket = socket;
    socket.setNoDelay(true);
    // A reset is an ending like any other.
    socket.on("error", () => {});
    this.answered = new Promise((resolve) => {
      this.#tellAnswered = resolve;
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

  /** An HTTP request before the upgrade, or the upgrade itself. Undefined when the server hangs up instead. */
  async ask(request: string, timeoutMs: number): Promise<Answer | undefined> {
    this.#socket.write(request, "latin1");
    const isHead = request.startsWith("HEAD ");
    const { answer, rest } = await readAnswer(this.#socket, this.#leftOver, timeoutMs, isHead);
    this.#leftOver = rest;
    return answer;
  }

  /** From here on the stream is frames. */
  startReading(): void {
    this.#reader.push(this.#leftOver);
    this.#socket.on("data", (chunk: Buffer) => this.#reader.push(chunk));
  }

  /** Whether the bytes went out on a connection that stood as far as is known here. */
  write(bytes: Uint8Array): boolean {
    return this.isOpen && (this.#socket.write(bytes) || true);
  }

  get isOpen(): boolean {
    return !this.ending && !this.#socket.destroyed && this.#socket.writable;
  }

  /** Resolves when the server has read all that was written, the connection is over, or so much time is. */
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

  /** As a route that is gone. */
  cut(): void {
    reset(this.#socket);
  }

  #read(opcode: number, payload: Buffer): void {
    if (opcode === OPCODE.pong && payload.length === 4) this.#awaited.get(payload.readUInt32BE())?.();
    if (opcode === OPCODE.ping) this.#socket.write(control(OPCODE.pong, payload));
    if (opcode === OPCODE.close) this.#readClose(payload);
    if (opcode === OPCODE.binary && payload[0] === Protocol.JOIN_ROOM && this.token === undefined) {
      this.token = payload.toString("latin1", 2, 2 + (payload[1] ?? 0));
      this.#tellAnswered();
    }
  }

  #readClose(payload: Buffer): void {
    this.#end({
      code: payload.length >= 2 ? payload.readUInt16BE() : NO_CODE,
      reason: payload.toString("utf8", 2),
    });
    // The server waits for the other half of the goodbye.
    this.#socket.end(control(OPCODE.close, payload.subarray(0, 2)));
  }

  /** The first ending is the one that counts. */
  #end(ending: Ending): void {
    this.ending ??= ending;
    this.#tellAnswered();
    for (const tell of this.#awaited.values()) tell();
  }
}
