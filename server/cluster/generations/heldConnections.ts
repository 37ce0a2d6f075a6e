/**
 * Changes the front behind a listening port without refusing anybody: the new front holds the connections that it accepts
 * until it can answer them, the old one ends those that it has.
 */
import type { Server } from "node:http";
import type { Socket } from "node:net";
import { setTimeout as after } from "node:timers/promises";

/** A request that is under way when the front yields has this long to end. */
const END_WITHIN_MS = 1_000;
const CHECK_MS = 10;

/**
 * Call before the server listens. The returned function has it answer, first those who have waited. `takes`: whether a
 * connection may wait; otherwise it is ended.
 */
export function holdConnections(http: Server, takes: (socket: Socket) => boolean): () => void {
  const held: Socket[] = [];
  const { emit } = http;
  Object.assign(http, {
    // Data that comes stays in the kernel.
    pauseOnConnect: true,
    emit(event: string, ...values: unknown[]): boolean {
      if (event !== "connection") return Reflect.apply(emit, http, [event, ...values]);
      const socket = values[0] as Socket;
      if (takes(socket)) held.push(socket);
      else socket.destroy();
      return true;
    },
  });
  return () => {
    Object.assign(http, { pauseOnConnect: false, emit });
    for (const socket of held) {
      if (socket.destroyed) continue;
      http.emit("connection", socket);
      socket.resume();
    }
  };
}

/** Follows the connections that have not become WebSockets, so that they can be ended in peace. */
export class OpenRequests {
  readonly #http: Server;
  /** Connections, and whether a request is under way on each; undefined before the first. */
  readonly #connections = new Map<Socket, boolean | undefined>();
  #isEnding = false;

  constructor(http: Server) {
    this.#http = http;
    http.on("connection", (socket) => {
      this.#connections.set(socket, undefined);
      socket.once("close", () => this.#connections.delete(socket));
    });
    http.on("upgrade", (_request, stream) => this.#connections.delete(stream as Socket));
    http.prependListener("request", ({ socket }, response) => {
      this.#connections.set(socket, true);
      if (this.#isEnding) response.shouldKeepAlive = false;
      response.once("close", () => {
        if (this.#connections.has(socket)) this.#connections.set(socket, false);
      });
    });
  }

  /** Accepts nothing more. Resolves when no connection is left that waits for an answer, or after END_WITHIN_MS. */
  async end(): Promise<void> {
    this.#isEnding = true;
    const endsAtMs = performance.now() + END_WITHIN_MS;
    // Ends idle connections, too.
    this.#http.close();
    // A connection without a request is a new one, whose request is on its way.
    const isBusy = () => [...this.#connections.values()].some((underWay) => underWay !== false);
    while (isBusy() && performance.now() < endsAtMs) await after(CHECK_MS);
    this.#http.closeAllConnections();
  }
}
