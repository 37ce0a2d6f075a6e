/** The site that passkeys are made for: a host name, and the origin of its pages. */
import { isIP } from "node:net";

export interface Site {
  rpId: string;
  origin: string;
}

/**
 * Undefined where browsers make no passkeys: on plain http (except localhost), and on an IP address.
 * `origin`: of a page that may use this server.
 */
export function siteOf(origin: string): Site | undefined {
  const { protocol, hostname } = new URL(origin);
  const isLocal = hostname === "localhost" || hostname.endsWith(".localhost");
  const isName = isIP(hostname.replace(/^\[|\]$/g, "")) === 0;
  return (protocol === "https:" || isLocal) && isName ? { rpId: hostname, origin } : undefined;
}

/** Whether the URL names this machine. */
export function isLoopback(url: string): boolean {
  const name = new URL(url).hostname.replace(/^\[|\]$/g, "");
  return name === "localhost" || name === "::1" || (isIP(name) === 4 && name.startsWith("127."));
}
