/** How long and how large HTTP may be, and how many connections stand open, before anything is asked of them. */
import type { Server, ServerOptions } from "node:http";
import ipaddr from "ipaddr.js";
import proxyaddr from "proxy-addr";
import { countRefusal } from "#server/services/metrics.ts";

export const HTTP_BOUNDS: ServerOptions = {
  /** From the connection's first moment: one that says nothing is gone as well. */
  headersTimeout: 8_000,
  requestTimeout: 12_000,
  keepAliveTimeout: 5_000,
  connectionsCheckingInterval: 1_000,
  maxHeaderSize: 8 * 1024,
};

/** TCP connections of one address: a page has six or seven, and a café many pages. */
const PER_ADDRESS = 256;

export interface ConnectionRules {
  maxClients: number;
  trustedProxies: readonly string[];
}

/** A trusted proxy speaks for everybody: it is bound by the number of clients alone. */
export function boundConnections(server: Server, { maxClients, trustedProxies }: ConnectionRules): void {
  const isTrusted = proxyaddr.compile([...trustedProxies]);
  const open = new Map<string, number>();
  // Each player's socket, and as many again for pages that load.
  server.maxConnections = 2 * maxClients + PER_ADDRESS;
  server.on("connection", (socket) => {
    const address = socket.remoteAddress;
    if (!address || (ipaddr.isValid(address) && isTrusted(address, 0))) return;
    const count = (open.get(address) ?? 0) + 1;
    if (count > PER_ADDRESS) {
      countRefusal("too many connections of one address");
      return void socket.destroy();
    }
    open.set(address, count);
    socket.once("close", () => {
      const left = (open.get(address) ?? 1) - 1;
      if (left > 0) open.set(address, left);
      else open.delete(address);
    });
  });
}
