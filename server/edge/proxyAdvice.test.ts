/** The line that names the missing setting, for each way in which a proxy or a page is refused or not believed. */
import type { IncomingMessage } from "node:http";
import { afterAll, afterEach, beforeAll, describe, expect, type MockInstance, test, vi } from "vitest";
import { log } from "#server/log.ts";
import { INTERVAL_MS } from "#server/logOnce.ts";
import { ask, Guest, handshakeHeaders } from "#server/testing/asking.ts";
import { bootServer, type TestServer } from "#server/testing/bootServer.ts";
import { adviseOnCrowd, adviseOnForwarded } from "./proxyAdvice.ts";

let server: TestServer;
/** Set after each start, because a change of the level replaces the logger's methods. */
let warned: MockInstance<typeof log.warn>;
const lines = () => warned.mock.calls.map((call) => JSON.stringify(call));
afterEach(() => void warned.mockClear());
afterAll(() => server.close());

describe("with no setting", () => {
  beforeAll(async () => {
    server = await bootServer({ production: true });
    warned = vi.spyOn(log, "warn");
  });

  test("[ADVICE-1] a page behind a proxy that changes the Host: PUBLIC_URL, once", async () => {
    const origin = "https://fracas.example";
    for (let tried = 0; tried < 3; tried++) {
      expect((await new Guest(server, { origin }).askSeat()).status).toBe(403);
    }
    const about = lines().filter((line) => line.includes(origin));
    expect(about).toHaveLength(1);
    expect(about[0]).toMatch(/PUBLIC_URL/);
    expect(about[0]).toContain(new URL(server.url).host);
  });

  test("[ADVICE-2] forwarding headers of an unnamed proxy: TRUSTED_PROXIES and its address, once", async () => {
    for (let tried = 0; tried < 3; tried++) {
      await ask(server, "/healthz", { from: "127.0.0.31", headers: { "x-forwarded-for": "192.0.2.7" } });
    }
    const about = lines().filter((line) => line.includes("127.0.0.31"));
    expect(about).toHaveLength(1);
    expect(about[0]).toMatch(/TRUSTED_PROXIES/);
  });

  test("[ADVICE-3] a handshake without its Upgrade header, as a bare proxy_pass sends it", async () => {
    const { upgrade: _, connection: __, ...headers } = handshakeHeaders();
    for (let tried = 0; tried < 3; tried++) await ask(server, "/process/room?sessionId=x", { headers });
    expect(lines()).toEqual([expect.stringMatching(/Upgrade/)]);
  });

  test("[ADVICE-4] a forwarding header with a port, once for each value", async () => {
    const headers = { "x-forwarded-for": "192.0.2.7:5123" };
    for (let tried = 0; tried < 3; tried++)
      expect((await ask(server, "/healthz", { headers })).status).toBe(400);
    expect(lines()).toEqual([expect.stringMatching(/192.0.2.7:5123.*without a port/)]);
  });

  test("[ADVICE-5] a hundred made-up origins and headers cause twenty lines of each, none of them long", async () => {
    for (let at = 0; at < 100; at++) {
      const guest = new Guest(server, { origin: `https://${at}.${"x".repeat(450)}.example` });
      expect((await guest.askSeat()).status).toBe(403);
      await ask(server, "/healthz", { headers: { "x-forwarded-for": `${at}:${"y".repeat(450)}` } });
    }
    expect(lines().length).toBeLessThanOrEqual(40);
    expect(lines().join("").length).toBeLessThan(40 * 1_000);
  });
});

describe("with PUBLIC_URL", () => {
  beforeAll(async () => {
    await server.close();
    server = await bootServer({ production: true, publicUrl: "https://fracas.example" });
    warned = vi.spyOn(log, "warn");
  });

  test("[ADVICE-6] a page of another origin: PUBLIC_URL as it is, and ALLOWED_ORIGINS", async () => {
    // Origins of other tests have used the quota up.
    const later = vi.spyOn(performance, "now").mockReturnValue(performance.now() + INTERVAL_MS);
    await new Guest(server, { origin: "https://www.fracas.example" }).askSeat();
    later.mockRestore();
    const about = lines().filter((line) => line.includes("https://www.fracas.example"));
    expect(about).toEqual([expect.stringMatching(/PUBLIC_URL is https:\/\/fracas.example.*ALLOWED_ORIGINS/)]);
  });
});

describe("in development", () => {
  beforeAll(async () => {
    await server.close();
    server = await bootServer();
    warned = vi.spyOn(log, "warn");
  });

  test("[ADVICE-7] a name of /etc/hosts for this machine: PUBLIC_URL, for a page and for a program", async () => {
    const host = `fracas.test:${server.port}`;
    for (const headers of [{ host, origin: `http://${host}` }, { host: "other.test" }]) {
      expect((await ask(server, "/api/rooms/BCDFG", { headers })).status).toBe(403);
      expect(lines()).toEqual([expect.stringMatching(/name that is not its own.*PUBLIC_URL/)]);
      warned.mockClear();
    }
  });
});

describe("lines by themselves", () => {
  const from = (remoteAddress: string) => ({ socket: { remoteAddress } }) as unknown as IncomingMessage;

  test("[ADVICE-8] an address that exceeds a bound: TRUSTED_PROXIES and X-Forwarded-For, once", () => {
    for (let tried = 0; tried < 3; tried++) adviseOnCrowd("203.0.113.7", "connections");
    expect(lines()).toEqual([expect.stringMatching(/203.0.113.7.*TRUSTED_PROXIES.*X-Forwarded-For/)]);
  });

  test("[ADVICE-9] what strangers send does not silence the line on a proxy of this machine or its network", () => {
    const later = vi.spyOn(performance, "now").mockReturnValue(performance.now() + 2 * INTERVAL_MS);
    for (let at = 0; at < 100; at++) adviseOnForwarded(from("203.0.113.7"), "x-real-ip", `stranger ${at}`);
    for (const near of ["127.0.0.1", "::ffff:192.168.0.1", "fd00::1"]) {
      warned.mockClear();
      adviseOnForwarded(from(near), "x-real-ip", `proxy ${near}`);
      expect(lines()).toEqual([expect.stringContaining(`proxy ${near}`)]);
    }
    later.mockRestore();
  });
});
