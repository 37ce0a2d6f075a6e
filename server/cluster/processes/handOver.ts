/**
 * Gives the socket of an accepted WebSocket handshake to the process of its room, so that no byte of a game passes the
 * front. `Sockets` is the front's end, `takeSocket` the room process'.
 */
import { IncomingMessage } from "node:http";
import type { Socket } from "node:net";
import type { Connection } from "#server/admission/rooms.ts";
import type { Channel } from "./channel.ts";
import type { HandedOver } from "./messages.ts";

/** libuv's handle of a socket, which Node's types leave out. */
interface Handle {
  readStop?(): void;
  close?(): void;
}

interface Sent {
  readonly socket: Socket;
  readonly handle: Handle | undefined;
  readonly onClosed: () => void;
}

export const handleOf = (socket: Socket): Handle | undefined => Reflect.get(socket, "_handle");

/** The sockets that the front has handed to one process. */
export class Sockets {
  readonly #channel: Channel;
  readonly #open = new Map<number, Sent>();
  #sent = 0;

  constructor(channel: Channel) {
    this.#channel = channel;
  }

  get openCount(): number {
    return this.#open.size;
  }

  handOver({ request, socket, head }: Connection, onClosed: () => void): void {
    const number = ++this.#sent;
    const handle = handleOf(socket);
    // Data that arrives from now on stays in the kernel, for the process that gets the socket.
    handle?.readStop?.();
    const late: Buffer | null = socket.read();
    socket.setTimeout(0);
    // Otherwise Node asks the process about this socket when the front's server closes, and waits for a hanging one.
    Object.assign(socket, { server: undefined });
    this.#open.set(number, { socket, handle, onClosed });
    const { url = "", headers, rawHeaders } = request;
    const message = { number, url, headers, rawHeaders, head: late ? Buffer.concat([head, late]) : head };
    this.#channel.tell({ is: "socket", ...message }, socket, () => this.closed(number));
  }

  /** The process reports that the connection has closed. */
  closed(number: number): void {
    const sent = this.#open.get(number);
    if (!sent) return;
    this.#open.delete(number);
    end(sent);
  }

  /** The process is gone, and with it the connections. */
  closeAll(): void {
    for (const number of [...this.#open.keys()]) this.closed(number);
  }
}

/**
 * The front's socket object lives on without its handle. Destroying it emits the "close" that the front's counts of
 * connections wait for. A process that dies before it acknowledges a socket leaves the handle open in the front.
 */
function end({ socket, handle, onClosed }: Sent): void {
  socket.destroy();
  handle?.close?.();
  onClosed();
}

/** Rebuilds a connection that was handed over, and gives it to `upgrade`. Calls `closed` once, when it has closed. */
export function takeSocket(
  { url, headers, rawHeaders, head }: HandedOver,
  socket: Socket | undefined,
  upgrade: (connection: Connection) => void,
  closed: () => void,
): void {
  if (!socket) {
    closed();
    return;
  }
  socket.once("close", closed);
  // ws takes its own listener off again while it answers the handshake.
  socket.on("error", () => socket.destroy());
  const request = Object.assign(new IncomingMessage(socket), {
    ...{ method: "GET", url, headers, rawHeaders },
    ...{ httpVersion: "1.1", httpVersionMajor: 1, httpVersionMinor: 1, complete: true },
  });
  upgrade({ request, socket, head: Buffer.from(head) });
}
