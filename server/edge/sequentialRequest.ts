/**
 * Holds a connection to one request at a time. Node parses everything that one read returns, up to 64 KB, before it runs
 * anything else: 2,600 pipelined requests take it 60 ms. Browsers and proxies do not pipeline.
 */
import { IncomingMessage, type ServerResponse } from "node:http";
import type { Duplex } from "node:stream";

/** Connections with a request that is not answered. */
const busy = new WeakSet<Duplex>();

/**
 * Node's request, except that a pipelined one says that it is an upgrade: at an upgrade Node's parser stops, and leaves the
 * connection to the "upgrade" listener.
 */
export class SequentialRequest extends IncomingMessage {
  declare isUpgrade: boolean;

  get upgrade(): boolean {
    return this.isUpgrade;
  }

  /** Node sets it in the constructor, and again when it has read the headers. */
  set upgrade(isUpgrade: boolean) {
    this.isUpgrade = isUpgrade || busy.has(this.socket);
  }
}

/** From now until the response is closed, another request of the connection is a pipelined one. */
export function expectNoOther({ socket }: IncomingMessage, response: ServerResponse): void {
  busy.add(socket);
  response.once("close", () => busy.delete(socket));
}

export const isPipelined = (socket: Duplex): boolean => busy.has(socket);
