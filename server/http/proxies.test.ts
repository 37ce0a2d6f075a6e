import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Answer, type Asking, ask, askRaw, Guest, statusOf } from "#server/testing/asking.ts";
import { bootServer, type TestServer } from "#server/testing/bootServer.ts";
import { PROXY_NAMES, startProxy, type TestProxy } from "#server/testing/proxies.ts";
import { pathTo, ROUTE } from "#shared/protocol/http.ts";
import { ROOM } from "#shared/protocol/names.ts";
import { REFUSAL } from "#shared/protocol/refusal.ts";

const PUBLIC_URL = "https://fracas.example";
let server: TestServer;

beforeAll(async () => {
  server = await bootServer({ production: true, publicUrl: PUBLIC_URL, trustedProxies: ["127.0.0.1"] });
});
afterAll(() => server.close());

describe.each(PROXY_NAMES)("%s, configured as docs/proxies.md says", (name) => {
  let proxy: TestProxy;
  /** The server as clients see it: through the proxy. */
  let seen: TestServer;

  beforeAll(async () => {
    proxy = await startProxy(name, server.port);
    seen = { ...server, url: proxy.url, port: proxy.port };
  });
  afterAll(() => proxy.close());

  const create = (from: string, asking: Asking = {}): Promise<Answer> =>
    ask(seen, pathTo(ROUTE.matchmake, { method: "create", room: ROOM.arena }), {
      method: "POST",
      from,
      body: "{}",
      ...asking,
      headers: { origin: PUBLIC_URL, "content-type": "application/json", ...asking.headers },
    });

  test("[PROXY-1] passes the page, and a game with its patches", async () => {
    const page = await ask(seen, "/");
    expect(page.status).toBe(200);
    expect(page.body).toContain("<title>Fracas</title>");

    const room = await new Guest(seen, { origin: PUBLIC_URL }).play();
    const { tick } = room.state;
    await new Promise<void>((resolve) => room.onStateChange(() => room.state.tick > tick && resolve()));
    await room.leave();
  });

  test("[PROXY-2] lets limits count each client, whatever address it claims to have", async () => {
    // Each proxy gets clients of its own, because the limits count on.
    const first = `127.0.${PROXY_NAMES.indexOf(name)}.2`;
    const other = `127.0.${PROXY_NAMES.indexOf(name)}.3`;
    let answer = await create(first);
    for (let tries = 1; answer.status === 200 && tries < 50; tries++) answer = await create(first);
    expect(answer.status).toBe(REFUSAL.tooMany);
    expect((await create(first, { headers: { "x-forwarded-for": "198.51.100.7" } })).status).toBe(
      REFUSAL.tooMany,
    );
    expect((await create(other)).status).toBe(200);
  });
});

describe("checks of proxies", () => {
  test("[PROXY-3] HAProxy's default check, OPTIONS in HTTP/1.0 without a Host header, is answered", async () => {
    expect(statusOf(await askRaw(server, "OPTIONS / HTTP/1.0\r\n\r\n"))).toBe(204);
    expect(statusOf(await askRaw(server, "GET /readyz HTTP/1.0\r\n\r\n"))).toBe(200);
  });
});
