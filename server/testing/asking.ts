/** Sends HTTP requests and handshakes to a booted server, from any address, any page and with any token. */
import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { type IncomingHttpHeaders, type OutgoingHttpHeaders, request } from "node:http";
import { connect, type Socket } from "node:net";
import { Client } from "@colyseus/sdk";
import { pathTo, type Reservation, ROUTE } from "#shared/protocol/http.ts";
import { ROOM } from "#shared/protocol/names.ts";
import type { ArenaState } from "#shared/schema/state.ts";
import type { ArenaClient, TestServer } from "./bootServer.ts";

export interface Asking {
  method?: string;
  headers?: OutgoingHttpHeaders | undefined;
  body?: string | Uint8Array;
  /** The local address, within loopback (127.0.0.1 to 127.255.255.254). */
  from?: string;
}

export interface Answer {
  /** 101 for an accepted handshake. */
  status: number;
  headers: IncomingHttpHeaders;
  body: string;
  /** The connection after a handshake; this side sends nothing on it. */
  socket?: Socket;
}

/** Where a server is, or a proxy in front of it. */
export type Address = Pick<TestServer, "url" | "port">;

/** Sends a request on a connection of its own, and resolves to the whole answer. */
export function ask(server: Address, path: string, asking: Asking = {}): Promise<Answer> {
  const { method = "GET", headers = {}, body, from } = asking;
  return new Promise((resolve, reject) => {
    const { hostname } = new URL(server.url);
    const sent = request({
      hostname,
      port: server.port,
      path,
      method,
      headers,
      agent: false,
      ...(from && { localAddress: from }),
    });
    sent.on("error", reject);
    sent.on("response", async (response) => {
      try {
        const text = Buffer.concat(await response.toArray()).toString();
        resolve({ status: response.statusCode ?? 0, headers: response.headers, body: text });
      } catch (error) {
        reject(error);
      }
    });
    sent.on("upgrade", (response, socket) => {
      socket.on("error", () => {}).resume();
      resolve({ status: 101, headers: response.headers, body: "", socket: socket as Socket });
    });
    sent.end(body);
  });
}

/** The headers of a WebSocket handshake. */
export const handshakeHeaders = () => ({
  connection: "Upgrade",
  upgrade: "websocket",
  "sec-websocket-version": "13",
  "sec-websocket-key": randomBytes(16).toString("base64"),
});

/** Sends raw bytes, which no client library would send; resolves to all bytes of the answer when the server closes. */
export async function askRaw(server: Address, bytes: string | Uint8Array, from?: string): Promise<string> {
  const { hostname } = new URL(server.url);
  const socket = connect({ port: server.port, host: hostname, ...(from && { localAddress: from }) });
  await once(socket, "connect");
  let answer = "";
  socket.on("data", (chunk) => (answer += chunk.toString("latin1")));
  // The connection is reset if the server closes before it has read everything.
  socket.on("error", () => {});
  const closed = new Promise((resolve) => socket.once("close", resolve));
  socket.write(bytes);
  await closed;
  return answer;
}

export const statusOf = (rawAnswer: string): number => Number(/^HTTP\/1\.1 (\d{3}) /.exec(rawAnswer)?.[1]);

export type Seat = Reservation;

let addressesUsed = 0;

/** A new address of the range for benchmarks (RFC 2544), unique in this process. */
export function freshAddress(): string {
  const number = ++addressesUsed;
  return `198.18.${number >> 8}.${number & 0xff}`;
}

export interface GuestFields {
  address?: string;
  /** The token of an identity, or of the bots. */
  token?: string | undefined;
  /** The page's origin; by default the server's own, null for no page. */
  origin?: string | null;
}

/** A visitor behind the trusted proxy on 127.0.0.1. */
export class Guest {
  readonly address: string;
  readonly token: string | undefined;
  readonly #server: Address;
  readonly #origin: string | null;

  constructor(server: Address, { address = freshAddress(), token, origin }: GuestFields = {}) {
    this.#server = server;
    this.#origin = origin === undefined ? server.url : origin;
    this.address = address;
    this.token = token;
  }

  get headers(): Record<string, string> {
    return {
      "x-forwarded-for": this.address,
      ...(this.#origin !== null && { origin: this.#origin }),
    };
  }

  post(path: string, body?: unknown): Promise<Answer> {
    return ask(this.#server, path, {
      method: "POST",
      headers: {
        ...this.headers,
        "content-type": "application/json",
        ...(this.token !== undefined && { authorization: `Bearer ${this.token}` }),
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
  }

  /** Requests a seat by a matchmaking method. */
  askSeat(options: object = {}, method = "joinOrCreate", room: string = ROOM.arena): Promise<Answer> {
    return this.post(pathTo(ROUTE.matchmake, { method, room }), options);
  }

  /** Reserves a seat; throws if the server refuses. */
  async reserve(options?: object, method?: string, room?: string): Promise<Seat> {
    const { status, body } = await this.askSeat(options, method, room);
    if (status !== 200) throw new Error(`no seat: ${status} ${body}`);
    return JSON.parse(body) as Seat;
  }

  /** Sends the handshake for a seat. */
  knock({ processId, roomId, sessionId }: Seat, query: Record<string, string> = {}): Promise<Answer> {
    const search = new URLSearchParams({
      sessionId,
      ...(this.token !== undefined && { _authToken: this.token }),
      ...query,
    });
    return ask(this.#server, `/${processId}/${roomId}?${search}`, {
      headers: { ...this.headers, ...handshakeHeaders() },
    });
  }

  /** Joins with the SDK as pages do, by quick play or in a room of its own, and waits for the first state. */
  async play(options: object = {}, method: "joinOrCreate" | "create" = "joinOrCreate"): Promise<ArenaClient> {
    const client = new Client(this.#server.url, { headers: this.headers });
    client.http.authToken = this.token;
    const room = await client[method]<ArenaState>(ROOM.arena, options);
    room.onMessage("*", () => {});
    await new Promise<void>((resolve) => room.onStateChange.once(() => resolve()));
    return room;
  }
}
