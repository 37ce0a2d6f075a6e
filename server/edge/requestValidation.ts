/** Validates the head of a request: method, URL, Host, body length and forwarding headers. */
import type { IncomingMessage } from "node:http";
import ipaddr from "ipaddr.js";
import { ARENA_FILE_MAX_BYTES } from "#shared/arena/limits.ts";
import { ROUTE } from "#shared/protocol/http.ts";
import { adviseOnForwarded } from "./proxyAdvice.ts";
import { Refused } from "./refused.ts";

const METHODS = new Set(["GET", "HEAD", "POST", "DELETE", "OPTIONS"]);
const URL_MAX_CHARS = 2048;
export const BODY_MAX_BYTES = 16 * 1024;
/** The largest body that holds a Tiled file as text: quotes and line breaks take two bytes there. */
export const FILE_BODY_MAX_BYTES = 3 * ARENA_FILE_MAX_BYTES;
const FILE_PATHS: ReadonlySet<string> = new Set([ROUTE.arenas, ROUTE.drafts]);
const HOST = /^(?:[a-z0-9_][a-z0-9_.-]*|\[[0-9a-f:.]+\])(?::\d{1,5})?$/i;

/** Headers that proxies add about the client, and what each value must be. */
const FORWARDED: Readonly<Record<string, (value: string) => boolean>> = {
  "x-forwarded-for": isAddress,
  "x-forwarded-host": isHost,
  "x-forwarded-port": (value) => /^\d{1,5}$/.test(value),
  // Traefik sends ws and wss for a handshake.
  "x-forwarded-proto": (value) => /^(?:http|ws)s?$/.test(value),
  "x-real-ip": isAddress,
  "x-client-ip": isAddress,
};

/** Headers that the server or a library parses, with work that grows faster than the header. */
const PARSED = [
  ...Object.keys(FORWARDED),
  "accept-encoding",
  "content-type",
  "if-none-match",
  "origin",
  "range",
];
const PARSED_MAX_CHARS = 512;

/** By request: why it was refused, or undefined for a well-formed one. */
const judged = new WeakMap<IncomingMessage, unknown>();

/** Throws Refused, status 400, 413 or 417. Validates once: the gate, the routes and the handshake each call it. */
export function assertWellFormed(request: IncomingMessage): void {
  if (!judged.has(request)) judged.set(request, faultOf(request));
  const fault = judged.get(request);
  if (fault) throw fault;
}

function faultOf(request: IncomingMessage): unknown {
  try {
    validate(request);
    return undefined;
  } catch (error) {
    return error;
  }
}

function validate(request: IncomingMessage): void {
  const { method, url, headers } = request;
  if (!METHODS.has(method ?? ""))
    throw new Refused(400, "this server answers GET, HEAD, POST, DELETE and OPTIONS");
  if (!isPath(url ?? "")) throw new Refused(400, "malformed URL");
  assertOneHost(request);
  if (Number(headers["content-length"] ?? 0) > bodyMaxOf(url))
    throw new Refused(413, "the body is too large");
  if (headers.expect !== undefined && !/100-continue/i.test(headers.expect))
    throw new Refused(417, "this server meets no such expectation");
  const long = PARSED.find((name) => (headers[name]?.toString().length ?? 0) > PARSED_MAX_CHARS);
  if (long !== undefined) throw new Refused(400, `malformed ${long} header`);
  for (const [name, isLegal] of Object.entries(FORWARDED)) {
    const values = headers[name]?.toString().split(/ ?, ?/) ?? [];
    const wrong = values.find((value) => !isLegal(value));
    if (wrong === undefined) continue;
    adviseOnForwarded(request, name, wrong);
    throw new Refused(400, `malformed ${name} header`);
  }
}

const bodyMaxOf = (url = ""): number =>
  FILE_PATHS.has(url.split("?")[0] ?? "") ? FILE_BODY_MAX_BYTES : BODY_MAX_BYTES;

/** HTTP/1.0, which proxies use to check a server, has no Host header. */
function assertOneHost({ httpVersion, headers, rawHeaders }: IncomingMessage): void {
  const hosts = rawHeaders.filter((name, index) => index % 2 === 0 && name.toLowerCase() === "host");
  const isOptional = httpVersion === "1.0" && headers.host === undefined;
  if (hosts.length > 1 || !(isOptional || isHost(headers.host ?? "")))
    throw new Refused(400, "malformed Host header");
}

/** Deletes the forwarding headers of a request that no trusted proxy sent. */
export function dropForwarded({ headers }: IncomingMessage): void {
  for (const name of [...Object.keys(FORWARDED), "forwarded"]) delete headers[name];
}

function isPath(url: string): boolean {
  if (!/^\/[\x21-\x7e]*$/.test(url) || url.startsWith("//") || url.length > URL_MAX_CHARS) return false;
  try {
    decodeURIComponent(url);
    // Rejects backslashes, dot segments and the like, so that later readers see the same path.
    return new URL(`http://host${url}`).pathname === url.split("?", 1)[0];
  } catch {
    return false;
  }
}

function isHost(value: string): boolean {
  return HOST.test(value) && URL.canParse(`http://${value}`);
}

function isAddress(value: string): boolean {
  return ipaddr.isValid(value);
}
