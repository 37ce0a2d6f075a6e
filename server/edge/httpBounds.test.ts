/** Connections that send slowly, send nothing or read nothing: they end in time, and honest clients are served. */
import { EventEmitter, once } from "node:events";
import type { Server } from "node:http";
import { connect, type Socket } from "node:net";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { ask, statusOf } from "#server/testing/asking.ts";
import { type ArenaClient, bootServer, type TestServer, until } from "#server/testing/bootServer.ts";
import { boundConnections, HTTP_BOUNDS } from "./httpBounds.ts";
import { NetworkBudget } from "./networkBudget.ts";

/** Sockets that an address, or an IPv6 /64, may have open. */
const PER_NETWORK = 512;
/** The server checks its connections once a second, and a busy machine is late. */
const LATE_MS = 10_000;

let server: TestServer;
let honest: ArenaClient;
beforeAll(async () => {
  server = await bootServer();
  honest = await server.join({ name: "Honest" });
});
afterAll(() => server.close());

const times = <Item>(count: number, item: (at: number) => Item): Item[] =>
  Array.from({ length: count }, (_, at) => item(at));

/** A connection that records its answer and how long it stayed open. */
class Slow {
  readonly socket: Socket;
  #openedAt = performance.now();
  answer = "";
  endedMs: number | undefined;

  constructor(from: string) {
    this.socket = connect({ port: server.port, host: "127.0.0.1", localAddress: from });
    this.socket.on("error", () => {});
    this.socket.on("data", (chunk: Buffer) => (this.answer += chunk.toString("latin1")));
    this.socket.once("connect", () => (this.#openedAt = performance.now()));
    this.socket.once("close", () => (this.endedMs = performance.now() - this.#openedAt));
  }

  /** Sends `bytes` at once, then one byte of `drip` every 250 ms, in a loop, until the server ends the connection. */
  send(bytes: string, drip: string): this {
    let sent = 0;
    this.socket.write(bytes);
    const timer = setInterval(() => this.socket.write(drip[sent++ % drip.length] ?? ""), 250);
    this.socket.once("close", () => clearInterval(timer));
    return this;
  }

  ended(): Promise<void> {
    return until("the connection has ended", () => this.endedMs !== undefined, 25_000);
  }
}

/** Opens `count` connections from one address, `wave` at a time: the kernel's accept queue holds 511. */
async function open(count: number, from: string, wave = 50): Promise<Slow[]> {
  const opened: Slow[] = [];
  while (opened.length < count) {
    const next = times(Math.min(wave, count - opened.length), () => new Slow(from));
    await Promise.all(next.map(({ socket }) => once(socket, "connect")));
    opened.push(...next);
  }
  return opened;
}

function expectEndedWithin(slow: readonly Slow[], boundMs: number): void {
  for (const { endedMs = 0 } of slow) {
    expect(endedMs).toBeGreaterThan(boundMs - 100);
    expect(endedMs).toBeLessThan(boundMs + LATE_MS);
  }
}

/** 408, except where bytes that were sent later made the kernel discard the answer. */
function expectTimedOut(slow: readonly Slow[]): void {
  const statuses = slow.map(({ answer }) => statusOf(answer));
  expect(statuses).toContain(408);
  expect(statuses.filter((status) => status !== 408 && !Number.isNaN(status))).toEqual([]);
}

const { headersTimeout = 0, requestTimeout = 0, keepAliveTimeout = 0 } = HTTP_BOUNDS;
/** Node keeps a connection for this much longer than it tells the client. */
const KEEP_ALIVE_BUFFER_MS = 1_000;
const host = "Host: fracas.example\r\n";

// Concurrent, because each test waits for seconds.
describe.concurrent("slow connections", () => {
  test("[EDGE-SLOW-1] ends 500 idle sockets and slow headers in time, and answers honest requests meanwhile", async () => {
    const idle = [...(await open(150, "127.0.0.11")), ...(await open(150, "127.0.0.12"))];
    const slowHeads = await open(200, "127.0.0.13");
    for (const slow of slowHeads) slow.send(`GET / HTTP/1.1\r\n${host}X-Slow: `, "a");
    const all = [...idle, ...slowHeads];
    let slowestMs = 0;
    let asked = 0;
    while (all.some(({ endedMs }) => endedMs === undefined)) {
      const askedAt = performance.now();
      const { tick } = honest.state;
      expect((await ask(server, "/healthz", { from: "127.0.0.14" })).status).toBe(200);
      slowestMs = Math.max(slowestMs, performance.now() - askedAt);
      asked++;
      await until("the honest player receives a later tick", () => honest.state.tick > tick);
    }
    expectEndedWithin(all, headersTimeout);
    expectTimedOut(slowHeads);
    // These requests ran one after the other, each with a patch: none waited for the attack to end.
    expect(asked).toBeGreaterThan(20);
    expect(slowestMs).toBeLessThan(headersTimeout / 2);
  });

  test("[EDGE-SLOW-2] ends requests whose body arrives byte by byte with 408 in time", async () => {
    const head = (length: string) =>
      `POST /matchmake/joinOrCreate/arena HTTP/1.1\r\n${host}Content-Type: application/json\r\n${length}\r\n\r\n`;
    const counted = times(5, () =>
      new Slow("127.0.0.15").send(`${head("Content-Length: 9000")}{"name":"`, "a"),
    );
    const chunked = times(5, () =>
      new Slow("127.0.0.15").send(head("Transfer-Encoding: chunked"), "1\r\na\r\n"),
    );
    const unread = times(5, () =>
      new Slow("127.0.0.15").send(`POST /api/identity HTTP/1.1\r\n${host}Content-Length: 9000\r\n\r\n`, "a"),
    );
    const all = [...counted, ...chunked, ...unread];
    await Promise.all(all.map((slow) => slow.ended()));
    expectEndedWithin([...counted, ...chunked], requestTimeout);
    // The route reads no body and answers at once; Node discards the body until its timeouts end the connection.
    for (const { endedMs = 0 } of unread) {
      expect(endedMs).toBeLessThan(requestTimeout + keepAliveTimeout + LATE_MS);
    }
    expectTimedOut([...counted, ...chunked]);
  });

  test("[EDGE-SLOW-3] cuts off a client that requests a large file and reads nothing", async () => {
    const from = "127.0.0.16";
    const served: Socket[] = [];
    server.app.http.on("connection", (socket) => {
      if (socket.remoteAddress === from) served.push(socket);
    });
    const page = (await ask(server, "/")).body;
    const [script] = /\/assets\/game-[^"]+\.js/.exec(page) ?? [];
    const deaf = times(3, () => new Slow(from));
    for (const { socket } of deaf) {
      socket.pause();
      socket.write(`GET ${script} HTTP/1.1\r\n${host}\r\n`);
    }
    await until("the server has sent", () => {
      return served.length === 3 && served.every(({ bytesWritten }) => bytesWritten > 300_000);
    });
    await until("all are cut off", () => served.every(({ destroyed }) => destroyed), 20_000);
  });

  test("[EDGE-SLOW-4] ends an answered connection that stays idle in 6 s", async () => {
    const [kept] = (await open(1, "127.0.0.17")) as [Slow];
    kept.socket.write(`GET /healthz HTTP/1.1\r\n${host}\r\n`);
    await kept.ended();
    expect(statusOf(kept.answer)).toBe(200);
    expectEndedWithin([kept], keepAliveTimeout + KEEP_ALIVE_BUFFER_MS);
  });

  test("[EDGE-SLOW-5] cuts off the 513th connection of an address at once, serves others, and frees closed connections", async () => {
    const from = "127.0.0.18";
    const all = await open(PER_NETWORK + 20, from, 250);
    await until("twenty are cut off", () => all.filter(({ endedMs }) => endedMs !== undefined).length >= 20);
    expect((await ask(server, "/healthz", { from: "127.0.0.19" })).status).toBe(200);
    await expect(ask(server, "/healthz", { from })).rejects.toThrow(/reset|hang up/i);
    for (const { socket } of all) socket.destroy();
    const isServed = () =>
      ask(server, "/healthz", { from }).then(
        ({ status }) => status === 200,
        () => false,
      );
    while (!(await isServed()));
  });
});

describe("connections of one address", () => {
  /** How many connections from these addresses are accepted. */
  function admitted(
    addresses: readonly (string | undefined)[],
    trustedProxies: readonly string[] = [],
    budget = new NetworkBudget(() => 0),
  ) {
    const listening = Object.assign(new EventEmitter(), { maxConnections: 0 }) as unknown as Server;
    boundConnections(listening, budget, { maxClients: 1000, trustedProxies, production: true });
    return addresses.filter((remoteAddress) => {
      const socket = Object.assign(new EventEmitter(), { remoteAddress, destroyed: false, destroy });
      function destroy() {
        socket.destroyed = true;
        socket.emit("close");
      }
      listening.emit("connection", socket);
      return !socket.destroyed;
    }).length;
  }

  test.each([
    ["an IPv4 address", () => "192.0.2.1", PER_NETWORK],
    ["an IPv4 address, mapped", (at: number) => (at % 2 ? "192.0.2.1" : "::ffff:192.0.2.1"), PER_NETWORK],
    ["an IPv6 /64", (at: number) => `2001:db8::${at.toString(16)}`, PER_NETWORK],
    ["many IPv4 addresses", (at: number) => `198.18.${at >> 8}.${at & 255}`, 1_200],
    ["many IPv6 /64s", (at: number) => `2001:db8:0:${at.toString(16)}::1`, 1_200],
    [
      "an IPv6 /56",
      (at: number) => `2001:db8:0:${(at & 255).toString(16)}::${at.toString(16)}`,
      2 * PER_NETWORK,
    ],
    ["a trusted proxy", () => "127.0.0.1", 1_200],
    ["a trusted proxy, mapped", () => "::ffff:127.0.0.1", 1_200],
  ])(
    "[EDGE-SLOW-6] accepts 512 connections of a network, and every one of a trusted proxy: 1,200 from %s",
    (_what, address, count) => {
      expect(admitted(times(1_200, address), ["127.0.0.1"])).toBe(count);
    },
  );

  test("[EDGE-SLOW-11] accepts no connection of a network that owes more than 100 tokens, and those of others", () => {
    const budget = new NetworkBudget(() => 0);
    budget.charge("192.0.2.1", 5_080);
    expect(
      admitted(
        times(50, () => "192.0.2.1"),
        [],
        budget,
      ),
    ).toBe(20);
    expect(
      admitted(
        times(50, () => "192.0.2.2"),
        [],
        budget,
      ),
    ).toBe(50);
  });

  test("[EDGE-SLOW-7] the process accepts three connections per player, and those of three more networks", () => {
    expect(server.app.http.maxConnections).toBe(3 * 1000 + 3 * PER_NETWORK);
  });
});

describe("more connections than the process has", () => {
  const MAX_CLIENTS = 4;
  /** HTTP connections before one ends for a newcomer. */
  const PAGES_MAX = MAX_CLIENTS + PER_NETWORK;
  let player: ArenaClient;
  beforeAll(async () => {
    await server.close();
    server = await bootServer({ maxClients: MAX_CLIENTS });
    player = await server.join({ name: "Honest" });
  });

  test("[EDGE-SLOW-8] thirteen addresses that exhaust them end one another's silent connections, and no player's", async () => {
    const from = times(13, (at) => `127.0.0.${50 + at}`);
    const silent: Slow[] = [];
    for (const address of from) silent.push(...(await open(50, address)));
    await until("the oldest have ended", () => {
      return silent.filter(({ endedMs }) => endedMs === undefined).length <= PAGES_MAX;
    });
    for (let asked = 0; asked < 20; asked++) {
      expect((await ask(server, "/healthz", { from: "127.0.0.41" })).status).toBe(200);
      await open(20, from[asked % 13] ?? "");
    }
    const { tick } = player.state;
    await until("the player receives a later tick", () => player.state.tick > tick);
    expect((await server.join({ name: "Newcomer" })).connection.isOpen).toBe(true);
  });
});
