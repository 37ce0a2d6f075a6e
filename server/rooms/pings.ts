/** Finds dead connections of rooms in which nobody sends commands. */
import type { Client } from "@colyseus/core";
import type { WebSocket } from "ws";

export const PING_INTERVAL_MS = 10_000;

const socketOf = ({ ref }: Client) => ref as unknown as WebSocket;

export class Pings {
  /** Sockets that have not answered their last ping. */
  readonly #silent = new WeakSet<WebSocket>();

  /** Call for each new connection. */
  follow(client: Client): void {
    const socket = socketOf(client);
    socket.on("pong", () => this.#silent.delete(socket));
  }

  /** Cuts connections that have not answered the last ping, and pings the others. */
  ping(clients: Iterable<Client>): void {
    for (const client of clients) {
      const socket = socketOf(client);
      if (this.#silent.has(socket)) socket.terminate();
      else if (socket.readyState === socket.OPEN) socket.ping();
      this.#silent.add(socket);
    }
  }
}
