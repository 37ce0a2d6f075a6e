/** Tokens between visits on a booted server: renewal, revocation, and a new secret that takes the place of the old one. */
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { decodeJwt, SignJWT } from "jose";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { formerSecretIn } from "#server/services/formerSecret.ts";
import { createIdentityService } from "#server/services/identity.ts";
import { openDatabase } from "#server/store/database/database.ts";
import { bootServer, type TestServer } from "#server/testing/bootServer.ts";
import { Device } from "#server/testing/device.ts";
import { ROUTE } from "#shared/protocol/http.ts";

const [OLD, NEW] = [
  "the secret of yesterday, long enough for it",
  "the secret of today, which is as long as that",
];
const DAY_SEC = 86_400;
const nowSec = () => Math.floor(Date.now() / 1000);

let folder: string;
let server: TestServer | undefined;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "fracas-session-"));
});
afterEach(async () => {
  await server?.close();
  server = undefined;
  await rm(folder, { recursive: true, force: true });
});

const boot = async (rules: Parameters<typeof bootServer>[0] = {}) => {
  server = await bootServer({
    ...{ production: true, trustedProxies: ["127.0.0.1"], dataDir: folder, jwtSecret: NEW },
    ...rules,
  });
  return server;
};

/** As the server signs it, issued and expiring so many seconds ago. */
const tokenOf = (sub: string, expiredSec: number, { secret = NEW, lifeSec = DAY_SEC } = {}) =>
  new SignJWT()
    .setProtectedHeader({ alg: "HS256" })
    .setSubject(sub)
    .setIssuer("fracas")
    .setIssuedAt(nowSec() - expiredSec - lifeSec)
    .setExpirationTime(nowSec() - expiredSec)
    .sign(new TextEncoder().encode(secret));

const idOf = (device: Device) => decodeJwt(device.token ?? "").sub;

async function renew(device: Device) {
  const reply = await device.post<{ token: string; error: string }>(ROUTE.identity);
  if (reply.status === 200) device.token = reply.body.token;
  return reply.status;
}

describe("a renewal", () => {
  test("[SESSION-1] answers a fresh token of the same identity, for 180 days after the old one has expired", async () => {
    const booted = await boot();
    for (const [expiredSec, status] of [
      [-DAY_SEC, 200],
      [1, 200],
      [179 * DAY_SEC, 200],
      [181 * DAY_SEC, 401],
    ] as const) {
      const device = new Device(booted, { token: await tokenOf("somebody", expiredSec) });
      expect((await device.get(ROUTE.me)).status).toBe(expiredSec < 0 ? 200 : 401);
      expect(await renew(device)).toBe(status);
      if (status !== 200) continue;
      expect(idOf(device)).toBe("somebody");
      const { iat = 0, exp = 0 } = decodeJwt(device.token ?? "");
      expect([exp - iat, nowSec() - iat < 60]).toEqual([DAY_SEC, true]);
      expect((await device.get(ROUTE.me)).status).toBe(200);
    }
  });

  test.each([
    ["another secret", () => tokenOf("somebody", 1, { secret: OLD })],
    ["garbage", async () => "garbage"],
    ["no signature", async () => (await tokenOf("somebody", 1)).split(".").slice(0, 2).join(".")],
    ["the bots' token", async () => "the bots of this test"],
  ])("[SESSION-2] is refused with %s, and draws no identity", async (_what, token) => {
    const device = new Device(await boot({ botToken: "the bots of this test" }), { token: await token() });
    expect(await renew(device)).toBe(401);
  });

  test("[SESSION-3] tokens that earlier versions issued for 90 days stay valid", async () => {
    const booted = await boot();
    const device = new Device(booted, {
      token: await tokenOf("somebody", -60 * DAY_SEC, { lifeSec: 90 * DAY_SEC }),
    });
    expect((await device.get(ROUTE.me)).status).toBe(200);
    expect(await renew(device)).toBe(200);
  });

  test("[SESSION-4] is limited by identity, and does not count as a new one", async () => {
    const device = await Device.fresh(await boot());
    const statuses: number[] = [];
    for (let time = 0; time < 61; time++) statuses.push(await renew(device));
    expect(statuses.filter((status) => status === 200)).toHaveLength(60);
    expect(statuses.at(-1)).toBe(429);
  });

  test("[SESSION-5] works by signature while nothing can be stored, and what needs the store says when to ask again", async () => {
    await writeFile(join(folder, "file"), "");
    const booted = await boot({ dataDir: join(folder, "file", "data") });
    const device = await Device.fresh(booted);
    const id = idOf(device);
    expect(await renew(device)).toBe(200);
    expect(idOf(device)).toBe(id);
    expect((await device.guest.askSeat()).status).toBe(200);
    for (const [route, body] of [
      [ROUTE.accountName, { name: "Ann" }],
      [ROUTE.transfer, undefined],
      [ROUTE.signOut, { everywhere: true }],
      [ROUTE.signInTransfer, { code: "ABCDEFGH" }],
      [ROUTE.accountDelete, { name: "Ann" }],
    ] as const) {
      const { status, headers } = await device.post(route, body);
      expect([status, Number(headers["retry-after"]) > 0]).toEqual([503, true]);
    }
    expect((await device.get(ROUTE.me)).status).toBe(503);
  });
});

describe("a device that was signed out", () => {
  test("[SESSION-6] stays so after a restart, for tokens of any age", async () => {
    const first = await boot();
    const device = await Device.fresh(first);
    const [id, { token }] = [idOf(device) ?? "", device];
    await device.change(ROUTE.signOut, { everywhere: false });
    await first.close();
    const second = await boot();
    for (const old of [token ?? "", await tokenOf(id, -60 * DAY_SEC, { lifeSec: 90 * DAY_SEC })]) {
      const returned = new Device(second, { token: old });
      expect((await returned.get(ROUTE.me)).status).toBe(401);
      expect(await renew(returned)).toBe(401);
    }
    const expired = new Device(second, { token: await tokenOf(id, 100 * DAY_SEC) });
    expect(await renew(expired)).toBe(401);
  });

  test("[SESSION-7] at another process of the same database is refused here at renewal", async () => {
    const booted = await boot();
    const device = await Device.fresh(booted);
    await device.name("Ann");
    const database = openDatabase({ kind: "sqlite", path: join(folder, "fracas.db") });
    await database.db.updateTable("identity").set({ revokedAt: Date.now() }).execute();
    await database.close();
    expect(await renew(device)).toBe(401);
  });
});

describe("a new JWT_SECRET", () => {
  test("[SESSION-8] accepts tokens of the old one for a day, over restarts, and signs with the new one", async () => {
    const first = await boot({ jwtSecret: OLD });
    const device = await Device.fresh(first);
    const id = idOf(device);
    await device.name("Ann");
    await first.close();
    const rules = { jwtSecret: NEW, jwtSecretOld: OLD };
    const second = await boot(rules);
    const old = new Device(second, { ...(device.token && { token: device.token }) });
    expect((await old.me()).name).toBe("Ann");
    expect(await renew(old)).toBe(200);
    expect(idOf(old)).toBe(id);
    expect(await createIdentityService(NEW).read(old.token ?? "")).toBe(id);
    await second.close();
    const since = Date.now();
    vi.useFakeTimers({ toFake: ["Date"] });
    try {
      vi.setSystemTime(since + 0.9 * DAY_SEC * 1000);
      const third = await boot(rules);
      const unrenewed = () => tokenOf("somebody", -60, { secret: OLD });
      expect((await new Device(third, { token: await unrenewed() }).get(ROUTE.me)).status).toBe(200);
      vi.setSystemTime(since + 1.01 * DAY_SEC * 1000);
      expect((await new Device(third, { token: await unrenewed() }).get(ROUTE.me)).status).toBe(401);
      await third.close();
      const fourth = await boot(rules);
      expect((await new Device(fourth, { token: await unrenewed() }).get(ROUTE.me)).status).toBe(401);
      expect(await renew(new Device(fourth, { token: await unrenewed() }))).toBe(401);
    } finally {
      vi.useRealTimers();
    }
  });

  test("[SESSION-9] without JWT_SECRET_OLD makes strangers of all", async () => {
    const device = new Device(await boot(), { token: await tokenOf("somebody", -60, { secret: OLD }) });
    expect((await device.get(ROUTE.me)).status).toBe(401);
  });

  test("[SESSION-10] the day of an old secret begins with its first start, is stored without it, and begins anew for another", async () => {
    const start = 1_000_000_000_000;
    const untilMs = start + DAY_SEC * 1000;
    expect(formerSecretIn(folder, OLD, start)).toEqual({ secret: OLD, untilMs });
    expect(formerSecretIn(folder, OLD, start + 5000)).toEqual({ secret: OLD, untilMs });
    expect(formerSecretIn(folder, OLD, untilMs + 1)).toBeUndefined();
    expect(await readFile(join(folder, "jwt-rotation"), "utf8")).not.toContain(OLD);
    expect(formerSecretIn(folder, NEW, untilMs + 1)).toMatchObject({ secret: NEW });
  });
});
