/** Bounds the duration and size of HTTP requests, and the number of open connections. */
import type { Server, ServerOptions } from "node:http";
import type { Socket } from "node:net";
import ipaddr from "ipaddr.js";
import proxyaddr from "proxy-addr";
import { countRefusal } from "#server/services/metrics.ts";
import { Counts } from "./counts.ts";
import type { NetworkBudget } from "./networkBudget.ts";
import { networkOf } from "./networks.ts";
import { SequentialRequest } from "./sequentialRequest.ts";

export const HTTP_BOUNDS: ServerOptions<typeof SequentialRequest> = {
  IncomingMessage: SequentialRequest,
  /** The gate sees such a request as well, and the routes refuse it. */
  requireHostHeader: false,
  /** Starts with the connection, so it also ends one that sends nothing. */
  headersTimeout: 8_000,
  requestTimeout: 12_000,
  keepAliveTimeout: 5_000,
  connectionsCheckingInterval: 1_000,
  maxHeaderSize: 8 * 1024,
};

/** Ends a connection on which no byte moves for this long in either direction, such as one that reads no answer. */
const IDLE_MS = 8_000;

/** Proxies keep connections for 60 s, and must not find one closed as they use it. */
const PROXY_KEEP_ALIVE_MS = 65_000;

/** TCP connections of one network: a page opens six or seven, and a café has many pages. */
const PER_NETWORK = 256;

/** A network that owes more than this is cut off as it connects; up to this its requests are told how long to wait. */
const UNHEARD_BELOW_TOKENS = -100;

export interface ConnectionRules {
  maxClients: number;
  trustedProxies: readonly string[];
  production: boolean;
}

/** Does not count a trusted proxy by network, because it carries the connections of all its clients. */
export function boundConnections(
  server: Server,
  budget: NetworkBudget,
  { maxClients, trustedProxies, production }: ConnectionRules,
): void {
  const isTrusted = proxyaddr.compile([...trustedProxies]);
  const open = new Counts();
  // One socket per player, one per watcher of the lobby, and as many again for pages that load.
  server.maxConnections = 3 * maxClients + PER_NETWORK;
  if (trustedProxies.length > 0) server.keepAliveTimeout = PROXY_KEEP_ALIVE_MS;
  // ws removes this timeout from WebSockets.
  server.timeout = IDLE_MS;
  server.on("connection", (socket) => {
    const peer = peerOf(socket);
    if (!peer || isTrusted(peer.toString(), 0)) return;
    const network = networkOf(peer);
    const isExempt = !production && peer.range() === "loopback";
    const isOverdrawn = !isExempt && budget.charge(network) < UNHEARD_BELOW_TOKENS;
    if (isOverdrawn || open.of(network) >= PER_NETWORK) {
      countRefusal("too many connections of one network");
      return void socket.destroy();
    }
    open.add(network);
    socket.once("close", () => open.remove(network));
  });
}

/** The address at the other end; undefined for a connection that has just closed, which has none. */
export function peerOf({ remoteAddress = "" }: Socket): ipaddr.IPv4 | ipaddr.IPv6 | undefined {
  return ipaddr.isValid(remoteAddress) ? ipaddr.process(remoteAddress) : undefined;
}
