/**
 * One POST to WEBHOOK_URL. Refuses private addresses, so that the URL cannot reach machines behind the firewall. The check
 * runs when the connection is made: a name cannot resolve to another address between the check and its use.
 */
import { lookup as lookUp } from "node:dns";
import http from "node:http";
import https from "node:https";
import { isIP, type LookupFunction } from "node:net";
import ipaddr from "ipaddr.js";

export interface Call {
  url: URL;
  headers: Readonly<Record<string, string>>;
  body: string;
  allowPrivate: boolean;
  /** Ends the call early. */
  cancel?: AbortSignal;
  /** For tests. */
  lookup?: LookupFunction;
  timeoutMs?: number;
}

export interface CallAnswer {
  status: number;
  /** From a Retry-After header in seconds; undefined without one, or for a date. */
  retryAfterSec: number | undefined;
}

export class ForbiddenTargetError extends Error {}

const TIMEOUT_MS = 10_000;
/** Reads at most this much of an answer. */
const BODY_MAX_BYTES = 16_384;

/** Rejects with ForbiddenTargetError, or with the system's error. Follows no redirects. */
export function call({
  url,
  headers,
  body,
  allowPrivate,
  cancel,
  lookup,
  timeoutMs = TIMEOUT_MS,
}: Call): Promise<CallAnswer> {
  const host = url.hostname.replace(/^\[|\]$/g, "");
  // Node calls `lookup` for names only, not for literal addresses.
  if (!allowPrivate && isIP(host) !== 0 && !isPublic(host)) return Promise.reject(forbidden(host));
  const { request } = url.protocol === "https:" ? https : http;
  const late = AbortSignal.timeout(timeoutMs);
  const signal = cancel ? AbortSignal.any([late, cancel]) : late;
  return new Promise((resolve, reject) => {
    const outgoing = request(url, {
      method: "POST",
      headers: { ...headers, "content-length": Buffer.byteLength(body).toString() },
      lookup: guarded(lookup ?? (lookUp as LookupFunction), allowPrivate),
      agent: false,
      signal,
    });
    outgoing.on("error", (error) =>
      reject(late.aborted ? new Error(`no answer within ${timeoutMs} ms`) : error),
    );
    outgoing.on("response", (response) => {
      const retryAfter = Number(response.headers["retry-after"]);
      resolve({
        status: response.statusCode ?? 0,
        retryAfterSec: Number.isFinite(retryAfter) ? Math.max(0, retryAfter) : undefined,
      });
      let bytes = 0;
      response.on("error", () => {});
      response.on("data", (chunk: Buffer) => {
        bytes += chunk.length;
        if (bytes > BODY_MAX_BYTES) response.destroy();
      });
    });
    outgoing.end(body);
  });
}

/** Refuses a name as soon as one of its addresses is private. */
function guarded(lookup: LookupFunction, allowPrivate: boolean): LookupFunction {
  if (allowPrivate) return lookup;
  return (name, options, answer) =>
    lookup(name, options, (error, address, family) => {
      const found = typeof address === "string" ? [address] : (address ?? []).map((each) => each.address);
      const refused = error ? undefined : found.find((each) => !isPublic(each));
      answer(refused === undefined ? error : forbidden(`${name} (${refused})`), address, family);
    });
}

const forbidden = (target: string) =>
  new ForbiddenTargetError(`${target} is no public address: set WEBHOOK_ALLOW_PRIVATE=1 to call it`);

/** Whether an address is public: not loopback, private, link-local, multicast or translated (NAT64, 6to4). */
export function isPublic(address: string): boolean {
  if (!ipaddr.isValid(address)) return false;
  const parsed = ipaddr.process(address);
  if (parsed.range() !== "unicast") return false;
  // Of IPv6, only 2000::/3 is given to the internet.
  return parsed.kind() === "ipv4" || ((parsed.toByteArray()[0] ?? 0) & 0xe0) === 0x20;
}
