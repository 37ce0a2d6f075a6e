/** What reaches the routes of a flood: counts of requests, on a server with the gate alone and a clock that stands still. */
import { once } from "node:events";
import { createServer, type Server } from "node:http";
import type { AddressInfo, Socket } from "node:net";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { MAPS } from "#server/arenas.ts";
import {
  type Answer,
  type Asking,
  askRaw,
  ask as askServer,
  handshakeHeaders,
} from "#server/testing/asking.ts";
import { bootServer, type TestServer, until } from "#server/testing/bootServer.ts";
import { boundConnections, HTTP_BOUNDS } from "./httpBounds.ts";
import { NetworkBudget } from "./networkBudget.ts";
import { createLocate } from "./networks.ts";
import { gateRequests } from "./requestGate.ts";

const BOT_TOKEN = "the bots of this test";
const FRIENDS = "https://friends.example";
const BURST = 5_000;
const LARGE_BYTES = 1_500_000;

let http: Server;
let budget: NetworkBudget;
/** Paths of the requests and handshakes that passed the gate. */
let reached: string[];
let nowMs = 0;
/** Requests that Node parsed. */
let parsed: number;
const sockets = new Set<Socket>();

async function open({ production = true, trustedProxies = ["127.0.0.9"] } = {}): Promise<void> {
  await close();
  [budget, reached, parsed, nowMs] = [new NetworkBudget(() => nowMs), [], 0, 0];
  http = createServer(HTTP_BOUNDS);
  const rules = { botToken: BOT_TOKEN, production, publicUrl: undefined, allowedOrigins: [FRIENDS] };
  gateRequests(
    http,
    {
      request(request, response) {
        reached.push(request.url ?? "");
        response.end(request.url === "/large" ? Buffer.alloc(LARGE_BYTES) : "ok");
      },
      upgrade({ request, socket }) {
        reached.push(request.url ?? "");
        socket
          .once("finish", () => socket.destroy())
          .end("HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n");
      },
    },
    createLocate(trustedProxies),
    budget,
    rules,
  );
  boundConnections(http, budget, { maxClients: 1000, trustedProxies, production });
  http.on("connection", (socket) => sockets.add(socket));
  for (const event of ["request", "checkExpectation", "upgrade"]) http.on(event, () => parsed++);
  http.listen(0, "127.0.0.1");
  await once(http, "listening");
}

async function close(): Promise<void> {
  if (!http?.listening) return;
  http.close();
  // closeAllConnections leaves those that were upgraded, for which the close would wait.
  for (const socket of sockets) socket.destroy();
  await once(http, "close");
}

beforeEach(() => open());
afterEach(close);

const target = () => {
  const { port } = http.address() as AddressInfo;
  return { port, url: `http://127.0.0.1:${port}` } as TestServer;
};
const ask = (path: string, asking: Asking = {}): Promise<Answer> => askServer(target(), path, asking);
const shakeHands = (
  path: string,
  headers: Record<string, string> = {},
  from = "127.0.0.2",
): Promise<Answer> => ask(path, { headers: { ...headers, ...handshakeHeaders() }, from });
/** Leaves this many tokens to a network. */
const spendAllBut = (left: number, network: string) => budget.charge(network, BURST - left);
const behindProxy = (address: string): Asking => ({
  headers: { "x-forwarded-for": address },
  from: "127.0.0.9",
});

describe("pipelined requests", () => {
  const host = "Host: fracas.example\r\n";
  test.each([
    ["GET", `GET /a HTTP/1.1\r\n${host}\r\n`],
    ["GET without Host", "GET /a HTTP/1.1\r\n\r\n"],
    ["HEAD", `HEAD /a HTTP/1.1\r\n${host}\r\n`],
    ["POST", `POST /a HTTP/1.1\r\n${host}Content-Length: 2\r\n\r\n{}`],
    ["an expectation", `GET /a HTTP/1.1\r\n${host}Expect: nothing\r\n\r\n`],
    ["100-continue", `GET /a HTTP/1.1\r\n${host}Expect: 100-continue\r\n\r\n`],
    ["a malformed path", `GET a HTTP/1.1\r\n${host}\r\n`],
    ["a handshake", `GET /a HTTP/1.1\r\n${host}Connection: Upgrade\r\nUpgrade: websocket\r\n\r\n`],
  ])(
    "[EDGE-GATE-3] of 64 KB of them (%s) Node parses two, one is answered at most, and the connection ends",
    async (_what, request) => {
      await askRaw(target(), request.repeat(Math.ceil(65_536 / request.length)), "127.0.0.2");
      expect(parsed).toBeLessThanOrEqual(2);
      expect(reached.length).toBeLessThanOrEqual(1);
    },
  );

  test("[EDGE-GATE-4] a handshake behind an unanswered request does not reach WebSockets", async () => {
    const upgrade = `GET /upgraded HTTP/1.1\r\n${host}Connection: Upgrade\r\nUpgrade: websocket\r\n\r\n`;
    await askRaw(target(), `GET /a HTTP/1.1\r\n${host}\r\n${upgrade}`, "127.0.0.2");
    expect(reached).not.toContain("/upgraded");
  });

  test("[EDGE-GATE-5] requests that wait for their answers share a connection", async () => {
    const answers = await Promise.all(Array.from({ length: 8 }, () => fetch(`${target().url}/a`)));
    for (const answer of answers) expect(await answer.text()).toBe("ok");
    for (let at = 0; at < 20; at++) expect(await (await fetch(`${target().url}/a`)).text()).toBe("ok");
    expect(reached).toHaveLength(28);
  });
});

describe("a network over its budget", () => {
  test("[EDGE-GATE-6] gets 429 with the seconds to wait on a connection that closes, and others are served", async () => {
    spendAllBut(-10, "127.0.0.2");
    const refused = await ask("/a", { from: "127.0.0.2" });
    expect(refused).toMatchObject({
      status: 429,
      headers: { connection: "close", "retry-after": "1", "content-type": "application/json; charset=utf-8" },
      body: '{"code":429,"error":"Too many requests from your network. Wait 1 s, then try again."}',
    });
    expect(refused.headers).not.toHaveProperty("access-control-allow-origin");
    expect((await ask("/a", { from: "127.0.0.3" })).status).toBe(200);
    expect(reached).toHaveLength(1);
  });

  test("[EDGE-GATE-15] a page of an allowed origin can read the refusal and the seconds to wait", async () => {
    spendAllBut(-10, "127.0.0.2");
    const ofPage = (origin: string) => ask("/a", { from: "127.0.0.2", headers: { origin } });
    expect((await ofPage(FRIENDS)).headers).toMatchObject({
      "access-control-allow-origin": FRIENDS,
      "access-control-expose-headers": "Retry-After",
      vary: "Origin",
    });
    expect((await ofPage("https://evil.example")).headers).not.toHaveProperty("access-control-allow-origin");
  });

  test("[EDGE-GATE-16] sixty pages that each try again once a second are served again", async () => {
    spendAllBut(-150, "127.0.0.2");
    // Each try is a connection and a request; a refused request costs nothing more.
    for (nowMs = 1_000; nowMs <= 10_000; nowMs += 1_000) {
      await Promise.all(Array.from({ length: 60 }, () => ask("/a", { from: "127.0.0.2" }).catch(() => {})));
    }
    expect(reached.length).toBeGreaterThan(60);
  });

  test("[EDGE-GATE-7] a flood of requests on 16 connections at a time reaches the routes as often as it has tokens", async () => {
    spendAllBut(100, "127.0.0.2");
    const outcomes: (number | undefined)[] = [];
    const flood = async () => {
      for (let at = 0; at < 40; at++) {
        outcomes.push((await ask("/a", { from: "127.0.0.2" }).catch(() => undefined))?.status);
      }
    };
    await Promise.all(Array.from({ length: 16 }, flood));
    // Each has a connection of its own, which takes a token as well.
    expect(reached.length).toBeLessThanOrEqual(50);
    expect(outcomes.filter((status) => status === 429).length).toBeLessThan(140);
    // Cut off as they connect: Node has not parsed a request of theirs.
    expect(outcomes.filter((status) => status === undefined).length).toBeGreaterThan(450);
    expect(parsed).toBeLessThan(200);
  });

  test("[EDGE-GATE-8] a token buys 32 KB of answers, also when requests for a large file arrive together", async () => {
    const LEFT = 2_000;
    const bought = Math.ceil(LEFT / (LARGE_BYTES / 32_768));
    spendAllBut(LEFT, "127.0.0.2");
    const answers = await Promise.all(Array.from({ length: 80 }, () => ask("/large", { from: "127.0.0.2" })));
    expect(reached.length).toBeLessThanOrEqual(bought);
    expect(answers.filter(({ status }) => status === 429).length).toBe(80 - reached.length);
  });

  test("[EDGE-GATE-9] handshakes are charged as well", async () => {
    spendAllBut(4, "127.0.0.2");
    expect((await shakeHands("/p/r")).status).toBe(101);
    expect((await shakeHands("/p/r")).status).toBe(101);
    expect(await shakeHands("/p/r")).toMatchObject({ status: 429, headers: { "retry-after": "1" } });
    expect(reached).toHaveLength(2);
  });
});

describe("behind a trusted proxy", () => {
  test("[EDGE-GATE-10] the forwarded address is charged, and the proxy's other visitors are served", async () => {
    spendAllBut(1, "198.51.100.1");
    expect((await ask("/a", behindProxy("198.51.100.1"))).status).toBe(200);
    expect((await ask("/a", behindProxy("198.51.100.1"))).status).toBe(429);
    expect((await ask("/a", behindProxy("198.51.100.2"))).status).toBe(200);
  });

  test("[EDGE-GATE-11] requests with malformed forwarding headers share one budget", async () => {
    spendAllBut(3.5, "127.0.0.9");
    const statuses = await Promise.all(
      ["w", "x", "y", "z"].map(async (address) => (await ask("/a", behindProxy(address))).status),
    );
    expect(statuses.sort()).toEqual([200, 200, 200, 429]);
    expect((await ask("/a", behindProxy("198.51.100.2"))).status).toBe(200);
  });
});

describe("exempt", () => {
  test("[EDGE-GATE-12] the load test's bots are, with the token where the SDK puts it", async () => {
    spendAllBut(-50, "127.0.0.2");
    const headers = { authorization: `Bearer ${BOT_TOKEN}` };
    expect((await ask("/a", { headers, from: "127.0.0.2" })).status).toBe(200);
    expect((await shakeHands(`/p/r?_authToken=${encodeURIComponent(BOT_TOKEN)}`)).status).toBe(101);
    expect((await shakeHands("/p/r?_authToken=wrong")).status).toBe(429);
  });

  test("[EDGE-GATE-13] this machine is in development, and not in production", async () => {
    spendAllBut(-50, "127.0.0.1");
    expect((await ask("/a")).status).toBe(429);
    await open({ production: false });
    spendAllBut(-500, "127.0.0.1");
    expect((await ask("/a")).status).toBe(200);
    expect((await ask("/a", { headers: { "x-forwarded-for": "127.0.0.1" } })).status).toBe(429);
  });
});

describe("a booted server", () => {
  test("[EDGE-GATE-14] a pipelined flood on 16 connections reaches its routes once a connection, and a player is sent ticks meanwhile", async () => {
    const server = await bootServer();
    const maps = vi.spyOn(MAPS, "get");
    const honest = await server.join({ name: "Honest" });
    const { tick } = honest.state;
    const flood = "GET /api/maps/foundry.tmj HTTP/1.1\r\nHost: fracas.example\r\n\r\n".repeat(1_000);
    maps.mockClear();
    await Promise.all(Array.from({ length: 16 }, (_, at) => askRaw(server, flood, `127.0.0.${20 + at}`)));
    expect(maps.mock.calls.length).toBeLessThanOrEqual(16);
    await until("a later tick", () => honest.state.tick > tick);
    await server.close();
  });
});
