/** WebSocket upgrade requests with something wrong or missing, or with a seat of somebody else. */
import { type Cases, oneOf, pick, type Random, randomBytes, repeat, size } from "./chance.ts";
import { requestText } from "./requestText.ts";

const KEY = "dGhlIHNhbXBsZSBub25jZQ==";
const PATHS = [
  "/",
  "/x/{room}",
  "/x/nowhere",
  "/a/b/c/d",
  "/%/%",
  "//{room}",
  "/x/{room}/",
  "/x/__proto__",
  "/\xff/\xff",
  "*",
  "http://[/x",
] as const;
const QUERIES = [
  "",
  "?",
  "?sessionId=",
  "?sessionId=abcdefghi",
  "?sessionId=__proto__",
  "?sessionId=a&sessionId=b",
  "?sessionId=%",
  "?sessionId=x&reconnectionToken=y",
  "?sessionId=x&reconnectionToken=",
  "?reconnectionToken=x",
  "?skipHandshake=1",
  "?sessionId=x&_authToken=x",
  "?sessionId=x&_authToken={token}",
  "?sessionId=x&skipHandshake",
  "?%00=%00",
] as const;

/** The headers of an upgrade: the right value first, then wrong ones; an empty text omits the header. */
const VARIED = {
  Host: ["{host}", "[", "a b", ""],
  Origin: ["{origin}", "null", "http://evil.invalid", ""],
  Connection: ["Upgrade", "keep-alive, Upgrade", "close", ""],
  Upgrade: ["websocket", "WebSocket", "h2c", "websocket, x", ""],
  "Sec-WebSocket-Version": ["13", "8", "0", "x", ""],
  "Sec-WebSocket-Key": [KEY, "short", KEY + KEY, "\xff", ""],
  "Sec-WebSocket-Protocol": ["", "x", "a, a", ",", "\xff"],
  "Sec-WebSocket-Extensions": [
    "",
    "permessage-deflate",
    "permessage-deflate; server_max_window_bits=99",
    ";;",
    'x="',
  ],
  Authorization: ["Bearer {token}", "Bearer x", "Basic eDp4", ""],
} as const;

/** The right headers, with up to `wrong` of them replaced. */
function headers(random: Random, wrong: number) {
  const names = Object.keys(VARIED) as (keyof typeof VARIED)[];
  const spoilt = new Set(repeat(wrong, () => pick(random, names)));
  return names
    .map((name) => [name, spoilt.has(name) ? pick(random, VARIED[name]) : VARIED[name][0]] as const)
    .filter(([, value]) => value !== "");
}

const UPGRADES: Cases<[], string> = {
  oddPath: { weight: 5, make: (random) => upgrade(random, pick(random, PATHS) + pick(random, QUERIES), 0) },
  wrongHeader: { weight: 6, make: (random) => upgrade(random, `/x/{room}${pick(random, QUERIES)}`, 1) },
  wrongHeaders: { weight: 2, make: (random) => upgrade(random, pick(random, PATHS), 4) },
  longQuery: {
    weight: 1,
    make: (random) => upgrade(random, `/x/{room}?sessionId=${"x".repeat(size(random, 20_000))}`, 0),
  },
  otherMethod: {
    weight: 1,
    make: (random) =>
      requestText({
        method: pick(random, ["POST", "HEAD", "TRACE"]),
        path: "/x/{room}",
        headers: headers(random, 0),
      }),
  },
  /** Sends frames before the answer. */
  early: {
    weight: 1,
    make: (random) =>
      upgrade(random, "/x/{room}?sessionId=x", 0) + String.fromCharCode(...randomBytes(random, 50)),
  },
};

const upgrade = (random: Random, path: string, wrong: number) =>
  requestText({ path, headers: headers(random, wrong) });

export const upgradeRequest = oneOf(UPGRADES);
