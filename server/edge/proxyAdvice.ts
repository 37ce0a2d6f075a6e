/** Log lines that tell an operator which setting, of the server or of its proxy, makes the server refuse or miscount. */
import type { IncomingMessage } from "node:http";
import ipaddr from "ipaddr.js";
import { log } from "#server/log.ts";
import { isLogDue, shorten } from "#server/logOnce.ts";

/** Whether a line is due; lines on what near addresses send, where an operator's proxy is, are counted apart. */
function isAdviceDue(kind: string, subject: string, address: string | undefined): boolean {
  return isLogDue(isNear(address ?? "") ? `${kind} (near)` : kind, subject);
}

/** Names of ipaddr.js for the addresses of this machine and of private networks. */
const NEAR: ReadonlySet<string> = new Set(["loopback", "private", "linkLocal", "uniqueLocal"]);

/** `network`: an address, or an IPv6 prefix. */
function isNear(network: string): boolean {
  const [address = ""] = network.split("/");
  return ipaddr.isValid(address) && NEAR.has(ipaddr.process(address).range());
}

/** Call for a page that was refused for its Origin. */
export function adviseOnOrigin({ headers, socket }: IncomingMessage, publicUrl: string | undefined): void {
  const { origin, host } = headers;
  if (origin === undefined || !isAdviceDue("origin", origin, socket.remoteAddress)) return;
  const reason = publicUrl
    ? `PUBLIC_URL is ${publicUrl}: if this page may use the server, add its origin to ALLOWED_ORIGINS`
    : "its origin is not the Host of the request: if this is the server's own page, a proxy has changed the Host header: set PUBLIC_URL to the origin; if another, add it to ALLOWED_ORIGINS";
  log.warn({ origin: shorten(origin), host: host && shorten(host) }, `refused a page: ${reason}`);
}

/** Call for a page or program of this machine that was refused because its Host is no name of this machine. */
export function adviseOnRebound({ headers: { host = "" } }: IncomingMessage): void {
  if (!isLogDue("rebound", host)) return;
  log.warn(
    { host: shorten(host) },
    "refused a request of this machine under a name that is not its own: if you gave it this name (as in /etc/hosts), set PUBLIC_URL to the URL that you open",
  );
}

/** Call for a network that exceeds a bound. `what`: what it has too many of. */
export function adviseOnCrowd(network: string, what: "requests" | "connections" | "sockets"): void {
  if (!isAdviceDue("crowd", network, network)) return;
  log.warn(
    { network, what },
    "refused an address that has too many requests, connections or sockets: if it is your proxy's, name it in TRUSTED_PROXIES and let it send X-Forwarded-For",
  );
}

/** Call for forwarding headers of an address that TRUSTED_PROXIES does not name. */
export function adviseOnProxy(peer: string): void {
  if (!isAdviceDue("proxy", peer, peer)) return;
  log.warn(
    { peer },
    "ignored forwarding headers: if this address is your proxy's, add it to TRUSTED_PROXIES, or limits count all players behind it as one",
  );
}

/** Call for a forwarding header that is no address: proxies that add a port send such. */
export function adviseOnForwarded({ socket }: IncomingMessage, header: string, value: string): void {
  if (!isAdviceDue("forwarded", `${header}: ${value}`, socket.remoteAddress)) return;
  log.warn(
    { header, value: shorten(value) },
    "refused a request for its forwarding header: if your proxy sends it, make it send the address alone, without a port",
  );
}

/** Call for each plain request: a handshake arrives as one if a proxy drops its Upgrade header. */
export function adviseOnUpgrade({ headers }: IncomingMessage): void {
  if (headers["sec-websocket-key"] === undefined || !isLogDue("upgrade", "")) return;
  log.warn(
    "a WebSocket handshake arrived without its Upgrade header: make your proxy pass on Upgrade and Connection (nginx: proxy_set_header)",
  );
}
