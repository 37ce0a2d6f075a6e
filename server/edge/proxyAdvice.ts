/** Log lines that tell an operator which setting, of the server or of its proxy, makes the server refuse or miscount. */
import type { IncomingMessage } from "node:http";
import { log } from "#server/log.ts";
import { isLogDue, shorten } from "./logOnce.ts";

/** Call for a page that was refused for its Origin. */
export function adviseOnOrigin({ headers }: IncomingMessage, publicUrl: string | undefined): void {
  const { origin, host } = headers;
  if (origin === undefined || !isLogDue("origin", origin)) return;
  const reason = publicUrl
    ? `PUBLIC_URL is ${publicUrl}: if this page may use the server, add its origin to ALLOWED_ORIGINS`
    : "its origin is not the Host of the request: if this is the server's own page, a proxy has changed the Host header: set PUBLIC_URL to the origin; if another, add it to ALLOWED_ORIGINS";
  log.warn({ origin: shorten(origin), host: host && shorten(host) }, `refused a page: ${reason}`);
}

/** Call for forwarding headers of an address that TRUSTED_PROXIES does not name. */
export function adviseOnProxy(peer: string): void {
  if (!isLogDue("proxy", peer)) return;
  log.warn(
    { peer },
    "ignored forwarding headers: if this address is your proxy's, add it to TRUSTED_PROXIES, or limits count all players behind it as one",
  );
}

/** Call for a forwarding header that is no address: proxies that add a port send such. */
export function adviseOnForwarded(header: string, value: string): void {
  if (!isLogDue("forwarded", `${header}: ${value}`)) return;
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
