/** A WebSocket client that takes a seat as players do, then sends any bytes that a test wants. */
import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { connect, type Socket } from "node:net";
import { Protocol } from "@colyseus/core";
import { CloseCode } from "@colyseus/sdk";
import { pathTo, type Reservation, ROUTE } from "#shared/protocol/http.ts";
import { ROOM } from "#shared/protocol/names.ts";
import { type TestServer, until } from "./bootServer.ts";

export const OPCODE = { continuation: 0, text: 1, binary: 2, close: 8, ping: 9, pong: 10 } as const;

export interface FrameFields {
  /** Four bits; by default a binary message. */
  opcode?: number;
  payload?: readonly number[] | Uint8Array;
  /** Whether the frame ends its message; by default true. */
  fin?: boolean;
  /** The three reserved bits as a number from 0 to 7. */
  rsv?: number;
  /** By default true, as RFC 6455 requires of clients. */
  masked?: boolean;
  /** The length in the header; by default the payload's. */
  length?: number | bigint;
  /** The size of the length field; by default the smallest possible. */
  lengthBits?: 7 | 16 | 64;
}

/** Encodes a frame (RFC 6455, section 5.2), valid or not. */
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

/** A frame from the server; servers never mask. */
export interface Received {
  opcode: number;
  payload: Buffer;
}

/** Reads the first complete frame and its size in bytes; undefined if there is none. */
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
  /** The code of the server's close frame, 1005 for one without a code; undefined without a close frame. */
  code: number | undefined;
  /** Whether the server ended the connection with a FIN; false after a reset from either side. */
  isClean: boolean;
}

export class RawSocket {
  readonly sessionId: string;
  /** All frames from the server so far, in order. */
  readonly received: Received[] = [];
  readonly #socket: Socket;
  readonly #closed: Promise<Closed>;
  #unread: Buffer = Buffer.alloc(0);
  /** The first line of the answer to the handshake. */
  #answer = "";
  #isUpgraded = false;
  #isClean = false;

  constructor(socket: Socket, sessionId: string) {
    this.#socket = socket;
    this.sessionId = sessionId;
    socket.setNoDelay(true);
    socket.on("data", (chunk: Buffer) => this.#read(chunk));
    socket.on("end", () => (this.#isClean = true));
    // `isClean` records a reset.
    socket.on("error", () => {});
    this.#closed = new Promise((resolve) => {
      socket.on("close", () => resolve({ code: this.#closeCode(), isClean: this.#isClean }));
    });
  }

  send(...bytes: Uint8Array[]): void {
    this.#socket.write(Buffer.concat(bytes));
  }

  /** Sends one byte per packet. */
  async sendByteByByte(bytes: Uint8Array): Promise<void> {
    for (const byte of bytes) {
      this.#socket.write(Buffer.of(byte));
      await new Promise(setImmediate);
    }
  }

  /** Sends a FIN; the socket still reads what the server sends. */
  end(): void {
    this.#socket.end();
  }

  /** Resets the connection, as a crash does. */
  reset(): void {
    this.#socket.resetAndDestroy();
  }

  closed(): Promise<Closed> {
    return this.#closed;
  }

  /** Waits for a matching frame from the server; throws at once if the handshake was refused. */
  async until(what: string, matches: (received: Received) => boolean): Promise<void> {
    await until(what, () => {
      if (this.#answer && !this.#isUpgraded) throw new Error(`handshake refused: ${this.#answer}`);
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

/** Reserves a seat in an arena and sends the handshake; `early` follows in the same packet. */
export async function openRawSocket(
  server: TestServer,
  name: string,
  early?: Uint8Array,
): Promise<RawSocket> {
  const { origin, hostname, host } = new URL(server.url);
  const answer = await fetch(origin + pathTo(ROUTE.matchmake, { method: "joinOrCreate", room: ROOM.arena }), {
    method: "POST",
    headers: { "content-type": "application/json", origin },
    body: JSON.stringify({ name }),
  });
  if (!answer.ok) throw new Error(`no seat: ${answer.status} ${await answer.text()}`);
  const { processId, roomId, sessionId } = (await answer.json()) as Reservation;
  const socket = connect(server.port, hostname);
  await once(socket, "connect");
  const raw = new RawSocket(socket, sessionId);
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

/** Waits for the server's JOIN_ROOM and acknowledges it. */
export async function acknowledgeJoin(socket: RawSocket): Promise<void> {
  await socket.until("JOIN_ROOM", ({ opcode, payload }) => {
    return opcode === OPCODE.binary && payload[0] === Protocol.JOIN_ROOM;
  });
  socket.send(frame({ payload: [Protocol.JOIN_ROOM] }));
}
