/** Malformed heads of requests and handshakes: each gets an answer, and the server goes on serving. */
import type { IncomingMessage } from "node:http";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { ask, askRaw, Guest, handshakeHeaders, statusOf } from "#server/testing/asking.ts";
import { type ArenaClient, bootServer, type TestServer, until } from "#server/testing/bootServer.ts";
import { Refused } from "./refused.ts";
import { assertWellFormed } from "./requestValidation.ts";

let server: TestServer;
let honest: ArenaClient;
let honestClient: unknown;
beforeAll(async () => {
  server = await bootServer({ production: true, trustedProxies: ["127.0.0.1"] });
  honest = await new Guest(server).play();
  honestClient = server.roomOf(honest).clients.get(honest.sessionId);
});
afterAll(() => server.close());

/** The server answers requests, and the honest player keeps playing. */
async function expectServing(): Promise<void> {
  expect((await ask(server, "/healthz")).status).toBe(200);
  const { tick } = server.roomOf(honest).state;
  await until("the honest player receives a later tick", () => honest.state.tick > tick);
  expect(server.roomOf(honest).clients.get(honest.sessionId) === honestClient).toBe(true);
}

const OWN_HOST = "Host: fracas.example";
const HANDSHAKE = Object.entries(handshakeHeaders()).map(([name, value]) => `${name}: ${value}`);

interface Head {
  method?: string;
  target?: string;
  version?: string;
  headers?: string[];
}

const bytesOf = ({ method = "GET", target = "/healthz", version = "1.1", headers = [OWN_HOST] }: Head) =>
  Buffer.from(`${[`${method} ${target} HTTP/${version}`, ...headers].join("\r\n")}\r\n\r\n`, "latin1");

/** The head as a request that ends its connection, and as a handshake. */
const asRequest = (head: Head) => ({
  ...head,
  headers: [...(head.headers ?? [OWN_HOST]), "Connection: close"],
});
const asHandshake = (head: Head) => ({
  target: "/process/room?sessionId=a",
  ...head,
  headers: [...(head.headers ?? [OWN_HOST]), "Origin: http://fracas.example", ...HANDSHAKE],
});

const forwarded = (line: string) => ({ headers: [OWN_HOST, line] });

/** Heads that Node accepts, and that would end a stock Colyseus or be read differently by later code. */
const MALFORMED: [what: string, head: Head][] = [
  ["Host: [", { headers: ["Host: ["] }],
  ["Host: a b", { headers: ["Host: a b"] }],
  ["an empty Host", { headers: ["Host:"] }],
  ["a Host with a path", { headers: ["Host: a/b"] }],
  ["a Host with a user", { headers: ["Host: user@a"] }],
  ["a Host with a port that is no number", { headers: ["Host: a:http"] }],
  ["a Host with port 65536", { headers: ["Host: a:65536"] }],
  ["a Host with half an IPv6 address", { headers: ["Host: [::1"] }],
  ["a Host with an invalid IPv6 address", { headers: ["Host: [:::::]"] }],
  ["a Host that is not ASCII", { headers: ["Host: fr\xe4cas"] }],
  ["a Host with an escape", { headers: ["Host: a%00b"] }],
  ["two Hosts", { headers: [OWN_HOST, "Host: other.example"] }],
  ["X-Forwarded-Proto: :::", forwarded("X-Forwarded-Proto: :::")],
  ["X-Forwarded-Proto: javascript", forwarded("X-Forwarded-Proto: javascript")],
  ["an empty X-Forwarded-Proto", forwarded("X-Forwarded-Proto:")],
  ["X-Forwarded-Host: [", forwarded("X-Forwarded-Host: [")],
  ["X-Forwarded-Host: a b", forwarded("X-Forwarded-Host: a b")],
  ["X-Forwarded-Port: -1", forwarded("X-Forwarded-Port: -1")],
  ["X-Forwarded-For: unknown", forwarded("X-Forwarded-For: unknown")],
  ["X-Forwarded-For with an empty entry", forwarded("X-Forwarded-For: 192.0.2.1,,192.0.2.2")],
  ["X-Forwarded-For with a tab", forwarded("X-Forwarded-For: 192.0.2.1,\t127.0.0.1")],
  ["X-Forwarded-For with a script", forwarded("X-Forwarded-For: 192.0.2.1, <script>")],
  ["X-Real-IP: 1.2.3.4.5", forwarded("X-Real-IP: 1.2.3.4.5")],
  ["X-Client-IP: ::g", forwarded("X-Client-IP: ::g")],
  ["X-Forwarded-For with 7,000 spaces", forwarded(`X-Forwarded-For: 1${" ".repeat(7000)}1`)],
  ["an Accept-Encoding of 700 entries", forwarded(`Accept-Encoding: ${"a;q=0.5,".repeat(700)}br`)],
  ["an absolute URL", { target: "http://fracas.example/healthz" }],
  ["another host's absolute URL", { target: "http://192.0.2.1/healthz" }],
  ["//", { target: "//" }],
  ["//other.example/healthz", { target: "//other.example/healthz" }],
  ["a backslash", { target: "/\\other.example/healthz" }],
  ["a dot segment", { target: "/admin/../healthz" }],
  ["an escaped dot segment", { target: "/admin/%2e%2E/healthz" }],
  ["a fragment", { target: "/healthz#a?b" }],
  ["a lone percent sign", { target: "/%" }],
  ["a lone percent sign in the query", { target: "/healthz?a=100%" }],
  ["an escape that is not UTF-8", { target: "/%ff" }],
  ["a truncated escape", { target: "/%e2%82" }],
  ["a URL of 2,049 characters", { target: `/${"a".repeat(2048)}` }],
];

describe.concurrent("heads that Node's parser accepts", () => {
  const METHODS = ["TRACE", "PUT", "PATCH", "PROPFIND", "PURGE", "QUERY", "M-SEARCH"];
  test.each<[what: string, head: Head]>([
    ...MALFORMED,
    ...METHODS.map((method): [string, Head] => [`${method} /`, { method, target: "/" }]),
    ["OPTIONS *", { method: "OPTIONS", target: "*" }],
    ["an empty Host in HTTP/1.0", { version: "1.0", headers: ["Host:"] }],
  ])("[EDGE-HTTP-1] %s is answered with 400 as JSON, and the server keeps serving", async (_what, head) => {
    const answer = await askRaw(server, bytesOf(asRequest(head)));
    expect(statusOf(answer)).toBe(400);
    expect(JSON.parse(answer.slice(answer.indexOf("\r\n\r\n")))).toEqual({
      code: 400,
      error: expect.stringMatching(/^(malformed|this server answers)/),
    });
    await expectServing();
  });

  test.each<[what: string, head: Head, status: number]>([
    ...MALFORMED.map(([what, head]): [string, Head, number] => [what, head, 400]),
    // Node requires a Host only for requests without an upgrade.
    ["no Host", { headers: [] }, 400],
    ["TRACE", { method: "TRACE" }, 400],
    ["POST", { method: "POST" }, 405],
  ])(
    "[EDGE-HTTP-2] %s in a handshake gets no upgrade, and the server keeps serving",
    async (_what, head, status) => {
      const answer = await askRaw(server, bytesOf(asHandshake(head)));
      expect(statusOf(answer)).toBe(status);
      await expectServing();
    },
  );

  test("[EDGE-HTTP-3] the same heads without the flaw are accepted, as request and as handshake", async () => {
    const wellFormed = {
      ...forwarded("X-Forwarded-For: 192.0.2.1, 2001:db8::1"),
      target: "/healthz?a=%e2%82%ac",
    };
    expect(statusOf(await askRaw(server, bytesOf(asRequest(wellFormed))))).toBe(200);
    const answer = await ask(server, "/process/room?sessionId=a", {
      headers: { host: "fracas.example", origin: "http://fracas.example", ...handshakeHeaders() },
    });
    expect(answer.status).toBe(101);
    answer.socket?.destroy();
  });

  test.each(["__proto__", "constructor", "toString", "hasOwnProperty"])(
    "[EDGE-HTTP-4] a handshake for the room %s, a property of every object, gets 404",
    async (roomId) => {
      const answer = await askRaw(server, bytesOf(asHandshake({ target: `/process/${roomId}?sessionId=a` })));
      expect(statusOf(answer)).toBe(404);
      await expectServing();
    },
  );

  test.each(["h2c", "TLS/1.0, h2c", "foo"])(
    "[EDGE-HTTP-12] a request that offers to upgrade to %s is answered as if it did not",
    async (upgrade) => {
      const headers = { connection: "Upgrade, HTTP2-Settings", upgrade, "http2-settings": "AAMAAABk" };
      expect(await ask(server, "/healthz", { headers })).toMatchObject({ status: 200, body: "ok\n" });
    },
  );

  test.each([
    "/",
    "/?sessionId=a",
    "/room?sessionId=a",
    "/process/room",
    "/a/b/c?sessionId=a",
    "/matchmake/",
  ])("[EDGE-HTTP-5] a handshake for %s, which names no seat, gets 404", async (target) => {
    expect(statusOf(await askRaw(server, bytesOf(asHandshake({ target }))))).toBe(404);
  });
});

describe.concurrent("requests that Node's parser answers", () => {
  const get = (...headers: string[]) => bytesOf({ headers: [OWN_HOST, ...headers] });
  test.each<[what: string, status: number, bytes: Buffer]>([
    ["no Host in HTTP/1.1", 400, bytesOf({ headers: ["Connection: close"] })],
    ["an unknown method", 400, bytesOf({ method: "FRAG" })],
    ["a method in lower case", 400, bytesOf({ method: "get" })],
    ["a URL without a slash", 400, bytesOf({ target: "healthz" })],
    ["an invalid version", 400, bytesOf({ version: "9.9" })],
    ["a space before a header's colon", 400, get("X-Forwarded-For : 192.0.2.1")],
    ["a control character in a header", 400, get("X-Forwarded-For: 192.0.2.1\x00")],
    ["two lengths", 400, get("Content-Length: 1", "Content-Length: 2")],
    ["a length and chunks", 400, get("Content-Length: 5", "Transfer-Encoding: chunked")],
    ["a negative length", 400, get("Content-Length: -1")],
    ["headers of 9 KB", 431, get(`X-Long: ${"a".repeat(9 * 1024)}`)],
    ["a URL of 9 KB", 431, bytesOf({ target: `/${"a".repeat(9 * 1024)}` })],
    ["an unknown expectation", 417, get("Expect: mercy", "Connection: close")],
    ["HTTP/2's preface", 400, Buffer.from("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n")],
    ["a TLS hello", 400, Buffer.from([0x16, 0x03, 0x01, 0x02, 0x00, 0x01, 0x00, 0x01, 0xfc, 0x03, 0x03])],
    ["zeros", 400, Buffer.alloc(64)],
  ])(
    "[EDGE-HTTP-6] %s gets %i, the connection ends, and the server keeps serving",
    async (_what, status, bytes) => {
      expect(statusOf(await askRaw(server, bytes))).toBe(status);
      await expectServing();
    },
  );

  test("[EDGE-HTTP-7] CONNECT ends the connection without an answer", async () => {
    expect(await askRaw(server, bytesOf({ method: "CONNECT", target: "192.0.2.1:80" }))).toBe("");
    await expectServing();
  });
});

describe("assertWellFormed", () => {
  const passes = (fields: Partial<IncomingMessage>) => {
    try {
      assertWellFormed({
        method: "GET",
        url: "/",
        headers: { host: "a" },
        rawHeaders: [],
        ...fields,
      } as unknown as IncomingMessage);
      return true;
    } catch (error) {
      expect(error).toBeInstanceOf(Refused);
      return false;
    }
  };
  const latin1 = fc.string({
    unit: fc.integer({ min: 0, max: 255 }).map((code) => String.fromCharCode(code)),
  });
  const RUNS = { numRuns: 2000, seed: 7 };

  const PARSED = `x-forwarded-for x-forwarded-host x-forwarded-port x-forwarded-proto x-real-ip x-client-ip
    accept-encoding content-type if-none-match origin range`.split(/\s+/);
  test.each(PARSED)(
    "[EDGE-HTTP-11] refuses %s of more than 512 characters before it parses any of it",
    (name) => {
      const parsed = ["split", "match", "replace", "trim"] as const;
      const long = `1${" ".repeat(512)}`;
      const work = parsed.map((method) => vi.spyOn(String.prototype, method as "trim"));
      const isPassed = passes({ headers: { host: "a", [name]: long } });
      const seen = work.flatMap(({ mock }) => mock.contexts.map(String));
      vi.restoreAllMocks();
      expect(isPassed).toBe(false);
      expect(seen).not.toContain(long);
    },
  );

  test("[EDGE-HTTP-8] every URL that passes can be parsed and decoded, seed 7", () => {
    const pieces = fc.array(
      fc.constantFrom("/", "%", "2e", "..", "\\", "?", "#", "[", "]", "@", ":", "é", " "),
    );
    const urls = fc.oneof(
      latin1,
      pieces.map((parts) => `/${parts.join("")}`),
    );
    let passed = 0;
    fc.assert(
      fc.property(urls, (url) => {
        if (!passes({ url })) return;
        passed++;
        expect(() => decodeURIComponent(url)).not.toThrow();
        expect(new URL(`ws://server${url}`).host).toBe("server");
        expect(new URL(url, "http://server").host).toBe("server");
      }),
      RUNS,
    );
    expect(passed).toBeGreaterThan(50);
  });

  test("[EDGE-HTTP-9] every Host that passes makes a URL with that host and nothing else, seed 7", () => {
    const pieces = fc.array(
      fc.constantFrom("a", "1", ".", ":", "[", "]", "::", "80", "@", "/", "%", "-", "_"),
    );
    let passed = 0;
    fc.assert(
      fc.property(
        fc.oneof(
          latin1,
          pieces.map((parts) => parts.join("")),
        ),
        (host) => {
          if (!passes({ headers: { host } })) return;
          passed++;
          const { username, pathname, search, hash } = new URL(`http://${host}`);
          expect({ username, pathname, search, hash }).toEqual({
            username: "",
            pathname: "/",
            search: "",
            hash: "",
          });
        },
      ),
      RUNS,
    );
    expect(passed).toBeGreaterThan(50);
  });

  test.each([
    "fracas.example",
    "FRACAS.example:2567",
    "192.0.2.1:80",
    "[2001:db8::1]:2567",
    "localhost",
    "a_b",
  ])("[EDGE-HTTP-10] accepts Host: %s", (host) => expect(passes({ headers: { host } })).toBe(true));
});
