/** Forged, expired and valid identity tokens on a booted server, and the service that issues and reads them. */
import { createHmac } from "node:crypto";
import { matchMaker } from "@colyseus/core";
import { decodeJwt, generateKeyPair, SignJWT } from "jose";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { type Answer, ask, freshAddress, Guest } from "#server/testing/asking.ts";
import { bootServer, type TestServer, until } from "#server/testing/bootServer.ts";
import { createIdentityService } from "./identity.ts";

const SECRET = "the secret that signs in this test, and in no other";
const SECRETS = {
  jwtSecret: SECRET,
  botToken: "the bots' token of this test",
  metricsToken: "the metrics' token of this test",
  adminPassword: "the password of this test",
};

let server: TestServer;
beforeAll(async () => {
  server = await bootServer({ production: true, trustedProxies: ["127.0.0.1"], ...SECRETS });
});
afterAll(() => server.close());

const base64 = (value: unknown) => Buffer.from(JSON.stringify(value)).toString("base64url");
const inSec = (sec: number) => Math.floor(Date.now() / 1000) + sec;
const PLAYER = { sub: "somebody", iss: "fracas", iat: inSec(0), exp: inSec(60) };

const HEAD = { alg: "HS256" };

/** A token with any header, signed by HMAC. */
function signed(head: object, payload: object = PLAYER, secret = SECRET, hash = "sha256"): string {
  const text = `${base64(head)}.${base64(payload)}`;
  return `${text}.${createHmac(hash, secret).update(text).digest("base64url")}`;
}
const without = (claim: keyof typeof PLAYER) => ({ ...PLAYER, [claim]: undefined });

/** A token signed with a fresh key pair. */
async function signedByPair(alg: string): Promise<string> {
  const { privateKey } = await generateKeyPair(alg);
  return new SignJWT(PLAYER).setProtectedHeader({ alg }).sign(privateKey);
}

/** Other claims under the signature of a valid token. */
function withPayloadChanged(): string {
  const [head, , signature] = signed(HEAD).split(".");
  return `${head}.${base64({ ...PLAYER, sub: "somebody else" })}.${signature}`;
}

const FORGED: [what: string, token: () => string | Promise<string>][] = [
  ["signed with another key", () => signed(HEAD, PLAYER, "another secret, which is as long as ours")],
  ["signed with no key", () => signed(HEAD, PLAYER, "")],
  ["expired a minute ago", () => signed(HEAD, { ...PLAYER, exp: inSec(-60) })],
  ["valid from tomorrow on", () => signed(HEAD, { ...PLAYER, nbf: inSec(86_400) })],
  ["alg: none", () => `${base64({ alg: "none" })}.${base64(PLAYER)}.`],
  ["alg: None", () => `${base64({ alg: "None" })}.${base64(PLAYER)}.`],
  ["alg: none, with a valid signature", () => signed({ alg: "none" })],
  ["no alg", () => signed({})],
  ["HS512 with the same secret", () => signed({ alg: "HS512" }, PLAYER, SECRET, "sha512")],
  ["HS384 with the same secret", () => signed({ alg: "HS384" }, PLAYER, SECRET, "sha384")],
  ["HS512, signed as HS256 is", () => signed({ alg: "HS512" })],
  ["RS256", () => signedByPair("RS256")],
  ["EdDSA", () => signedByPair("EdDSA")],
  ["a key in its header", () => signed({ ...HEAD, jwk: { kty: "oct", k: "" } }, PLAYER, "")],
  ["an unknown critical extension", () => signed({ ...HEAD, crit: ["mercy"], mercy: true })],
  ["without sub", () => signed(HEAD, without("sub"))],
  ["without exp", () => signed(HEAD, without("exp"))],
  ["without iss", () => signed(HEAD, without("iss"))],
  ["another issuer", () => signed(HEAD, { ...PLAYER, iss: "fracas.example" })],
  ["an exp that is text", () => signed(HEAD, { ...PLAYER, exp: "tomorrow" })],
  ["claims in an array", () => signed(HEAD, [PLAYER])],
  ["claims changed after they were signed", withPayloadChanged],
  ["a truncated signature", () => signed(HEAD).slice(0, -4)],
  ["without a signature", () => signed(HEAD).split(".").slice(0, 2).join(".")],
  ["garbage", () => "garbage"],
  ["three parts of garbage", () => "a.b.c"],
  ["dots", () => ".."],
  ["the secret itself", () => SECRET],
  ["another secret of the server", () => SECRETS.metricsToken],
];

/** Reserved and taken seats of all rooms. */
async function seats(): Promise<number> {
  const rooms = await matchMaker.query({});
  return rooms.reduce((sum, { clients }) => sum + clients, 0);
}

describe("a booted server", () => {
  const refusal = "This token is not valid here, or no longer: reload the page.";

  test.each(FORGED)(
    "[EDGE-TOKEN-1] matchmaking and handshake answer this token with 401: %s",
    async (_what, forge) => {
      const token = await forge();
      const before = await seats();
      const guest = new Guest(server, { token });
      for (const method of ["joinOrCreate", "create"]) {
        const answer = await guest.askSeat({}, method);
        expect(answer).toMatchObject({ status: 401, body: JSON.stringify({ code: 401, error: refusal }) });
      }
      expect(await guest.askSeat({ reconnectionToken: "any" }, "reconnect", "room")).toMatchObject({
        status: 401,
      });
      expect(await seats()).toBe(before);
      const nobody = { processId: "process", roomId: "room", sessionId: "nobody" };
      expect(await guest.knock(nobody)).toMatchObject({ status: 401, body: refusal });
    },
  );

  test("[EDGE-TOKEN-2] a handshake with a bad token is refused, and leaves the seat to the one with the good token", async () => {
    const own = new Guest(server, { token: signed(HEAD) });
    const seat = await own.reserve();
    const forger = new Guest(server, { token: signed({ alg: "none" }) });
    expect((await forger.knock(seat)).status).toBe(401);
    const taken = await own.knock(seat);
    expect(taken.status).toBe(101);
    taken.socket?.destroy();
  });

  test("[EDGE-TOKEN-3] a player with an issued token gets a seat", async () => {
    const { body } = await new Guest(server).post("/api/identity");
    const player = await new Guest(server, { token: JSON.parse(body).token }).play({ name: "Ann" });
    await until("the game runs", () => player.state.tick > 0);
    await player.leave();
  });

  test("[EDGE-TOKEN-4] a made-up reconnection token does not replace a valid token", async () => {
    const own = new Guest(server);
    const seat = await own.reserve();
    const forger = new Guest(server, { token: "garbage" });
    expect((await forger.knock(seat, { reconnectionToken: "madeUp" })).status).toBe(401);
    const taken = await own.knock(seat);
    expect(taken.status).toBe(101);
    taken.socket?.destroy();
  });

  test("[EDGE-TOKEN-5] no answer contains a secret", async () => {
    const headers = { origin: server.url, "x-forwarded-for": freshAddress() };
    const basic = (password: string) => `Basic ${Buffer.from(`admin:${password}`).toString("base64")}`;
    const admin = { authorization: basic(SECRETS.adminPassword) };
    const metrics = { authorization: `Bearer ${SECRETS.metricsToken}` };
    const answers: Answer[] = [
      ...(await Promise.all(
        FORGED.map(async ([, forge]) => new Guest(server, { token: await forge() }).askSeat()),
      )),
      ...(await Promise.all(
        ["/", "/healthz", "/readyz", "/nowhere", "/%"].map((path) => ask(server, path, { headers })),
      )),
      await ask(server, "/metrics", { headers }),
      await ask(server, "/metrics", { headers: metrics }),
      await ask(server, "/admin", { headers }),
      await ask(server, "/admin", { headers: { authorization: basic("guess") } }),
      await ask(server, "/admin/", { headers: admin }),
      await ask(server, "/admin/api", { headers: admin }),
      await new Guest(server).post("/api/identity"),
      await new Guest(server, { token: SECRETS.botToken, origin: null }).askSeat(),
    ];
    expect(answers.filter(({ status }) => status === 200).length).toBeGreaterThanOrEqual(8);
    const texts = answers
      .map(({ status, headers, body }) => JSON.stringify({ status, headers, body }))
      .join("\n");
    for (const secret of Object.values(SECRETS)) {
      expect(texts).not.toContain(secret);
      expect(texts).not.toContain(Buffer.from(secret).toString("base64").replace(/=+$/, ""));
    }
  });

  test("[EDGE-TOKEN-6] an answer with a token forbids caching", async () => {
    const { headers } = await new Guest(server).post("/api/identity");
    expect(headers["cache-control"]).toBe("no-store");
  });
});

describe("createIdentityService", () => {
  test("[EDGE-TOKEN-7] each issued token has an id of its own, which reads back the same", async () => {
    const identities = createIdentityService(SECRET);
    const [one, other] = [await identities.issue(), await identities.issue()];
    const id = await identities.read(one);
    expect(id).toMatch(/^[0-9a-f-]{36}$/);
    expect(await identities.read(one)).toBe(id);
    expect(await createIdentityService(SECRET).read(one)).toBe(id);
    expect(await identities.read(other)).not.toBe(id);
  });

  test("[EDGE-TOKEN-8] without a secret each service draws its own, and reads no other's tokens", async () => {
    const [one, other] = [createIdentityService(undefined), createIdentityService(undefined)];
    const token = await one.issue();
    expect(await one.read(token)).toBeDefined();
    expect(await other.read(token)).toBeUndefined();
  });

  test("[EDGE-TOKEN-9] a token holds an id, its issuer and its dates, ninety days apart, and no personal data", async () => {
    const token = await createIdentityService(SECRET).issue();
    const [head = "", payload = ""] = token
      .split(".")
      .map((part) => Buffer.from(part, "base64url").toString());
    expect(JSON.parse(head)).toEqual({ alg: "HS256" });
    const { iat, exp, ...claims } = JSON.parse(payload);
    expect(claims).toEqual({ iss: "fracas", sub: expect.any(String) });
    expect(exp - iat).toBe(24 * 3600);
  });

  test("[EDGE-TOKEN-11] an expired token is valid while its identity has a seat, and a forged one never", async () => {
    const seated = new Set<string>();
    const identities = createIdentityService(SECRET, { hasSeat: (id) => seated.has(id) });
    const [own, forged] = [await identities.issue(), await createIdentityService("f".repeat(32)).issue()];
    const [id, forgedId] = [await identities.read(own), decodeJwt(forged).sub];
    vi.useFakeTimers({ toFake: ["Date", "performance"] });
    try {
      vi.setSystemTime(Date.now() + 365 * 86_400_000);
      expect(await identities.read(own)).toBeUndefined();
      for (const each of [id, forgedId]) seated.add(String(each));
      // Nobody asks for the seat of an identity more than once a second.
      vi.advanceTimersByTime(1_001);
      expect(await identities.read(own)).toBe(id);
      expect(await identities.read(forged)).toBeUndefined();
    } finally {
      vi.useRealTimers();
    }
  });

  test("[EDGE-TOKEN-12] however many expired tokens are shown, few seats are asked for at once, and each once a second", async () => {
    let [asked, asking, most] = [0, 0, 0];
    const identities = createIdentityService(SECRET, {
      async hasSeat() {
        asked++;
        most = Math.max(most, ++asking);
        await new Promise(setImmediate);
        asking--;
        return true;
      },
    });
    const tokens = await Promise.all(Array.from({ length: 100 }, () => identities.issue()));
    vi.useFakeTimers({ toFake: ["Date", "performance"] });
    try {
      vi.setSystemTime(Date.now() + 365 * 86_400_000);
      const shown = [...tokens, ...tokens, ...tokens].map((token) => identities.read(token));
      expect((await Promise.all(shown)).every((id) => id !== undefined)).toBe(true);
      expect([asked, most]).toEqual([100, 16]);
    } finally {
      vi.useRealTimers();
    }
  });

  test("[EDGE-TOKEN-10] a token is valid for a day, and renewable for 180 more", async () => {
    const identities = createIdentityService(SECRET);
    vi.useFakeTimers({ toFake: ["Date"] });
    try {
      const token = await identities.issue();
      const id = await identities.read(token);
      expect(id).toBeDefined();
      const pass = (days: number) => vi.setSystemTime(Date.now() + days * 86_400_000);
      pass(0.99);
      expect(await identities.read(token)).toBe(id);
      pass(0.02);
      expect(await identities.read(token)).toBeUndefined();
      expect(await identities.readRenewable(token)).toBe(id);
      pass(179.9);
      expect(await identities.readRenewable(token)).toBe(id);
      pass(0.2);
      expect(await identities.readRenewable(token)).toBeUndefined();
    } finally {
      vi.useRealTimers();
    }
  });
});
