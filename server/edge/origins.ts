/** Decides which pages may use the server: its own, and those of the origins that the operator allows. */
import type { IncomingMessage } from "node:http";

export interface OriginRules {
  /** The server's public URL; undefined to take each request's Host header for it. */
  publicUrl: string | undefined;
  allowedOrigins: readonly string[];
}

/** The origins that the operator names. Their pages may read answers (CORS); the server's own pages need no permission. */
export function namedOrigins({ publicUrl, allowedOrigins }: OriginRules): ReadonlySet<string | undefined> {
  return new Set([...(publicUrl ? [publicUrl] : []), ...allowedOrigins].map((url) => new URL(url).origin));
}

/** The returned check says whether the request's page may; undefined if the request has no Origin header. */
export function createOriginCheck(rules: OriginRules) {
  const { publicUrl } = rules;
  const named = namedOrigins(rules);
  return ({ headers }: IncomingMessage): boolean | undefined => {
    const { origin, host } = headers;
    if (origin === undefined) return undefined;
    if (named.has(origin)) return true;
    // A configured public URL replaces the Host header.
    return publicUrl === undefined && isOrigin(origin) && new URL(origin).host === host?.toLowerCase();
  };
}

/**
 * Where the server's own page is, as the request's headers say; undefined without a Host header. A proxy that is not trusted
 * has no say in it: networks.ts has removed its headers.
 */
export function ownOrigin({ headers }: IncomingMessage): string | undefined {
  const [proto = ""] = String(headers["x-forwarded-proto"] ?? "").split(",");
  return headers.host && `${/^(?:http|ws)s$/.test(proto.trim()) ? "https" : "http"}://${headers.host}`;
}

/** Whether `text` is an origin as browsers write it, with nothing after the port. A proxy may change the scheme. */
function isOrigin(text: string): boolean {
  return URL.canParse(text) && new URL(text).origin === text && /^https?:/.test(text);
}
