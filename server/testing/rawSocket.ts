/** A WebSocket client without manners: it takes a seat as players do, then sends whatever bytes a test wants. */
import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { connect, type Socket } from "node:net";
import { Protocol } from "@colyseus/core";
import { CloseCode } from "@colyseus/sdk";
import { ROOM } from "#shared/protocol/names.ts";
import { type TestServer, until } from "./bootServer.ts";

export const OPCODE = { continuation: 0, text: 1, binary: 2, close: 8, ping: 9, pong: 10 } as const;

export interface FrameFields {
  /** Four bits; a binary message unless told. */
  opcode?: number;
  payload?: readonly number[] | Uint8Array;
  /** Whether it ends its message; it does unless told. */
  fin?: boolean;
  /** The three reserved bits, as a number from 0 to 7. */
  rsv?: number;
  /** As a client must; true unless told. */
  masked?: boolean;
  /** What the header claims; the payload's own length unless told. */
  length?: number | bigint;
  /** How many bits the claim takes; as few as can be unless told. */
  lengthBits?: 7 | 16 | 64;
}

/** The bytes of a frame (RFC 6455, 5.2), right or wrong as the fields say. */
export function frame({ opcode = OPCODE.binary, fin = true, rsv = 0, ...fields }: FrameFields): Buffer {
  const payload = Buffer.from(fields.payload ?? []);
  const length = BigInt(fields.length ?? payload.length);
  const bits = fields.lengthBits ?? (length < 126n ? 7 : length < 65_536n ? 16 : 64);
  const extended = Buffer.alloc(bits === 7 ? 0 : bits / 8);
  if (bits === 16) extended.writeUInt16BE(Number(length));
  if (bits === 64) extended.writeBigUInt64BE(length);
  const claim = bits === 7 ? Number(length) : bits === 16 ? 126 : 127;
  const isMasked = fields.masked ?? true;
  const head = Buffer.from([(fin ? 0x80 : 0) | (rsv << 4) | opcode, (isMasked ? 0x80 : 0) | claim]);
  if (!isMasked) return Buffer.concat([head, extended, payload]);
  const mask = randomBytes(4);
  const covered = payload.map((byte, at) => byte ^ (mask[at % 4] ?? 0));
  return Buffer.concat([head, extended, mask, covered]);
}

export function closeFrame(code: number, reason: readonly number[] | Uint8Array = []): Buffer {
  return frame({ opcode: OPCODE.close, payload: [code >> 8, code & 0xff, ...reason] });
}

/** A frame from the server: these are never masked. */
export interface Received {
  opcode: number;
  payload: Buffer;
}

/** The first whole frame and how many bytes it took, if there is one. */
function readFrame(bytes: Buffer): { received: Received; size: number } | undefined {
  const [first = 0, claim = 0] = bytes;
  const start = claim === 127 ? 10 : claim === 126 ? 4 : 2;
  if (bytes.length < start) return undefined;
  const length =
    claim === 127 ? Number(bytes.readBigUInt64BE(2)) : claim === 126 ? bytes.readUInt16BE(2) : claim;
  if (bytes.length < start + length) return undefined;
  const payload = Buffer.from(bytes.subarray(start, start + length));
  return { received: { opcode: first & 0x0f, payload }, size: start + length };
}

export interface Closed {
  /** Of the server's close frame, 1005 when that had none; undefined when it sent no close frame at all. */
  code: number | undefined;
  /** The server ended the connection, rather than to reset it or to be cut off by this side. */
  clean: boolean;
}

export class RawSocket {
  readonly sessionId: string;
  /** All that the server sent so far, in order. */
  readonly received: Received[] = [];
  readonly #socket: Socket;
  readonly #closed: Promise<Closed>;
  #unread: Buffer = Buffer.alloc(0);
  /** The first line of the answer to the upgrade. */
  #answer = "";
  #isUpgraded = false;
  #clean = false;

  constructor(socket: Socket, sessionId: string) {
    this.#socket = socket;
    this.sessionId = sessionId;
    socket.setNoDelay(true);
    socket.on("data", (chunk: Buffer) => this.#read(chunk));
    socket.on("end", () => (this.#clean = true));
    // A reset shows in `clean`.
    socket.on("error", () => {});
    this.#closed = new Promise((resolve) => {
      socket.on("close", () => resolve({ code: this.#closeCode(), clean: this.#clean }));
    });
  }

  send(...bytes: Uint8Array[]): void {
    this.#socket.write(Buffer.concat(bytes));
  }

  /** One byte a packet, each given to the network before the next. */
  async sendByteByByte(bytes: Uint8Array): Promise<void> {
    for (const byte of bytes) {
      this.#socket.write(Buffer.of(byte));
      await new Promise(setImmediate);
    }
  }

  /** Says that no more will come; what the server sends is still read. */
  end(): void {
    this.#socket.end();
  }

  /** Ends it as a crash does. */
  reset(): void {
    this.#socket.resetAndDestroy();
  }

  closed(): Promise<Closed> {
    return this.#closed;
  }

  /** Waits until the server sent such a frame; fails at once when there was no upgrade. */
  async until(what: string, matches: (received: Received) => boolean): Promise<void> {
    await until(what, () => {
      if (this.#answer && !this.#isUpgraded) throw new Error(`no upgrade, but ${this.#answer}`);
      return this.received.some(matches);
    });
  }

  #read(chunk: Buffer): void {
    this.#unread = Buffer.concat([this.#unread, chunk]);
    if (!this.#isUpgraded) this.#readUpgrade();
    if (!this.#isUpgraded) return;
    for (let next = readFrame(this.#unread); next; next = readFrame(this.#unread)) {
      this.received.push(next.received);
      this.#unread = this.#unread.subarray(next.size);
    }
  }

  #readUpgrade(): void {
    const end = this.#unread.indexOf("\r\n\r\n");
    if (end < 0) return;
    this.#answer = this.#unread.toString("latin1", 0, this.#unread.indexOf("\r\n"));
    this.#isUpgraded = this.#answer.startsWith("HTTP/1.1 101 ");
    this.#unread = this.#unread.subarray(end + 4);
  }

  #closeCode(): number | undefined {
    const close = this.received.find(({ opcode }) => opcode === OPCODE.close);
    if (!close) return undefined;
    return close.payload.length < 2 ? CloseCode.NO_STATUS_RECEIVED : close.payload.readUInt16BE();
  }
}

/** Takes a seat in an arena and asks for the upgrade; `early` goes out in the same packet as the asking. */
export async function openRawSocket(
  server: TestServer,
  name: string,
  early?: Uint8Array,
): Promise<RawSocket> {
  const { origin, hostname, host } = new URL(server.url);
  const answer = await fetch(`${origin}/matchmake/joinOrCreate/${ROOM.arena}`, {
    method: "POST",
    headers: { "content-type": "application/json", origin },
    body: JSON.stringify({ name }),
  });
  if (!answer.ok) throw new Error(`no seat: ${answer.status} ${await answer.text()}`);
  const { processId, roomId, sessionId } = (await answer.json()) as Record<string, string>;
  const socket = connect(server.port, hostname);
  await once(socket, "connect");
  const raw = new RawSocket(socket, sessionId ?? "");
  const lines = [
    `GET /${processId}/${roomId}?sessionId=${sessionId} HTTP/1.1`,
    `Host: ${host}`,
    `Origin: ${origin}`,
    "Connection: Upgrade",
    "Upgrade: websocket",
    "Sec-WebSocket-Version: 13",
    `Sec-WebSocket-Key: ${randomBytes(16).toString("base64")}`,
  ];
  raw.send(Buffer.from(`${lines.join("\r\n")}\r\n\r\n`), early ?? Buffer.alloc(0));
  return raw;
}

/** Takes the seat for good, once the server has offered it with JOIN_ROOM. */
export async function acknowledgeJoin(socket: RawSocket): Promise<void> {
  await socket.until("JOIN_ROOM", ({ opcode, payload }) => {
    return opcode === OPCODE.binary && payload[0] === Protocol.JOIN_ROOM;
  });
  socket.send(frame({ payload: [Protocol.JOIN_ROOM] }));
}
