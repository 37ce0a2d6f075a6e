/** Bounds the duration and size of HTTP requests, what they may upgrade to, and the number of open connections. */
import type { Server, ServerOptions } from "node:http";
import type { Socket } from "node:net";
import ipaddr from "ipaddr.js";
import proxyaddr from "proxy-addr";
import { countRefusal } from "#server/services/metrics.ts";
import { endIdleUnderPressure } from "./crowding.ts";
import { Holdings } from "./holdings.ts";
import type { NetworkBudget } from "./networkBudget.ts";
import { countKeysOf, networkOf } from "./networks.ts";
import { adviseOnCrowd } from "./proxyAdvice.ts";
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
  /** A server ignores protocols that it does not speak (RFC 9110, 7.8), such as the h2c that Java's HttpClient offers. */
  shouldUpgradeCallback: ({ headers }) => headers.upgrade?.toLowerCase() === "websocket",
};

/** Ends a connection on which no byte moves for this long in either direction, such as one that reads no answer. */
const IDLE_MS = 8_000;

/** Proxies keep connections for 60 s, and must not find one closed as they use it. */
const PROXY_KEEP_ALIVE_MS = 65_000;

/** TCP connections of one network: a page opens six or seven, and a school has sixty pages. */
const PER_NETWORK = 512;

/** A network that owes more than this is cut off as it connects; up to this its requests are told how long to wait. */
const UNHEARD_BELOW_TOKENS = -100;

export interface ConnectionRules {
  maxClients: number;
  trustedProxies: readonly string[];
  production: boolean;
}

/**
 * Call after gateRequests, which removes listeners for requests (crowding.ts adds one). Does not count a trusted proxy by
 * network, because it carries the connections of all its clients.
 */
export function boundConnections(
  server: Server,
  budget: NetworkBudget,
  { maxClients, trustedProxies, production }: ConnectionRules,
): void {
  const isTrusted = proxyaddr.compile([...trustedProxies]);
  const open = new Holdings(PER_NETWORK);
  server.maxConnections = connectionsMax(maxClients);
  if (trustedProxies.length > 0) server.keepAliveTimeout = PROXY_KEEP_ALIVE_MS;
  // ws removes this timeout from WebSockets.
  server.timeout = IDLE_MS;
  server.on("connection", (socket) => {
    const peer = peerOf(socket);
    if (!peer || isTrusted(peer.toString(), 0)) return;
    const network = networkOf(peer);
    const isExempt = !production && peer.range() === "loopback";
    const isOverdrawn = !isExempt && budget.charge(network) < UNHEARD_BELOW_TOKENS;
    const release = isOverdrawn ? undefined : open.take(countKeysOf(network));
    if (release) return void socket.once("close", release);
    countRefusal("too many connections of one network");
    adviseOnCrowd(network, "connections");
    socket.destroy();
  });
  // After the listener above, so that a network beyond its bound ends nobody's connection.
  endIdleUnderPressure(server, pagesMax(maxClients));
}

/** One socket per player, one per watcher of the lobby, and as many connections again for pages that load. */
const pagesMax = (maxClients: number): number => maxClients + PER_NETWORK;

/** Twice PER_NETWORK more, because connections that were ended take a moment to close. */
const connectionsMax = (maxClients: number): number =>
  2 * maxClients + pagesMax(maxClients) + 2 * PER_NETWORK;

/** Whether a connection may wait until the server answers: bounds their number, by network and in all. */
export function boundHeld({ maxClients, trustedProxies }: ConnectionRules): (socket: Socket) => boolean {
  const isTrusted = proxyaddr.compile([...trustedProxies]);
  const networks = new Holdings(PER_NETWORK);
  let held = 0;
  return (socket) => {
    const peer = peerOf(socket);
    const isCounted = peer !== undefined && !isTrusted(peer.toString(), 0);
    const release = isCounted ? networks.take(countKeysOf(networkOf(peer))) : () => {};
    if (!release || held >= connectionsMax(maxClients)) {
      release?.();
      countRefusal("too many connections while a front opens");
      return false;
    }
    held++;
    socket.once("close", () => {
      held--;
      release();
    });
    return true;
  };
}

/** The address at the other end; undefined for a connection that has just closed, which has none. */
export function peerOf({ remoteAddress = "" }: Socket): ipaddr.IPv4 | ipaddr.IPv6 | undefined {
  return ipaddr.isValid(remoteAddress) ? ipaddr.process(remoteAddress) : undefined;
}
