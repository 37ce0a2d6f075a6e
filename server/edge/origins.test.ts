/** Pages of other sites, and programs without the bots' token, get no seat, no handshake and no CORS grant. */
import type { IncomingMessage } from "node:http";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Answer, ask, freshAddress, handshakeHeaders, type Seat } from "#server/testing/asking.ts";
import { bootServer, type TestServer } from "#server/testing/bootServer.ts";
import { createOriginCheck, ownOrigin } from "./origins.ts";

const BOT_TOKEN = "the bots of this test";
const FRIENDS = "https://friends.example";

let server: TestServer;
const useServer = (rules: Parameters<typeof bootServer>[0]) => {
  beforeAll(async () => {
    server = await bootServer({ botToken: BOT_TOKEN, trustedProxies: ["127.0.0.1"], ...rules });
  });
  afterAll(() => server.close());
};

type Headers = Record<string, string>;

/** The headers of a visitor on a page of this origin, or without a page. */
const on = (origin: string | undefined, headers: Headers = {}): Headers => ({
  "x-forwarded-for": freshAddress(),
  ...(origin !== undefined && { origin }),
  ...headers,
});
const withToken = (token: string) => ({ authorization: `Bearer ${token}` });

const askSeat = (headers: Headers): Promise<Answer> =>
  ask(server, "/matchmake/joinOrCreate/arena", {
    method: "POST",
    headers: { "content-type": "application/json", ...headers },
    body: "{}",
  });

/** A handshake for a seat that a bot reserved, so that only the handshake is judged. */
async function handshake(headers: Headers, authToken?: string): Promise<Answer> {
  const bots = { "x-forwarded-for": freshAddress(), ...withToken(BOT_TOKEN) };
  const { processId, roomId, sessionId } = JSON.parse((await askSeat(bots)).body) as Seat;
  const search = new URLSearchParams({ sessionId, ...(authToken && { _authToken: authToken }) });
  const answer = await ask(server, `/${processId}/${roomId}?${search}`, {
    headers: { ...headers, ...handshakeHeaders() },
  });
  answer.socket?.destroy();
  return answer;
}

const REFUSED = "This server is not open to that page or program.";

async function expectAccepted(headers: Headers, authToken?: string): Promise<void> {
  expect((await askSeat(headers)).status).toBe(200);
  expect((await handshake(headers, authToken)).status).toBe(101);
}

async function expectRefused(headers: Headers, authToken?: string): Promise<void> {
  const answer = await askSeat(headers);
  expect(answer).toMatchObject({ status: 403, body: JSON.stringify({ code: 403, error: REFUSED }) });
  expect(Object.keys(answer.headers).filter((name) => name.startsWith("access-control-"))).toEqual([]);
  expect(await handshake(headers, authToken)).toMatchObject({ status: 403, body: REFUSED });
}

const port = () => new URL(server.url).port;

describe("without PUBLIC_URL", () => {
  useServer({ production: true, allowedOrigins: [FRIENDS, "http://lan.example:8080"] });

  test.each<[what: string, origin: () => string, host?: () => string]>([
    ["the server's own page", () => server.url],
    ["https in front of a proxy that uses http", () => `https://127.0.0.1:${port()}`],
    ["any host name of the server", () => "https://fracas.example", () => "fracas.example"],
    ["a host name in upper case", () => "https://fracas.example", () => "FRACAS.example"],
    ["one of ALLOWED_ORIGINS", () => FRIENDS],
    ["one of ALLOWED_ORIGINS with a port", () => "http://lan.example:8080"],
  ])("[EDGE-ORIGIN-1] %s is accepted", (_what, origin, host) =>
    expectAccepted(on(origin(), host && { host: host() })),
  );

  test.each<[what: string, origin: () => string | undefined]>([
    ["another site", () => "https://evil.example"],
    ["null, which sandboxes and files send", () => "null"],
    ["no origin", () => undefined],
    ["an empty origin", () => ""],
    ["another port of the same host", () => "http://127.0.0.1:1"],
    ["the same host without its port", () => "http://127.0.0.1"],
    ["an allowed origin with another scheme", () => "http://friends.example"],
    ["an allowed origin with another port", () => `${FRIENDS}:8443`],
    ["a prefix of an allowed origin", () => "https://friends.exampl"],
    ["an allowed origin as a subdomain", () => `${FRIENDS}.evil.example`],
    ["a subdomain of an allowed origin", () => "https://evil.friends.example"],
    ["an allowed origin with a path", () => `${FRIENDS}/`],
    ["an allowed origin in upper case, which no browser sends", () => "https://FRIENDS.example"],
    ["two origins", () => `${FRIENDS} https://evil.example`],
    ["the server's host as a user name", () => `http://127.0.0.1:${port()}@evil.example`],
    ["a text that is no URL", () => "127.0.0.1"],
    ["an extension", () => "chrome-extension://abcdef"],
  ])("[EDGE-ORIGIN-2] %s gets 403 from matchmaking and handshake, and no CORS grant", (_what, origin) =>
    expectRefused(on(origin())),
  );

  test("[EDGE-ORIGIN-3] Referer and Sec-WebSocket-Origin do not replace Origin", () =>
    expectRefused(on(undefined, { referer: server.url, "sec-websocket-origin": server.url })));

  test("[EDGE-ORIGIN-4] /api/identity answers allowed pages only", async () => {
    const identify = (headers: Headers) => ask(server, "/api/identity", { method: "POST", headers });
    expect((await identify(on(server.url))).status).toBe(200);
    expect((await identify(on("https://evil.example"))).status).toBe(403);
    expect((await identify(on(undefined))).status).toBe(403);
  });

  describe("CORS", () => {
    const preflight = (origin: string) =>
      ask(server, "/matchmake/joinOrCreate/arena", {
        method: "OPTIONS",
        headers: {
          ...on(origin),
          "access-control-request-method": "POST",
          "access-control-request-headers": "authorization,content-type",
        },
      });

    test("[EDGE-ORIGIN-5] an allowed page may send a token and read the answer", async () => {
      const { headers } = await preflight(FRIENDS);
      expect(headers).toMatchObject({
        "access-control-allow-origin": FRIENDS,
        "access-control-allow-credentials": "true",
        "access-control-allow-methods": expect.stringContaining("POST"),
        "access-control-allow-headers": "authorization,content-type",
        vary: expect.stringContaining("Origin"),
      });
      const answer = await askSeat(on(FRIENDS));
      expect(answer.headers).toMatchObject({ "access-control-allow-origin": FRIENDS, vary: "Origin" });
    });

    test("[EDGE-ORIGIN-6] an allowed page may read a refusal", async () => {
      const answer = await askSeat(on(FRIENDS, withToken("nonsense")));
      expect(answer).toMatchObject({ status: 401, headers: { "access-control-allow-origin": FRIENDS } });
    });

    test.each(["https://evil.example", "null"])(
      "[EDGE-ORIGIN-7] %s gets no grant from any path",
      async (origin) => {
        const answers = [
          await preflight(origin),
          ...(await Promise.all(
            ["/", "/healthz", "/api/maps/foundry.tmj", "/nowhere", "/%"].map((path) =>
              ask(server, path, { headers: on(origin) }),
            ),
          )),
        ];
        for (const { headers } of answers) {
          expect(Object.keys(headers).filter((name) => name.startsWith("access-control-"))).toEqual([]);
        }
      },
    );
  });

  describe("programs", () => {
    test("[EDGE-ORIGIN-8] the bots' token is accepted without an Origin", () =>
      expectAccepted(on(undefined, withToken(BOT_TOKEN)), BOT_TOKEN));

    test.each<[what: string, headers: Headers, authToken?: string]>([
      ["a wrong token", withToken("not the bots' token"), "not the bots' token"],
      ["a prefix of the token", withToken(BOT_TOKEN.slice(0, -1)), BOT_TOKEN.slice(0, -1)],
      ["the token with a suffix", withToken(`${BOT_TOKEN}x`), `${BOT_TOKEN}x`],
      ["the token in Basic authorization", { authorization: `Basic ${BOT_TOKEN}` }],
      ["the token in a cookie", { cookie: `token=${BOT_TOKEN}` }],
    ])("[EDGE-ORIGIN-9] %s is refused", (_what, headers, authToken) =>
      expectRefused(on(undefined, headers), authToken),
    );

    test("[EDGE-ORIGIN-10] the bots' token is refused on a page of another site", () =>
      expectRefused(on("https://evil.example", withToken(BOT_TOKEN)), BOT_TOKEN));

    test("[EDGE-ORIGIN-11] production refuses programs of this machine without a token", async () => {
      const seat = "/matchmake/joinOrCreate/arena";
      for (const from of ["127.0.0.1", "127.0.0.2"]) {
        expect((await ask(server, seat, { method: "POST", from })).status).toBe(403);
      }
    });
  });
});

describe("with PUBLIC_URL", () => {
  useServer({ production: true, publicUrl: "https://fracas.example/play", allowedOrigins: [FRIENDS] });

  test.each(["https://fracas.example", FRIENDS])("[EDGE-ORIGIN-12] %s is accepted for any Host", (origin) =>
    expectAccepted(on(origin)),
  );

  test.each<[what: string, origin: () => string, host?: string]>([
    ["the address that it listens on", () => server.url],
    ["a rebound name", () => "http://rebound.example", "rebound.example"],
    ["the public name without TLS", () => "http://fracas.example", "fracas.example"],
    ["another port of the public name", () => "https://fracas.example:8443", "fracas.example:8443"],
  ])("[EDGE-ORIGIN-13] %s is refused", (_what, origin, host) =>
    expectRefused(on(origin(), host === undefined ? {} : { host })),
  );
});

describe("in development", () => {
  useServer({ production: false });

  test("[EDGE-ORIGIN-14] programs of this machine need no token and are exempt from limits", async () => {
    const seat = () => ask(server, "/matchmake/joinOrCreate/arena", { method: "POST" });
    const answers = await Promise.all(Array.from({ length: 80 }, seat));
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(80);
    const room = await server.join();
    await room.leave();
  });

  test.each<[what: string, headers: () => Headers]>([
    ["a page of another site on this machine", () => ({ origin: "https://evil.example" })],
    ["a page with the origin null on this machine", () => ({ origin: "null" })],
    ["a program behind the proxy", () => on(undefined)],
    [
      "a program behind the proxy that claims loopback",
      () => on(undefined, { "x-forwarded-for": "127.0.0.1" }),
    ],
    ["a program whose proxy sends Forwarded", () => ({ forwarded: "for=192.0.2.1" })],
  ])("[EDGE-ORIGIN-15] %s is refused", (_what, headers) => expectRefused(headers()));

  test("[EDGE-REBIND-2] DNS rebinding gains nothing: a page whose name points at this machine gets no seat, no room and no metrics", async () => {
    const host = `rebound.example:${port()}`;
    const rebound = { host, origin: `http://${host}` };
    await expectRefused(rebound);
    expect((await ask(server, "/api/rooms/BCDFG", { headers: { host } })).status).toBe(403);
    expect((await ask(server, "/metrics", { headers: { host } })).status).toBe(404);
    expect((await ask(server, "/metrics")).status).toBe(200);
    expect((await ask(server, "/api/rooms/BCDFG")).status).toBe(200);
  });

  test("[EDGE-ORIGIN-16] every token is refused if BOT_TOKEN is not set", async () => {
    await server.close();
    server = await bootServer({ trustedProxies: ["127.0.0.1"] });
    for (const token of ["", "undefined", "null"]) {
      expect((await askSeat(on(undefined, withToken(token)))).status).toBe(403);
    }
  });
});

describe("createOriginCheck", () => {
  const may = (rules: Parameters<typeof createOriginCheck>[0], headers: Headers) =>
    createOriginCheck(rules)({ headers } as unknown as IncomingMessage);
  const rules = { publicUrl: undefined, allowedOrigins: [] };

  test("[EDGE-ORIGIN-17] returns undefined without an Origin header", () =>
    expect(may(rules, { host: "a" })).toBeUndefined());

  test.each([
    ["http://a", "a", true],
    ["https://a:8443", "a:8443", true],
    ["http://[::1]:2567", "[::1]:2567", true],
    ["http://a", "b", false],
    ["http://a:1", "a:2", false],
    ["http://a", "", false],
    ["null", "null", false],
  ])("[EDGE-ORIGIN-18] origin %s for the host %s: %s", (origin, host, expected) =>
    expect(may(rules, { origin, host })).toBe(expected),
  );

  test("[EDGE-ORIGIN-19] takes the origin of a URL in allowedOrigins", () => {
    const allowed = { publicUrl: undefined, allowedOrigins: ["https://a.example:443/path?query"] };
    expect(may(allowed, { origin: "https://a.example", host: "b" })).toBe(true);
  });
});

test.each([
  [undefined, "http://a.example"],
  ["http", "http://a.example"],
  ["https", "https://a.example"],
  ["wss", "https://a.example"],
  ["https, http", "https://a.example"],
  ["httpsx", "http://a.example"],
])(
  "[EDGE-ORIGIN-20] the own page's scheme is the first that X-Forwarded-Proto names, http without one: %s",
  (proto, origin) => {
    const headers = { host: "a.example", ...(proto && { "x-forwarded-proto": proto }) };
    expect(ownOrigin({ headers } as unknown as IncomingMessage)).toBe(origin);
  },
);
