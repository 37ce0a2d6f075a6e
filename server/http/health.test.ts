/** /healthz, /readyz and /metrics, and requests to a server that is about to close. */
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { ServerConfig } from "#server/config.ts";
import { ask, Guest } from "#server/testing/asking.ts";
import { type ArenaClient, bootServer, type TestServer, until } from "#server/testing/bootServer.ts";

const BOT_TOKEN = "the bots of this test";
const METRICS_TOKEN = "the metrics of this test";
const BACK_IN_SEC = 15;

let server: TestServer;
const useServer = (rules: Partial<ServerConfig>) => {
  beforeAll(async () => {
    server = await bootServer({ trustedProxies: ["127.0.0.1"], ...rules });
  });
  afterAll(() => server.close());
};

describe("closing", () => {
  useServer({ production: true, botToken: BOT_TOKEN });
  let ann: ArenaClient;
  beforeAll(async () => {
    ann = await new Guest(server).play({ name: "Ann" });
    ann.reconnection.enabled = false;
  });

  test("[EDGE-HEALTH-1] is alive and ready while it accepts players, for any address", async () => {
    for (const from of ["127.0.0.1", "127.0.0.2"]) {
      expect(await ask(server, "/healthz", { from })).toMatchObject({ status: 200, body: "ok\n" });
      expect(await ask(server, "/readyz", { from })).toMatchObject({ status: 200, body: "ready\n" });
    }
  });

  test("[EDGE-HEALTH-2] is alive and not ready before it closes, and refuses newcomers with a Retry-After", async () => {
    const reserved = new Guest(server);
    const seat = await reserved.reserve();
    server.app.refuseJoins(BACK_IN_SEC);
    expect(await ask(server, "/healthz")).toMatchObject({ status: 200 });
    expect(await ask(server, "/readyz")).toMatchObject({ status: 503, body: "closing\n" });
    const bots = { token: BOT_TOKEN, origin: null };
    for (const method of ["joinOrCreate", "create", "join", "joinById"]) {
      for (const guest of [new Guest(server), new Guest(server, bots)]) {
        expect(await guest.askSeat({}, method)).toMatchObject({
          status: 503,
          headers: { "retry-after": String(BACK_IN_SEC) },
          body: JSON.stringify({ code: 503, error: "The server is about to restart." }),
        });
      }
    }
    // A seat that was reserved before can still be taken.
    const taken = await reserved.knock(seat);
    expect(taken.status).toBe(101);
    taken.socket?.destroy();
  });

  test("[EDGE-HEALTH-3] does not count requests while it closes: pages poll until the server is back", async () => {
    const page = new Guest(server);
    for (let asked = 0; asked < 100; asked++) expect((await page.askSeat()).status).toBe(503);
  });

  test("[EDGE-HEALTH-4] players keep playing and may reconnect while it closes", async () => {
    const room = server.roomOf(ann);
    const [roomId = "", key = ""] = ann.reconnectionToken.split(":");
    const { tick } = ann.state;
    await until("Ann receives later ticks", () => ann.state.tick > tick);
    server.cut(ann);
    await until("she is away", () => room.state.roster.get(ann.sessionId)?.connected === false);
    const back = new Guest(server);
    const seat = await back.reserve({ reconnectionToken: key }, "reconnect", roomId);
    const taken = await back.knock(seat, { reconnectionToken: key });
    await until("she is back", () => room.state.roster.get(ann.sessionId)?.connected === true);
    taken.socket?.destroy();
  });
});

describe("/metrics", () => {
  const NOTHING = { status: 404, body: '{"code":404,"error":"There is nothing here."}' };
  const bearer = (token: string) => ({ headers: { authorization: `Bearer ${token}` } });
  const isText = {
    status: 200,
    headers: { "content-type": expect.stringMatching(/^text\/plain/) },
    body: expect.stringContaining("process_cpu_seconds_total"),
  };

  describe.each([true, false])("with a token, production: %s", (production) => {
    useServer({ production, metricsToken: METRICS_TOKEN, botToken: BOT_TOKEN });

    test("[EDGE-METRICS-1] answers the token from any address", async () => {
      expect(await ask(server, "/metrics", bearer(METRICS_TOKEN))).toMatchObject(isText);
      expect(await ask(server, "/metrics", { ...bearer(METRICS_TOKEN), from: "127.0.0.9" })).toMatchObject(
        isText,
      );
    });

    test.each([
      ["no token", {}],
      ["a wrong token", bearer("not the metrics of this test")],
      ["a prefix of the token", bearer(METRICS_TOKEN.slice(0, -1))],
      ["the bots' token", bearer(BOT_TOKEN)],
      ["the token without a scheme", { headers: { authorization: METRICS_TOKEN } }],
      ["the token with another scheme", { headers: { authorization: `Basic ${METRICS_TOKEN}` } }],
    ])("[EDGE-METRICS-2] is 404 with %s", async (_what, asking) => {
      expect(await ask(server, "/metrics", asking)).toMatchObject(NOTHING);
      expect(await ask(server, `/metrics?token=${encodeURIComponent(METRICS_TOKEN)}`)).toMatchObject(NOTHING);
    });

    test("[EDGE-METRICS-3] counts refusals by fixed reasons, never by a visitor's text", async () => {
      await ask(server, "/nowhere");
      await ask(server, "/%3Cmarked%3E");
      const { body } = await ask(server, "/metrics", bearer(METRICS_TOKEN));
      expect(body).toMatch(/^fracas_refused_total\{reason="http: 404"\} [1-9]/m);
      expect(body).not.toContain("marked");
    });
  });

  describe("without a token, in production", () => {
    useServer({ production: true });
    test("[EDGE-METRICS-4] is 404 even for this machine", async () => {
      for (const asking of [{}, bearer(""), bearer("undefined"), { from: "127.0.0.9" }]) {
        expect(await ask(server, "/metrics", asking)).toMatchObject(NOTHING);
      }
    });
  });

  describe("without a token, in development", () => {
    useServer({ production: false });
    test("[EDGE-METRICS-5] answers this machine", async () => {
      expect(await ask(server, "/metrics")).toMatchObject(isText);
    });

    test.each<[what: string, headers: Record<string, string>]>([
      ["a stranger behind the proxy", { "x-forwarded-for": "192.0.2.1" }],
      ["a client that claims loopback", { "x-forwarded-for": "127.0.0.1" }],
      ["a client whose proxy sends Forwarded", { forwarded: "for=127.0.0.1" }],
    ])("[EDGE-METRICS-6] is 404 for %s", async (_what, headers) => {
      expect(await ask(server, "/metrics", { headers })).toMatchObject(NOTHING);
    });
  });
});
