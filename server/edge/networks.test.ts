/** The network that limits count: the address of the connection, or the one that a trusted proxy reports. */
import type { IncomingHttpHeaders, IncomingMessage } from "node:http";
import { hostname } from "node:os";
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from "vitest";
import { WebSocket } from "ws";
import { type Answer, ask, freshAddress, handshakeHeaders } from "#server/testing/asking.ts";
import { bootServer, type TestServer } from "#server/testing/bootServer.ts";
import { countKeysOf, createLocate } from "./networks.ts";

/** Reservations that a network may hold at once. */
const RESERVED_MAX = 5;

describe("createLocate", () => {
  const locate = (
    remoteAddress: string | undefined,
    headers: IncomingHttpHeaders = {},
    trusted = ["127.0.0.1"],
  ) => createLocate(trusted)({ socket: { remoteAddress }, headers } as unknown as IncomingMessage);
  const from = (...chain: string[]) => ({ "x-forwarded-for": chain.join(", ") });

  test.each([
    ["IPv4", "192.0.2.7", "192.0.2.7"],
    ["IPv4, mapped into IPv6", "::ffff:192.0.2.7", "192.0.2.7"],
    ["IPv4, mapped in hexadecimal", "::ffff:c000:207", "192.0.2.7"],
    ["IPv6", "2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"],
    ["another address of the same household", "2001:db8:1:2::ffff", "2001:db8:1:2::/64"],
    ["a neighbour", "2001:db8:1:3::ffff", "2001:db8:1:3::/64"],
    ["link-local IPv6", "fe80::1%eth0", "fe80::/64"],
    ["6to4", "2002:c000:207:1::1", "192.0.2.7"],
    ["Teredo", "2001:0:4136:e378:8000:63bf:3fff:fdf8", "192.0.2.7"],
    ["IPv4 behind NAT64", "64:ff9b::c000:207", "192.0.2.7"],
    ["IPv4 behind SIIT", "::ffff:0:c000:207", "192.0.2.7"],
    ["a closed connection", undefined, "0.0.0.0"],
  ])("[EDGE-ADDRESS-1] %s: %s is counted as %s", (_what, address, network) => {
    expect(locate(address).network).toBe(network);
    if (address) expect(locate("127.0.0.1", from(address.replace("%eth0", ""))).network).toBe(network);
  });

  test.each<[name: string, value: string]>([
    ["x-forwarded-for", "198.51.100.1"],
    ["x-forwarded-for", "127.0.0.1"],
    ["x-real-ip", "198.51.100.1"],
    ["x-client-ip", "198.51.100.1"],
    ["forwarded", "for=198.51.100.1"],
    ["x-forwarded-host", "evil.example"],
    ["x-forwarded-proto", "https"],
    ["x-forwarded-port", "1"],
  ])("[EDGE-ADDRESS-2] %s from an untrusted peer is ignored and removed", (name, value) => {
    const headers = { host: "a", [name]: value };
    expect(locate("192.0.2.7", headers)).toEqual({
      network: "192.0.2.7",
      isLoopback: false,
      isRebound: false,
    });
    expect(headers).toEqual({ host: "a" });
  });

  test("[EDGE-ADDRESS-3] a second call for a request returns what the first one did", () => {
    const look = createLocate(["127.0.0.1"]);
    const headers: IncomingHttpHeaders = from("192.0.2.7");
    const request = { socket: { remoteAddress: "127.0.0.1" }, headers } as unknown as IncomingMessage;
    const first = look(request);
    headers["x-forwarded-for"] = "192.0.2.8";
    expect(look(request)).toEqual(first);
  });

  test.each<[what: string, chain: string[], network: string]>([
    ["one proxy", ["192.0.2.7"], "192.0.2.7"],
    ["a client that claims another address", ["198.51.100.1", "192.0.2.7"], "192.0.2.7"],
    ["a client that claims fifty addresses", [...Array(50).fill("198.51.100.1"), "192.0.2.7"], "192.0.2.7"],
    ["a client that claims trusted addresses", ["127.0.0.1", "10.0.0.1", "192.0.2.7"], "192.0.2.7"],
    ["a second trusted proxy", ["192.0.2.7", "10.1.2.3"], "192.0.2.7"],
    ["a second proxy that is not trusted", ["192.0.2.7", "203.0.113.1"], "203.0.113.1"],
    ["an untrusted proxy between two trusted ones", ["192.0.2.7", "203.0.113.1", "10.1.2.3"], "203.0.113.1"],
    ["an IPv6 client", ["2001:db8:1:2::7"], "2001:db8:1:2::/64"],
    ["trusted addresses only", ["10.1.2.3"], "10.1.2.3"],
  ])("[EDGE-ADDRESS-4] counts the last untrusted address of the chain: %s", (_what, chain, network) => {
    expect(locate("127.0.0.1", from(...chain), ["127.0.0.1", "10.0.0.0/8"]).network).toBe(network);
  });

  test.each(["x-real-ip", "x-client-ip", "forwarded"])(
    "[EDGE-ADDRESS-5] %s is ignored even from a trusted proxy, which may pass it on from the client",
    (name) => {
      const value = name === "forwarded" ? "for=198.51.100.1" : "198.51.100.1";
      const headers = { ...from("192.0.2.7"), [name]: value };
      expect(locate("127.0.0.1", headers).network).toBe("192.0.2.7");
    },
  );

  test.each<
    [what: string, peer: string, headers: IncomingHttpHeaders, trusted: string[], isLoopback: boolean]
  >([
    ["a local program", "127.0.0.1", {}, [], true],
    ["another loopback address", "127.8.9.10", {}, [], true],
    ["IPv6 loopback", "::1", {}, [], true],
    ["mapped IPv4 loopback", "::ffff:127.0.0.1", {}, [], true],
    ["a local trusted proxy's own request", "127.0.0.1", {}, ["127.0.0.1"], true],
    ["a local trusted proxy for a stranger", "127.0.0.1", from("192.0.2.7"), ["127.0.0.1"], false],
    [
      "a local trusted proxy for a client that claims loopback",
      "127.0.0.1",
      from("127.0.0.1"),
      ["127.0.0.1"],
      false,
    ],
    ["a local proxy that is not trusted", "127.0.0.1", from("192.0.2.7"), [], false],
    ["a local proxy that sends Forwarded (RFC 7239)", "127.0.0.1", { forwarded: "for=192.0.2.7" }, [], false],
    ["a stranger who claims loopback", "192.0.2.7", from("127.0.0.1"), [], false],
  ])(
    "[EDGE-ADDRESS-6] recognises requests of this machine: %s",
    (_what, peer, headers, trusted, isLoopback) => {
      expect(locate(peer, { host: "localhost:2567", ...headers }, trusted).isLoopback).toBe(isLoopback);
    },
  );

  test.each([
    ["localhost", true],
    ["LOCALHOST:2567", true],
    ["fracas.localhost:2567", true],
    ["127.0.0.1:2567", true],
    ["127.8.9.10", true],
    ["[::1]:2567", true],
    [`${hostname()}:2567`, true],
    ["rebound.example:2567", false],
    ["127.0.0.1.rebound.example", false],
    ["localhost.rebound.example", false],
    ["192.0.2.7:2567", false],
    ["[2001:db8::1]", false],
  ])("[EDGE-REBIND-1] a request of this machine for the host %s names this machine: %s", (host, names) => {
    expect(locate("127.0.0.1", { host })).toMatchObject({ isLoopback: names, isRebound: !names });
    expect(locate("192.0.2.7", { host })).toMatchObject({ isLoopback: false, isRebound: false });
    expect(locate("127.0.0.1", { host, ...from("192.0.2.7") })).toMatchObject({ isRebound: false });
  });
});

test.each([
  ["2001:db8:1:234::/64", ["2001:db8:1::/48 4", "2001:db8:1:200::/56 2", "2001:db8:1:234::/64 1"]],
  ["192.0.2.7", ["192.0.2.7 1"]],
  ["", [" 1"]],
])("[EDGE-ADDRESS-13] %s counts by %j, each a prefix and its share", (network, expected) => {
  expect(countKeysOf(network).map(({ key, share }) => `${key} ${share}`)).toEqual(expected);
});

test("[EDGE-ADDRESS-14] an address that contains a loopback address is not this machine", () => {
  const request = { socket: { remoteAddress: "2002:7f00:1::1" }, headers: {} } as unknown as IncomingMessage;
  expect(createLocate([])(request)).toEqual({
    network: "127.0.0.1",
    isLoopback: false,
    isRebound: false,
  });
});

describe("a booted server", () => {
  let server: TestServer;
  beforeAll(async () => {
    server = await bootServer({ production: true, trustedProxies: ["127.0.0.1"] });
  });
  afterEach(() => void vi.restoreAllMocks());
  afterAll(() => server.close());

  const askSeat = (from: string, headers: Record<string, string>): Promise<Answer> =>
    ask(server, "/matchmake/joinOrCreate/arena", {
      method: "POST",
      from,
      headers: { origin: server.url, ...headers },
    });

  /** How many of twelve calls get a seat. */
  async function granted(from: string, headersOf: (call: number) => Record<string, string>): Promise<number> {
    let seats = 0;
    for (let call = 0; call < 12; call++) {
      const { status } = await askSeat(from, headersOf(call));
      expect([200, 429]).toContain(status);
      if (status === 200) seats++;
    }
    return seats;
  }

  test.each<[what: string, from: string, headersOf: (call: number) => Record<string, string>]>([
    ["X-Forwarded-For", "127.0.0.21", () => ({ "x-forwarded-for": freshAddress() })],
    ["X-Real-IP", "127.0.0.22", () => ({ "x-real-ip": freshAddress() })],
    ["X-Client-IP", "127.0.0.23", () => ({ "x-client-ip": freshAddress() })],
    ["Forwarded", "127.0.0.24", () => ({ forwarded: `for=${freshAddress()}` })],
    [
      "a chain that ends with loopback",
      "127.0.0.25",
      () => ({ "x-forwarded-for": `${freshAddress()}, 127.0.0.1` }),
    ],
    [
      "CF-Connecting-IP and True-Client-IP",
      "127.0.0.26",
      () => {
        const address = freshAddress();
        return { "cf-connecting-ip": address, "true-client-ip": address };
      },
    ],
  ])(
    "[EDGE-ADDRESS-7] counts a stranger who sends a new address in %s with each request as one",
    async (_what, from, headersOf) => {
      expect(await granted(from, headersOf)).toBe(RESERVED_MAX);
    },
  );

  test("[EDGE-ADDRESS-8] counts each client of the trusted proxy by itself", async () => {
    expect(await granted("127.0.0.1", () => ({ "x-forwarded-for": freshAddress() }))).toBe(12);
  });

  test("[EDGE-ADDRESS-9] headers that a client sends to the trusted proxy do not change its network", async () => {
    const own = freshAddress();
    expect(
      await granted("127.0.0.1", () => ({
        "x-forwarded-for": `${freshAddress()}, ${own}`,
        "x-real-ip": freshAddress(),
      })),
    ).toBe(RESERVED_MAX);
  });

  test("[EDGE-ADDRESS-10] counts an IPv6 /64 as one network, and twelve /48s by themselves", async () => {
    expect(await granted("127.0.0.1", (call) => ({ "x-forwarded-for": `2001:db8:1:1::${call}` }))).toBe(
      RESERVED_MAX,
    );
    expect(await granted("127.0.0.1", (call) => ({ "x-forwarded-for": `2001:db8:${call + 2}::1` }))).toBe(12);
  });

  test("[EDGE-ADDRESS-11] counts all spellings of an IPv4 address as one", async () => {
    const forms = ["198.51.100.9", "::ffff:198.51.100.9", "::ffff:c633:6409"];
    expect(await granted("127.0.0.1", (call) => ({ "x-forwarded-for": forms[call % 3] ?? "" }))).toBe(
      RESERVED_MAX,
    );
  });

  test("[EDGE-ADDRESS-12] counts handshakes by the same network", async () => {
    // Colyseus closes the sockets, whose seat does not exist: on a slow machine some would be gone before the last one.
    vi.spyOn(WebSocket.prototype, "close").mockImplementation(() => {});
    const handshake = (from: string) =>
      ask(server, "/process/room?sessionId=nobody", {
        from,
        headers: { origin: server.url, "x-forwarded-for": freshAddress(), ...handshakeHeaders() },
      });
    const answers = await Promise.all(Array.from({ length: 160 }, () => handshake("127.0.0.27")));
    expect(answers.filter(({ status }) => status === 101)).toHaveLength(128);
    const named = await Promise.all(Array.from({ length: 160 }, () => handshake("127.0.0.1")));
    expect(named.filter(({ status }) => status === 101)).toHaveLength(160);
    for (const { socket } of [...answers, ...named]) socket?.destroy();
  });
});
