/** Which pages may play here: this server's own, and those that its operator names. */
import type { IncomingMessage } from "node:http";

export interface OriginRules {
  /** Where players find this server, when that is not what they write into Host. */
  publicUrl: string | undefined;
  allowedOrigins: readonly string[];
}

/** Says whether the page that sent a request may; `undefined` when no page did. */
export function createOriginCheck({ publicUrl, allowedOrigins }: OriginRules) {
  const named = new Set(
    [...(publicUrl ? [publicUrl] : []), ...allowedOrigins].map((url) => new URL(url).origin),
  );
  return ({ headers }: IncomingMessage): boolean | undefined => {
    const { origin, host } = headers;
    if (origin === undefined) return undefined;
    if (named.has(origin)) return true;
    // With a public address that alone counts.
    return publicUrl === undefined && isOrigin(origin) && new URL(origin).host === host?.toLowerCase();
  };
}

/** As a browser writes it: nothing after the port. The scheme may be the proxy's. */
function isOrigin(text: string): boolean {
  return URL.canParse(text) && new URL(text).origin === text && /^https?:/.test(text);
}
