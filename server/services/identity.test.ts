/** Tokens that are not ours, not for now or not signed as we sign: they open nothing, and nothing secret is told. */
import { createHmac } from "node:crypto";
import { matchMaker } from "@colyseus/core";
import { generateKeyPair, SignJWT } from "jose";
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

/** A token by hand: whatever its head says, signed by HMAC. */
function signed(head: object, payload: object = PLAYER, secret = SECRET, hash = "sha256"): string {
  const text = `${base64(head)}.${base64(payload)}`;
  return `${text}.${createHmac(hash, secret).update(text).digest("base64url")}`;
}
const without = (claim: keyof typeof PLAYER) => ({ ...PLAYER, [claim]: undefined });

/** By somebody with a key pair of their own. */
async function signedByPair(alg: string): Promise<string> {
  const { privateKey } = await generateKeyPair(alg);
  return new SignJWT(PLAYER).setProtectedHeader({ alg }).sign(privateKey);
}

/** Somebody else's claims under the signature of one of ours. */
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
  ["alg: none, with a signature of ours", () => signed({ alg: "none" })],
  ["no alg", () => signed({})],
  ["HS512 with the same secret", () => signed({ alg: "HS512" }, PLAYER, SECRET, "sha512")],
  ["HS384 with the same secret", () => signed({ alg: "HS384" }, PLAYER, SECRET, "sha384")],
  ["HS512, signed as HS256 is", () => signed({ alg: "HS512" })],
  ["RS256", () => signedByPair("RS256")],
  ["EdDSA", () => signedByPair("EdDSA")],
  ["its own key in its head", () => signed({ ...HEAD, jwk: { kty: "oct", k: "" } }, PLAYER, "")],
  ["a critical extension that nobody knows", () => signed({ ...HEAD, crit: ["mercy"], mercy: true })],
  ["without sub", () => signed(HEAD, without("sub"))],
  ["without exp", () => signed(HEAD, without("exp"))],
  ["without iss", () => signed(HEAD, without("iss"))],
  ["of another issuer", () => signed(HEAD, { ...PLAYER, iss: "fracas.example" })],
  ["an exp that is text", () => signed(HEAD, { ...PLAYER, exp: "tomorrow" })],
  ["claims in a list", () => signed(HEAD, [PLAYER])],
  ["claims changed after they were signed", withPayloadChanged],
  ["a signature cut short", () => signed(HEAD).slice(0, -4)],
  ["without a signature", () => signed(HEAD).split(".").slice(0, 2).join(".")],
  ["garbage", () => "garbage"],
  ["three times garbage", () => "a.b.c"],
  ["dots", () => ".."],
  ["the secret itself", () => SECRET],
  ["another secret of ours", () => SECRETS.metricsToken],
];

/** Seats that are reserved or taken. */
async function seats(): Promise<number> {
  const rooms = await matchMaker.query({});
  return rooms.reduce((sum, { clients }) => sum + clients, 0);
}

describe("over the wire", () => {
  const refusal = "This token is not valid here, or no longer: reload the page.";

  test.each(FORGED)("[EDGE-TOKEN-1] %s: 401, no seat, no handshake", async (_what, forge) => {
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
  });

  test("[EDGE-TOKEN-2] a handshake is judged by its own token; the seat waits for the good one", async () => {
    const own = new Guest(server, { token: signed(HEAD) });
    const seat = await own.reserve();
    const forger = new Guest(server, { token: signed({ alg: "none" }) });
    expect((await forger.knock(seat)).status).toBe(401);
    const taken = await own.knock(seat);
    expect(taken.status).toBe(101);
    taken.socket?.destroy();
  });

  test("[EDGE-TOKEN-3] a token that the server gave out gets a seat, and plays", async () => {
    const { body } = await new Guest(server).post("/api/identity");
    const player = await new Guest(server, { token: JSON.parse(body).token }).play({ name: "Ann" });
    await until("it plays", () => player.state.tick > 0);
    await player.leave();
  });

  test("[EDGE-TOKEN-4] a reconnection token that is made up does not make up for a bad token", async () => {
    const own = new Guest(server);
    const seat = await own.reserve();
    const forger = new Guest(server, { token: "garbage" });
    expect((await forger.knock(seat, { reconnectionToken: "madeUp" })).status).toBe(401);
    const taken = await own.knock(seat);
    expect(taken.status).toBe(101);
    taken.socket?.destroy();
  });

  test("[EDGE-TOKEN-5] no answer tells a secret, whatever it refuses and whoever asks", async () => {
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
    const told = answers
      .map(({ status, headers, body }) => JSON.stringify({ status, headers, body }))
      .join("\n");
    for (const secret of Object.values(SECRETS)) {
      expect(told).not.toContain(secret);
      expect(told).not.toContain(Buffer.from(secret).toString("base64").replace(/=+$/, ""));
    }
  });

  test("[EDGE-TOKEN-6] a token is never kept by a cache between", async () => {
    const { headers } = await new Guest(server).post("/api/identity");
    expect(headers["cache-control"]).toBe("no-store");
  });
});

describe("by rule", () => {
  test("[EDGE-TOKEN-7] what is issued is read as the same id, each time another one", async () => {
    const identities = createIdentityService(SECRET);
    const [one, other] = [await identities.issue(), await identities.issue()];
    const id = await identities.read(one);
    expect(id).toMatch(/^[0-9a-f-]{36}$/);
    expect(await identities.read(one)).toBe(id);
    expect(await createIdentityService(SECRET).read(one)).toBe(id);
    expect(await identities.read(other)).not.toBe(id);
  });

  test("[EDGE-TOKEN-8] without a secret each process has its own, and reads no other's", async () => {
    const [one, other] = [createIdentityService(undefined), createIdentityService(undefined)];
    const token = await one.issue();
    expect(await one.read(token)).toBeDefined();
    expect(await other.read(token)).toBeUndefined();
  });

  test("[EDGE-TOKEN-9] a token holds an id, who issued it and until when: ninety days, and nothing of anybody", async () => {
    const token = await createIdentityService(SECRET).issue();
    const [head = "", payload = ""] = token
      .split(".")
      .map((part) => Buffer.from(part, "base64url").toString());
    expect(JSON.parse(head)).toEqual({ alg: "HS256" });
    const { iat, exp, ...claims } = JSON.parse(payload);
    expect(claims).toEqual({ iss: "fracas", sub: expect.any(String) });
    expect(exp - iat).toBe(90 * 24 * 3600);
  });

  test("[EDGE-TOKEN-10] it ends after ninety days, and not a day before", async () => {
    const identities = createIdentityService(SECRET);
    vi.useFakeTimers({ toFake: ["Date"] });
    try {
      const token = await identities.issue();
      vi.setSystemTime(Date.now() + 89 * 86_400_000);
      expect(await identities.read(token)).toBeDefined();
      vi.setSystemTime(Date.now() + 2 * 86_400_000);
      expect(await identities.read(token)).toBeUndefined();
    } finally {
      vi.useRealTimers();
    }
  });
});
