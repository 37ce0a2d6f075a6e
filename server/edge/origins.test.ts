/** Pages of other sites, and programs, get neither a seat nor a handshake nor leave to read an answer. */
import type { IncomingMessage } from "node:http";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { ServerConfig } from "#server/config.ts";
import { type Answer, ask, freshAddress, handshakeHeaders, type Seat } from "#server/testing/asking.ts";
import { bootServer, type TestServer } from "#server/testing/bootServer.ts";
import { createOriginCheck } from "./origins.ts";

const BOT_TOKEN = "the bots of this test";
const FRIENDS = "https://friends.example";

let server: TestServer;
const useServer = (rules: Partial<ServerConfig>) => {
  beforeAll(async () => {
    server = await bootServer({ botToken: BOT_TOKEN, trustedProxies: ["127.0.0.1"], ...rules });
  });
  afterAll(() => server.close());
};

type Headers = Record<string, string>;

/** Headers of somebody on a page of this origin, or on none. */
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

/** Comes for a seat that somebody else reserved for it, so that the handshake alone is judged. */
async function knock(headers: Headers, authToken?: string): Promise<Answer> {
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

async function expectLetIn(headers: Headers, authToken?: string): Promise<void> {
  expect((await askSeat(headers)).status).toBe(200);
  expect((await knock(headers, authToken)).status).toBe(101);
}

async function expectKeptOut(headers: Headers, authToken?: string): Promise<void> {
  const answer = await askSeat(headers);
  expect(answer).toMatchObject({ status: 403, body: JSON.stringify({ code: 403, error: REFUSED }) });
  expect(Object.keys(answer.headers).filter((name) => name.startsWith("access-control-"))).toEqual([]);
  expect(await knock(headers, authToken)).toMatchObject({ status: 403, body: REFUSED });
}

const port = () => new URL(server.url).port;

describe("without PUBLIC_URL", () => {
  useServer({ production: true, allowedOrigins: [FRIENDS, "http://lan.example:8080"] });

  test.each<[what: string, origin: () => string, host?: () => string]>([
    ["the server's own", () => server.url],
    ["https before a proxy that speaks http to us", () => `https://127.0.0.1:${port()}`],
    ["whatever name it is found under", () => "https://fracas.example", () => "fracas.example"],
    ["the same in other letters", () => "https://fracas.example", () => "FRACAS.example"],
    ["one of ALLOWED_ORIGINS", () => FRIENDS],
    ["another of them, with a port", () => "http://lan.example:8080"],
  ])("[EDGE-ORIGIN-1] %s is let in", (_what, origin, host) =>
    expectLetIn(on(origin(), host && { host: host() })),
  );

  test.each<[what: string, origin: () => string | undefined]>([
    ["another site", () => "https://evil.example"],
    ["null, as of a sandbox or a file", () => "null"],
    ["none at all", () => undefined],
    ["an empty one", () => ""],
    ["another port of the same host", () => "http://127.0.0.1:1"],
    ["the same host without its port", () => "http://127.0.0.1"],
    ["an allowed one by another scheme", () => "http://friends.example"],
    ["an allowed one with another port", () => `${FRIENDS}:8443`],
    ["a part of an allowed one", () => "https://friends.exampl"],
    ["an allowed one as a part of its name", () => `${FRIENDS}.evil.example`],
    ["below an allowed one", () => "https://evil.friends.example"],
    ["an allowed one with a path", () => `${FRIENDS}/`],
    ["an allowed one in other letters, which no browser writes", () => "https://FRIENDS.example"],
    ["two at once", () => `${FRIENDS} https://evil.example`],
    ["the server's host as a user", () => `http://127.0.0.1:${port()}@evil.example`],
    ["what is no URL", () => "127.0.0.1"],
    ["an extension's", () => "chrome-extension://abcdef"],
  ])("[EDGE-ORIGIN-2] %s: 403 for matchmaking and handshake, and no grant", (_what, origin) =>
    expectKeptOut(on(origin())),
  );

  test("[EDGE-ORIGIN-3] a Referer or a Sec-WebSocket-Origin says nothing", () =>
    expectKeptOut(on(undefined, { referer: server.url, "sec-websocket-origin": server.url })));

  test("[EDGE-ORIGIN-4] /api/identity is for pages as well", async () => {
    const identify = (headers: Headers) => ask(server, "/api/identity", { method: "POST", headers });
    expect((await identify(on(server.url))).status).toBe(200);
    expect((await identify(on("https://evil.example"))).status).toBe(403);
    expect((await identify(on(undefined))).status).toBe(403);
  });

  describe("what a browser is told", () => {
    const preflight = (origin: string) =>
      ask(server, "/matchmake/joinOrCreate/arena", {
        method: "OPTIONS",
        headers: {
          ...on(origin),
          "access-control-request-method": "POST",
          "access-control-request-headers": "authorization,content-type",
        },
      });

    test("[EDGE-ORIGIN-5] a page of ours may ask, with a token, and read the answer", async () => {
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

    test("[EDGE-ORIGIN-6] a refusal can be read by a page of ours too", async () => {
      const answer = await askSeat(on(FRIENDS, withToken("nonsense")));
      expect(answer).toMatchObject({ status: 401, headers: { "access-control-allow-origin": FRIENDS } });
    });

    test.each(["https://evil.example", "null"])(
      "[EDGE-ORIGIN-7] %s is granted nothing, anywhere",
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
    test("[EDGE-ORIGIN-8] the bots' token lets them in without an Origin", () =>
      expectLetIn(on(undefined, withToken(BOT_TOKEN)), BOT_TOKEN));

    test.each<[what: string, headers: Headers, authToken?: string]>([
      ["a wrong token", withToken("not the bots' token"), "not the bots' token"],
      ["a part of the token", withToken(BOT_TOKEN.slice(0, -1)), BOT_TOKEN.slice(0, -1)],
      ["the token and more", withToken(`${BOT_TOKEN}x`), `${BOT_TOKEN}x`],
      ["the token as another scheme's", { authorization: `Basic ${BOT_TOKEN}` }],
      ["the token in a cookie", { cookie: `token=${BOT_TOKEN}` }],
    ])("[EDGE-ORIGIN-9] %s does not", (_what, headers, authToken) =>
      expectKeptOut(on(undefined, headers), authToken),
    );

    test("[EDGE-ORIGIN-10] nor does the right one on another site's page", () =>
      expectKeptOut(on("https://evil.example", withToken(BOT_TOKEN)), BOT_TOKEN));

    test("[EDGE-ORIGIN-11] in production this machine itself is a stranger like any other", async () => {
      const seat = "/matchmake/joinOrCreate/arena";
      for (const from of ["127.0.0.1", "127.0.0.2"]) {
        expect((await ask(server, seat, { method: "POST", from })).status).toBe(403);
      }
    });
  });
});

describe("with PUBLIC_URL", () => {
  useServer({ production: true, publicUrl: "https://fracas.example/play", allowedOrigins: [FRIENDS] });

  test.each(["https://fracas.example", FRIENDS])(
    "[EDGE-ORIGIN-12] %s is let in, whatever the Host",
    (origin) => expectLetIn(on(origin)),
  );

  test.each<[what: string, origin: () => string, host?: string]>([
    ["the address that it listens on", () => server.url],
    ["a name that somebody made point here", () => "http://rebound.example", "rebound.example"],
    ["the public name without TLS", () => "http://fracas.example", "fracas.example"],
    ["another port of the public name", () => "https://fracas.example:8443", "fracas.example:8443"],
  ])("[EDGE-ORIGIN-13] %s is not", (_what, origin, host) =>
    expectKeptOut(on(origin(), host === undefined ? {} : { host })),
  );
});

describe("in development", () => {
  useServer({ production: false });

  test("[EDGE-ORIGIN-14] programs on this machine need no token, and are not counted", async () => {
    const seat = () => ask(server, "/matchmake/joinOrCreate/arena", { method: "POST" });
    const answers = await Promise.all(Array.from({ length: 80 }, seat));
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(80);
    const room = await server.join();
    await room.leave();
  });

  test.each<[what: string, headers: () => Headers]>([
    ["a page of another site, open on this machine", () => ({ origin: "https://evil.example" })],
    ["a page of nowhere, open on this machine", () => ({ origin: "null" })],
    ["a program behind the proxy", () => on(undefined)],
    [
      "a program behind the proxy that says it is here",
      () => on(undefined, { "x-forwarded-for": "127.0.0.1" }),
    ],
    ["a program whose proxy says Forwarded", () => ({ forwarded: "for=192.0.2.1" })],
  ])("[EDGE-ORIGIN-15] %s is kept out all the same", (_what, headers) => expectKeptOut(headers()));

  test("[EDGE-ORIGIN-16] the bots' token is wrong where none is set", async () => {
    await server.close();
    server = await bootServer({ trustedProxies: ["127.0.0.1"] });
    for (const token of ["", "undefined", "null"]) {
      expect((await askSeat(on(undefined, withToken(token)))).status).toBe(403);
    }
  });
});

describe("by rule", () => {
  const may = (rules: Parameters<typeof createOriginCheck>[0], headers: Headers) =>
    createOriginCheck(rules)({ headers } as unknown as IncomingMessage);
  const rules = { publicUrl: undefined, allowedOrigins: [] };

  test("[EDGE-ORIGIN-17] no page is neither yes nor no", () =>
    expect(may(rules, { host: "a" })).toBeUndefined());

  test.each([
    ["http://a", "a", true],
    ["https://a:8443", "a:8443", true],
    ["http://[::1]:2567", "[::1]:2567", true],
    ["http://a", "b", false],
    ["http://a:1", "a:2", false],
    ["http://a", "", false],
    ["null", "null", false],
  ])("[EDGE-ORIGIN-18] %s for the host %s: %s", (origin, host, expected) =>
    expect(may(rules, { origin, host })).toBe(expected),
  );

  test("[EDGE-ORIGIN-19] a URL among the allowed ones counts by its origin", () => {
    const allowed = { publicUrl: undefined, allowedOrigins: ["https://a.example:443/path?query"] };
    expect(may(allowed, { origin: "https://a.example", host: "b" })).toBe(true);
  });
});
