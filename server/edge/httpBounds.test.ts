/** Connections that say little, or nothing, or do not listen: they end in time, and honest people do not notice. */
import { EventEmitter, once } from "node:events";
import type { Server } from "node:http";
import { connect, type Socket } from "node:net";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { ask, statusOf } from "#server/testing/asking.ts";
import { type ArenaClient, bootServer, type TestServer, until } from "#server/testing/bootServer.ts";
import { boundConnections, HTTP_BOUNDS } from "./httpBounds.ts";

/** Sockets that an address, or an IPv6 /64, may have open. */
const PER_NETWORK = 256;
/** The server looks at its connections once a second, and a busy machine is late. */
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

/** A connection, and when (since it was opened) and with what answer it ended. */
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

  /** These bytes at once, then one of `drip` every 250 ms, over and over, until the server has had enough. */
  say(bytes: string, drip: string): this {
    let sent = 0;
    this.socket.write(bytes);
    const timer = setInterval(() => this.socket.write(drip[sent++ % drip.length] ?? ""), 250);
    this.socket.once("close", () => clearInterval(timer));
    return this;
  }

  ended(): Promise<void> {
    return until("it has ended", () => this.endedMs !== undefined, 25_000);
  }
}

/** So many from one address: fifty at a time, for the kernel keeps no more than 511 that wait to be let in. */
async function open(count: number, from: string): Promise<Slow[]> {
  const opened: Slow[] = [];
  while (opened.length < count) {
    const wave = times(Math.min(50, count - opened.length), () => new Slow(from));
    await Promise.all(wave.map(({ socket }) => once(socket, "connect")));
    opened.push(...wave);
  }
  return opened;
}

function expectEndedWithin(slow: readonly Slow[], boundMs: number): void {
  for (const { endedMs = 0 } of slow) {
    expect(endedMs).toBeGreaterThan(boundMs - 100);
    expect(endedMs).toBeLessThan(boundMs + LATE_MS);
  }
}

/** 408, unless what they went on to say made the kernel throw the answer away. */
function expectToldWhy(slow: readonly Slow[]): void {
  const statuses = slow.map(({ answer }) => statusOf(answer));
  expect(statuses).toContain(408);
  expect(statuses.filter((status) => status !== 408 && !Number.isNaN(status))).toEqual([]);
}

const { headersTimeout = 0, requestTimeout = 0, keepAliveTimeout = 0 } = HTTP_BOUNDS;
/** Node keeps a connection so much longer than it tells the client. */
const NODES_LEEWAY_MS = 1_000;
const host = "Host: fracas.example\r\n";

// All at once: their waits are long.
describe.concurrent("slow connections", () => {
  test("[EDGE-SLOW-1] 500 idle sockets and slow headers: honest requests are answered, all are gone in time", async () => {
    const idle = [...(await open(150, "127.0.0.11")), ...(await open(150, "127.0.0.12"))];
    const slowHeads = await open(200, "127.0.0.13");
    for (const slow of slowHeads) slow.say(`GET / HTTP/1.1\r\n${host}X-Slow: `, "a");
    const all = [...idle, ...slowHeads];
    let slowestMs = 0;
    let asked = 0;
    while (all.some(({ endedMs }) => endedMs === undefined)) {
      const askedAt = performance.now();
      const { tick } = honest.state;
      expect((await ask(server, "/healthz", { from: "127.0.0.14" })).status).toBe(200);
      slowestMs = Math.max(slowestMs, performance.now() - askedAt);
      asked++;
      await until("the honest player is told of a later tick", () => honest.state.tick > tick);
    }
    expectEndedWithin(all, headersTimeout);
    expectToldWhy(slowHeads);
    // One after the other, each with a patch: nobody waited for the attack to end.
    expect(asked).toBeGreaterThan(20);
    expect(slowestMs).toBeLessThan(headersTimeout / 2);
  });

  test("[EDGE-SLOW-2] a byte of a body now and then: 408 in time", async () => {
    const head = (length: string) =>
      `POST /matchmake/joinOrCreate/arena HTTP/1.1\r\n${host}Content-Type: application/json\r\n${length}\r\n\r\n`;
    const counted = times(5, () =>
      new Slow("127.0.0.15").say(`${head("Content-Length: 9000")}{"name":"`, "a"),
    );
    const chunked = times(5, () =>
      new Slow("127.0.0.15").say(head("Transfer-Encoding: chunked"), "1\r\na\r\n"),
    );
    const unread = times(5, () =>
      new Slow("127.0.0.15").say(`POST /api/identity HTTP/1.1\r\n${host}Content-Length: 9000\r\n\r\n`, "a"),
    );
    const all = [...counted, ...chunked, ...unread];
    await Promise.all(all.map((slow) => slow.ended()));
    expectEndedWithin([...counted, ...chunked], requestTimeout);
    // Answered at once; what they go on to say is thrown away until Node has had enough of it.
    for (const { endedMs = 0 } of unread) {
      expect(endedMs).toBeLessThan(requestTimeout + keepAliveTimeout + LATE_MS);
    }
    expectToldWhy([...counted, ...chunked]);
  });

  test("[EDGE-SLOW-3] who asks for much and reads nothing is cut", async () => {
    const from = "127.0.0.16";
    const served: Socket[] = [];
    server.app.http.on("connection", (socket) => {
      if (socket.remoteAddress === from) served.push(socket);
    });
    const deaf = times(3, () => new Slow(from));
    for (const { socket } of deaf) {
      socket.pause();
      // More than the kernels on both sides take off the server's hands.
      socket.write(`GET /api/maps/foundry.tmj HTTP/1.1\r\n${host}\r\n`.repeat(2000));
    }
    await until("the server has more to say than anybody takes", () => {
      return served.length === 3 && served.every(({ writableLength }) => writableLength > 0);
    });
    await until("they are cut", () => served.every(({ destroyed }) => destroyed), 20_000);
  });

  test("[EDGE-SLOW-4] an answered connection that says nothing more ends in 6 s", async () => {
    const [kept] = (await open(1, "127.0.0.17")) as [Slow];
    kept.socket.write(`GET /healthz HTTP/1.1\r\n${host}\r\n`);
    await kept.ended();
    expect(statusOf(kept.answer)).toBe(200);
    expectEndedWithin([kept], keepAliveTimeout + NODES_LEEWAY_MS);
  });

  test("[EDGE-SLOW-5] an address has 256 connections; the next is cut at once; others come in, and an end makes room", async () => {
    const from = "127.0.0.18";
    const all = await open(PER_NETWORK + 20, from);
    await until("twenty are cut", () => all.filter(({ endedMs }) => endedMs !== undefined).length === 20);
    expect((await ask(server, "/healthz", { from: "127.0.0.19" })).status).toBe(200);
    await expect(ask(server, "/healthz", { from })).rejects.toThrow(/reset|hang up/i);
    for (const { socket } of all) socket.destroy();
    const getsIn = () =>
      ask(server, "/healthz", { from }).then(
        ({ status }) => status === 200,
        () => false,
      );
    while (!(await getsIn()));
  });
});

describe("connections of one address", () => {
  /** Which of these addresses get in, one after the other. */
  function admitted(addresses: readonly (string | undefined)[], trustedProxies: readonly string[] = []) {
    const listening = Object.assign(new EventEmitter(), { maxConnections: 0 }) as unknown as Server;
    boundConnections(listening, { maxClients: 1000, trustedProxies });
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
    ["a thousand IPv4 addresses", (at: number) => `198.18.${at >> 8}.${at & 255}`, 1000],
    ["a thousand IPv6 /64s", (at: number) => `2001:db8:0:${at.toString(16)}::1`, 1000],
    ["a trusted proxy", () => "127.0.0.1", 1000],
    ["a trusted proxy, mapped", () => "::ffff:127.0.0.1", 1000],
  ])("[EDGE-SLOW-6] of a thousand from %s are let in: see table", (_what, address, count) => {
    expect(admitted(times(1000, address), ["127.0.0.1"])).toBe(count);
  });

  test("[EDGE-SLOW-7] the whole process holds twice its players and one address's worth", () => {
    expect(server.app.http.maxConnections).toBe(3 * 1000 + PER_NETWORK);
  });
});
