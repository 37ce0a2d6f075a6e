/** Plans HTTP requests: those of pages and bots, and broken ones of every kind. */
import { jsonBody, validBody } from "./bodies.ts";
import {
  between,
  type Cases,
  draw,
  happens,
  oneOf,
  pick,
  type Random,
  randomBytes,
  repeat,
  size,
  streamOf,
} from "./chance.ts";
import { lastingRequest } from "./lastingRequests.ts";
import { forwardedFor, HONEST_HEADERS, type RequestParts, requestText, withHeader } from "./requestText.ts";
import {
  CALLS,
  FORWARDED,
  FORWARDED_VALUES,
  HOSTS,
  METHODS,
  ODD_CALLS,
  ODD_PATHS,
  PATHS,
  ROOMS,
} from "./requestWords.ts";
import { foreignToken } from "./tokens.ts";
import { upgradeRequest } from "./upgrades.ts";

export interface RequestPlan {
  kind: string;
  text: string;
  /** Sends this many bytes at a time, with pauses; 0 sends all at once. */
  trickleBytes: number;
  client: ClientKind;
  /** The client's address as the proxy names it; undefined without a proxy. */
  network: string | undefined;
}

/**
 * Attackers have the bots' token; others are limited by address: a few strangers, and clients of a proxy, which may have
 * any address.
 */
export type ClientKind = "attacker" | "stranger" | "proxied";

const text = (random: Random, length: number) => String.fromCharCode(...randomBytes(random, length));

const post = (path: string, body: string, more: RequestParts["headers"] = []): RequestParts => ({
  method: "POST",
  path,
  headers: [...HONEST_HEADERS, ["Content-Type", "application/json"], ...more],
  body,
});

const callPath = (random: Random) =>
  `/matchmake/${happens(random, 0.7) ? pick(random, CALLS) : pick(random, ODD_CALLS)}/${pick(random, ROOMS)}`;

/** The body as one chunk of `Transfer-Encoding: chunked`. Half of the time its size is wrong. */
function chunked(random: Random, body: string): string {
  const oddSize = pick(random, ["", "g", "-1", "ffffffffffffffff", "0x10", "5;x=\xff", " 5"]);
  const sizeText = happens(random, 0.5) ? body.length.toString(16) : oddSize;
  return `${sizeText}\r\n${body}\r\n${happens(random, 0.7) ? "0\r\n\r\n" : ""}`;
}

const FLOOD_MAX_BYTES = 60_000;

/** What pages ask for. */
const FLOODS: readonly ((random: Random) => RequestParts)[] = [
  (random) => ({ path: pick(random, PATHS) }),
  () => ({ path: "/api/rooms/{room}" }),
  (random) => ({
    path: pick(random, ["/api/matches?limit=50", "/api/leaderboard?mode=deathmatch", "/u/Ann/card.png"]),
  }),
  () => post("/api/signin/options", ""),
  () => post("/api/identity", ""),
  (random) => post("/matchmake/joinById/{room}", validBody(random)),
  (random) => post("/matchmake/joinOrCreate/lobby", validBody(random)),
  (random) => post("/matchmake/joinOrCreate/live", validBody(random)),
];

const REQUESTS: Cases<[], string> = {
  known: { weight: 6, make: (random) => requestText({ path: pick(random, PATHS) }) },
  oddPath: { weight: 6, make: (random) => requestText({ path: pick(random, ODD_PATHS) }) },
  longPath: { weight: 1, make: (random) => requestText({ path: `/?${"x".repeat(size(random, 60_000))}` }) },
  host: { weight: 6, make: (random) => requestText({ headers: withHeader("Host", pick(random, HOSTS)) }) },
  hosts: {
    weight: 1,
    make: (random) =>
      requestText({ headers: withHeader("Host", ...repeat(between(random, 0, 3), () => "{host}")) }),
  },
  method: {
    weight: 6,
    make: (random) => requestText({ method: pick(random, METHODS), path: pick(random, PATHS) }),
  },
  forwarded: {
    weight: 6,
    make: (random) => {
      const headers = repeat(
        between(random, 1, 4),
        () => [pick(random, FORWARDED), pick(random, FORWARDED_VALUES)] as const,
      );
      return requestText({ path: pick(random, PATHS), headers: [...HONEST_HEADERS, ...headers] });
    },
  },
  oddHeader: {
    weight: 3,
    make: (random) =>
      requestText({
        headers: [...HONEST_HEADERS, [text(random, size(random, 20)), text(random, size(random, 60))]],
      }),
  },
  manyHeaders: {
    weight: 1,
    make: (random) =>
      requestText({
        headers: [...HONEST_HEADERS, ...repeat(size(random, 3000), () => ["X-A", "b"] as const)],
      }),
  },
  version: {
    weight: 2,
    make: (random) =>
      requestText({ version: pick(random, ["HTTP/1.0", "HTTP/2.0", "HTTP/9", "HTP/1.1", ""]) }),
  },
  origin: {
    weight: 4,
    make: (random) =>
      requestText({
        ...post(callPath(random), jsonBody(random)),
        headers: withHeader(
          "Origin",
          pick(random, [
            "null",
            "http://evil.invalid",
            "{origin}.evil.invalid",
            "file://",
            "",
            "[",
            "{origin}/",
          ]),
        ),
      }),
  },
  call: { weight: 14, make: (random) => requestText(post(callPath(random), jsonBody(random))) },
  token: {
    weight: 5,
    make: (random) =>
      requestText({
        ...post(pick(random, [callPath(random), "/api/identity"]), "{}"),
        headers: withHeader("Authorization", `Bearer ${foreignToken(random)}`),
      }),
  },
  callType: {
    weight: 2,
    make: (random) =>
      requestText({
        method: "POST",
        path: callPath(random),
        headers: [
          ...HONEST_HEADERS,
          [
            "Content-Type",
            pick(random, [
              "text/plain",
              "multipart/form-data",
              "application/json; charset=utf-7",
              "\xff",
              "",
            ]),
          ],
        ],
        body: jsonBody(random),
      }),
  },
  chunked: {
    weight: 3,
    make: (random) =>
      requestText(
        post(callPath(random), chunked(random, jsonBody(random)), [["Transfer-Encoding", "chunked"]]),
      ),
  },
  /** A wrong size for a body, or two sizes, as in request smuggling. */
  wrongSize: {
    weight: 3,
    make: (random) =>
      requestText(
        post(callPath(random), "{}GET / HTTP/1.1\r\n\r\n", [
          ["Content-Length", pick(random, ["0", "2", "-1", "1e3", "99999999999", "2, 3", ""])],
          ...(happens(random, 0.3) ? ([["Transfer-Encoding", "chunked"]] as const) : []),
        ]),
      ),
  },
  encoded: {
    weight: 1,
    make: (random) =>
      requestText(
        post(callPath(random), text(random, 200), [["Content-Encoding", pick(random, ["gzip", "br", "x"])]]),
      ),
  },
  lasting: { weight: 24, make: lastingRequest },
  upgrade: { weight: 12, make: upgradeRequest },
  pipeline: {
    weight: 1,
    make: (random) => repeat(size(random, 20), () => requestText({ path: pick(random, PATHS) })).join(""),
  },
  cutOff: {
    weight: 2,
    make: (random) => requestText(post(callPath(random), jsonBody(random))).slice(0, 10 + size(random, 300)),
  },
  /** Valid requests by the dozen, without waiting for answers. */
  flood: {
    weight: 2,
    make: (random) => {
      const one = requestText(pick(random, FLOODS)(random));
      return one.repeat(Math.min(1 + size(random, 400), Math.ceil(FLOOD_MAX_BYTES / one.length)));
    },
  },
  noise: { weight: 2, make: (random) => text(random, 1 + size(random, 3000)) },
  otherProtocol: {
    weight: 1,
    make: (random) =>
      pick(random, [
        "\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03",
        "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
        "GET /\r\n",
        "SSH-2.0-x\r\n",
        "\0\0\0\0",
      ]),
  },
};

/** Networks of a proxy's clients: a few neighbours, and any number of /64 within one IPv6 /48. */
const NETWORKS: Cases<[], string> = {
  neighbour: { weight: 1, make: (random) => `203.0.113.${between(random, 1, 9)}` },
  of48: { weight: 2, make: (random) => `2001:db8:7:${between(random, 0, 0xffff).toString(16)}::1` },
};
const anyNetwork = oneOf(NETWORKS);

/** The index-th request of a seed. A pure function, like planConnection. */
export function planRequest(seed: number, index: number): RequestPlan {
  const random = streamOf(~seed, index);
  const { name, made } = draw(random, REQUESTS);
  const client = pickClient(random, name);
  const network = client === "proxied" ? anyNetwork(random) : undefined;
  const text = client === "attacker" ? made : made.replaceAll("Authorization: Bearer {token}\r\n", "");
  return {
    kind: name,
    text: forwardedFor(text, network),
    trickleBytes: name !== "flood" && happens(random, 0.03) ? between(random, 1, 40) : 0,
    client,
    network,
  };
}

/** Limits do not count attackers, so a flood of theirs would only be load. */
function pickClient(random: Random, kind: string): ClientKind {
  if (kind !== "flood" && happens(random, 0.6)) return "attacker";
  return happens(random, 0.5) ? "stranger" : "proxied";
}
