/** How long and how large HTTP may be, and how many connections stand open, before anything is asked of them. */
import type { Server, ServerOptions } from "node:http";
import ipaddr from "ipaddr.js";
import proxyaddr from "proxy-addr";
import { countRefusal } from "#server/services/metrics.ts";
import { Headcount } from "./counts.ts";
import { networkOf } from "./networks.ts";

export const HTTP_BOUNDS: ServerOptions = {
  /** From the connection's first moment: one that says nothing is gone as well. */
  headersTimeout: 8_000,
  requestTimeout: 12_000,
  keepAliveTimeout: 5_000,
  connectionsCheckingInterval: 1_000,
  maxHeaderSize: 8 * 1024,
};

/** A connection on which nothing moves for so long, in either direction, ends: who does not read what they asked for. */
const STILL_MS = 8_000;

const PROXY_KEEP_ALIVE_MS = 65_000;

/** TCP connections of one network: a page has six or seven, and a café many pages. */
const PER_NETWORK = 256;

export interface ConnectionRules {
  maxClients: number;
  trustedProxies: readonly string[];
}

/** A trusted proxy speaks for everybody: it is bound by the number of clients alone. */
export function boundConnections(server: Server, { maxClients, trustedProxies }: ConnectionRules): void {
  const isTrusted = proxyaddr.compile([...trustedProxies]);
  const open = new Headcount();
  // Each player's socket, each of who watches the list of rooms, and as many again for pages that load.
  server.maxConnections = 3 * maxClients + PER_NETWORK;
  // Proxies keep connections for a minute, and must not find one closed as they use it.
  if (trustedProxies.length > 0) server.keepAliveTimeout = PROXY_KEEP_ALIVE_MS;
  // ws takes it off the sockets of players.
  server.timeout = STILL_MS;
  server.on("connection", (socket) => {
    const address = socket.remoteAddress ?? "";
    if (!ipaddr.isValid(address) || isTrusted(address, 0)) return;
    const network = networkOf(ipaddr.process(address));
    if (open.of(network) >= PER_NETWORK) {
      countRefusal("too many connections of one network");
      return void socket.destroy();
    }
    open.add(network);
    socket.once("close", () => open.remove(network));
  });
}
