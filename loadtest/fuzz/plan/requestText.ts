/**
 * HTTP/1.1 requests as text, one byte per character. Values of the run are placeholders, {host}, {origin}, {token},
 * {guest} and {room}, so that a seed's requests do not depend on where the server listens.
 */
export interface Target {
  /** Address and port, as in the Host header. */
  host: string;
  origin: string;
  /** The bots' token, which exempts its bearer from the limits per address. */
  token: string;
  /** The room that the honest pair plays in. */
  room: string;
  /** The token of an identity that nobody plays with; without one, requests that show it are those of a stranger. */
  guest?: string;
}

type Header = readonly [name: string, value: string];

export interface RequestParts {
  method?: string;
  path?: string;
  version?: string;
  headers?: readonly Header[];
  /** Adds a Content-Length unless the headers have one. */
  body?: string;
}

export const HONEST_HEADERS: readonly Header[] = [
  ["Host", "{host}"],
  ["Origin", "{origin}"],
  ["Authorization", "Bearer {token}"],
];

/** The headers of an honest request without a body. */
export function requestText({
  method = "GET",
  path = "/",
  version = "HTTP/1.1",
  headers = HONEST_HEADERS,
  body = "",
}: RequestParts): string {
  const isSized = headers.some(([name]) => /^(content-length|transfer-encoding)$/i.test(name));
  const sized = body && !isSized ? [...headers, ["Content-Length", String(body.length)] as const] : headers;
  const lines = sized.map(([name, value]) => `${name}: ${value}\r\n`);
  return `${method} ${path} ${version}\r\n${lines.join("")}\r\n${body}`;
}

/** The honest headers, with these values for one name; without values the header is removed. */
export function withHeader(name: string, ...values: readonly string[]): Header[] {
  const others = HONEST_HEADERS.filter(([other]) => other.toLowerCase() !== name.toLowerCase());
  return [...others, ...values.map((value) => [name, value] as const)];
}

export const fillIn = (text: string, target: Target): string =>
  text.replace(/\{(host|origin|token|room|guest)\}/g, (_whole, name: keyof Target) => target[name] ?? "");

/** Requests as a proxy passes them on for the client at this address; without one as they are. */
export const forwardedFor = (text: string, network: string | undefined): string =>
  network === undefined
    ? text
    : text.replaceAll(" HTTP/1.1\r\n", ` HTTP/1.1\r\nX-Forwarded-For: ${network}\r\n`);
