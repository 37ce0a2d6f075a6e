/**
 * An HTTP/1.1 request as text, each character a byte. What only the run knows stands in braces, {host}, {origin},
 * {token} and {room}, so that a seed's requests are the same wherever its server listens.
 */

export interface Target {
  /** Address and port, as the Host header has them. */
  host: string;
  origin: string;
  /** The bots' token: its bearer is not limited by address. */
  token: string;
  /** The room that the honest pair plays in. */
  room: string;
}

type Header = readonly [name: string, value: string];

export interface RequestParts {
  method?: string;
  path?: string;
  version?: string;
  headers?: readonly Header[];
  /** Content-Length is added where there is one, unless the headers have it. */
  body?: string;
}

export const HONEST_HEADERS: readonly Header[] = [
  ["Host", "{host}"],
  ["Origin", "{origin}"],
  ["Authorization", "Bearer {token}"],
];

/** Without a body's type and length, which come with the body. */
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

/** Headers by name in place of others of that name; an empty list takes the name out. */
export function withHeader(name: string, ...values: readonly string[]): Header[] {
  const others = HONEST_HEADERS.filter(([other]) => other.toLowerCase() !== name.toLowerCase());
  return [...others, ...values.map((value) => [name, value] as const)];
}

export const fillIn = (text: string, target: Target): string =>
  text.replace(/\{(host|origin|token|room)\}/g, (_whole, name: keyof Target) => target[name]);
