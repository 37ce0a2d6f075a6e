/** Signing in by a real OpenID provider on loopback. */
import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createOpenId } from "#server/services/accounts/openId.ts";
import { ask, freshAddress } from "#server/testing/asking.ts";
import { bootServer, type TestServer } from "#server/testing/bootServer.ts";
import { captureLog } from "#server/testing/captureLog.ts";
import { Device } from "#server/testing/device.ts";
import { signInAtProvider, startProvider, type TestProvider } from "#server/testing/openIdProvider.ts";
import type { OpenIdStart } from "#shared/protocol/account.ts";
import { ROUTE } from "#shared/protocol/http.ts";

const ORIGIN = "https://fracas.example";

let provider: TestProvider;
let server: TestServer;
beforeAll(async () => {
  provider = await startProvider(`${ORIGIN}${ROUTE.openIdCallback}`);
  server = await bootServer({
    ...{ production: true, trustedProxies: ["127.0.0.1"], publicUrl: ORIGIN },
    openIdIssuer: provider.issuer,
    openIdClientId: provider.clientId,
    openIdClientSecret: provider.clientSecret,
    openIdName: "Test ID",
  });
});
afterAll(async () => {
  await server.close();
  await provider.close();
});

const fresh = () => Device.fresh(server, { origin: ORIGIN });

const start = async (device: Device, link = false) =>
  (await device.post<OpenIdStart>(ROUTE.signInOpenId, { link })).body.url;

/** Opens the URL that the provider sends the browser to; returns the ticket, or why there is none. */
async function callBack(url: string): Promise<string> {
  const { pathname, search } = new URL(url);
  const { status, headers } = await ask(server, pathname + search, {
    headers: { "x-forwarded-for": freshAddress() },
  });
  expect([status, headers["cache-control"]]).toEqual([303, "no-store"]);
  const [, ticket] = /^\/\?signin=([\w-]+)$/.exec(headers.location ?? "") ?? [];
  if (!ticket) throw new Error(`sent to ${headers.location}`);
  return ticket;
}

async function ticketFor(device: Device, login: string, isLink = false): Promise<string> {
  return callBack(await signInAtProvider(await start(device, isLink), login));
}

const signIn = async (device: Device, login: string, isLink = false) =>
  device.change(ROUTE.signInTicket, { ticket: await ticketFor(device, login, isLink) });
const link = (device: Device, login: string) => signIn(device, login, true);

describe("an OpenID provider", () => {
  test("[OPENID-1] is asked for a code with PKCE, state and nonce, and for nothing but who it is", async () => {
    const url = new URL(await start(await fresh()));
    expect(url.origin).toBe(provider.issuer);
    expect(Object.fromEntries(url.searchParams)).toEqual({
      client_id: "fracas",
      response_type: "code",
      redirect_uri: `${ORIGIN}/api/signin/openid/callback`,
      scope: "openid",
      code_challenge: expect.stringMatching(/^[\w-]{43}$/),
      code_challenge_method: "S256",
      state: expect.stringMatching(/^[\w-]{32}$/),
      nonce: expect.stringMatching(/^[\w-]{43}$/),
    });
  });

  test("[OPENID-2] adds a way into an account, which keeps its identity, and takes another device into it", async () => {
    const device = await fresh();
    await device.name("Viktor");
    const linked = await link(device, "viktor");
    expect(linked).toMatchObject({ status: 200, body: { me: { name: "Viktor" } } });
    expect(linked.body.me.account).toMatchObject({
      openid: [
        {
          id: expect.stringContaining(`${provider.issuer} `),
          name: new URL(provider.issuer).host,
          createdAt: expect.any(Number),
          usedAt: expect.any(Number),
        },
      ],
      devices: 1,
    });
    expect(linked.body.me.offers.openid).toBe("Test ID");
    const second = await fresh();
    const { token } = second;
    expect((await signIn(second, "viktor")).body.me).toMatchObject({
      name: "Viktor",
      account: { devices: 2 },
    });
    const old = new Device(server, { origin: ORIGIN, ...(token && { token }) });
    expect(await old.get(ROUTE.me)).toMatchObject({ status: 401 });
  });

  test("[OPENID-3] of a guest is a way into what the guest did, and into the account that it becomes", async () => {
    const device = await fresh();
    expect((await signIn(device, "wanda")).body.me).toMatchObject({ name: null, account: null });
    await device.name("Wanda");
    expect((await signIn(await fresh(), "wanda")).body.me.name).toBe("Wanda");
  });

  test("[OPENID-4] is a way into one account: another one is left for it, and changes nothing of either", async () => {
    const [one, other] = [await fresh(), await fresh()];
    await one.name("Xaver");
    await other.name("Yannis");
    await link(one, "xaver");
    expect((await signIn(other, "xaver")).body.me.name).toBe("Xaver");
    expect((await one.me()).account?.openid).toHaveLength(1);
  });

  test.each([
    ["U+0000", "nil\0"],
    ["a mark of direction", "\u202eeve"],
    ["256 characters", "x".repeat(256)],
  ])("[OPENID-TEXT-1] signs nobody in by a subject with %s", async (_what, login) => {
    const device = await fresh();
    expect(await ticketFor(device, login)).toBe("failed");
    expect(await ticketFor(device, "x".repeat(255))).toMatch(/^[\w-]{32}$/);
  });

  test("[OPENID-5] that a player goes back from signs nobody in, and says so", async () => {
    const device = await fresh();
    expect(await callBack(await signInAtProvider(await start(device), "zoe", true))).toBe("cancelled");
    expect(await device.post(ROUTE.signInTicket, { ticket: "cancelled" })).toMatchObject({ status: 410 });
    expect((await device.me()).name).toBeNull();
  });
});

describe("a ticket", () => {
  test("[OPENID-6] is worth something once, and to the identity that started", async () => {
    const [device, thief] = [await fresh(), await fresh()];
    await device.name("Anton");
    await link(device, "anton");
    const stolen = await ticketFor(device, "anton");
    expect(await thief.post(ROUTE.signInTicket, { ticket: stolen })).toMatchObject({ status: 410 });
    expect(await device.post(ROUTE.signInTicket, { ticket: stolen })).toMatchObject({ status: 410 });
    const ticket = await ticketFor(device, "anton");
    const twice = await Promise.all([1, 2].map(() => device.post(ROUTE.signInTicket, { ticket })));
    expect(twice.map(({ status }) => status).sort()).toEqual([200, 410]);
    for (const wrong of ["", "x", "'; --", "failed"])
      expect(await device.post(ROUTE.signInTicket, { ticket: wrong })).toMatchObject({ status: 410 });
  });

  test("[OPENID-7] is not given for an answer that was used before, was changed, or that nobody asked for", async () => {
    const url = await signInAtProvider(await start(await fresh()), "berta");
    const changed = new URL(await signInAtProvider(await start(await fresh()), "berta"));
    changed.searchParams.set("code", "another");
    expect(await callBack(url)).toMatch(/^[\w-]{32}$/);
    expect(await callBack(url)).toBe("failed");
    expect(await callBack(changed.href)).toBe("failed");
    const path = `${ORIGIN}${ROUTE.openIdCallback}`;
    for (const query of [
      "",
      "?code=1",
      "?state=1&code=1",
      "?state=a&state=b",
      "?error=access_denied",
      "?state[]=1",
    ])
      expect(await callBack(path + query)).toBe("failed");
  });

  test("[OPENID-8] is not given for the code of one sign-in with the state of another: PKCE and nonce differ", async () => {
    const [own, stolen] = [await start(await fresh()), await start(await fresh())];
    const victim = new URL(await signInAtProvider(stolen, "carla"));
    const mine = new URL(await signInAtProvider(own, "dieter"));
    victim.searchParams.set("state", mine.searchParams.get("state") ?? "");
    expect(await callBack(victim.href)).toBe("failed");
  });
});

test("[OPENID-9] a provider that does not answer is asked again at the next sign-in", async () => {
  const redirectUri = `${ORIGIN}${ROUTE.openIdCallback}`;
  const first = await startProvider(redirectUri);
  await first.close();
  const flow = createOpenId({ ...first, publicUrl: ORIGIN });
  expect(await flow.start({ identity: "somebody", household: "here", link: false })).toBeUndefined();
  const again = await startProvider(redirectUri, Number(new URL(first.issuer).port));
  expect(await flow.start({ identity: "somebody", household: "here", link: false })).toContain(again.issuer);
  await again.close();
});

describe("a way into an account by the provider", () => {
  const subjects = async (device: Device) => (await device.me()).account?.openid ?? [];

  test("[OPENID-10] is not added by signing in with another subject: whoever has the token does not keep the account", async () => {
    const owner = await fresh();
    await owner.name("Emil");
    const thief = new Device(server, { origin: ORIGIN, ...(owner.token && { token: owner.token }) });
    expect(await signIn(thief, "mallory")).toMatchObject({
      status: 422,
      body: { error: expect.stringContaining("link it on the account screen") },
    });
    expect(await subjects(owner)).toEqual([]);
    expect((await signIn(await fresh(), "mallory")).body.me.name).toBeNull();
  });

  test("[OPENID-11] is listed with its dates, and removed by its owner", async () => {
    const [owner, other] = [await fresh(), await fresh()];
    await owner.name("Frieda");
    await other.name("Gustav");
    await link(owner, "frieda");
    const [{ id = "", createdAt = 0 } = {}] = await subjects(owner);
    expect(createdAt).toBeGreaterThan(0);
    expect(await other.post(ROUTE.credentialRemove, { id })).toMatchObject({ status: 404 });
    expect(await owner.post(ROUTE.credentialRemove, { id })).toMatchObject({
      status: 200,
      body: { account: { openid: [] } },
    });
    expect((await signIn(await fresh(), "frieda")).body.me.name).toBeNull();
  });

  test("[OPENID-12] of one account is not linked with another, and both keep theirs", async () => {
    const [one, other] = [await fresh(), await fresh()];
    await one.name("Heinz");
    await other.name("Ilse");
    await link(one, "heinz");
    expect(await link(other, "heinz")).toMatchObject({ status: 409 });
    expect((await other.me()).name).toBe("Ilse");
    expect(await subjects(other)).toEqual([]);
  });

  test("[OPENID-13] is asked for with a body that says whether to link", async () => {
    const device = await fresh();
    for (const body of [undefined, {}, { link: "yes" }, { link: true, name: "x" }, []])
      expect(await device.post(ROUTE.signInOpenId, body)).toMatchObject({ status: 400 });
  });
});

test("[OPENID-14] a HEAD for the provider's answer uses nothing up", async () => {
  const url = await signInAtProvider(await start(await fresh()), "kurt");
  const { pathname, search } = new URL(url);
  const headers = { "x-forwarded-for": freshAddress() };
  expect(await ask(server, pathname + search, { method: "HEAD", headers })).toMatchObject({
    status: 405,
    headers: { allow: "GET" },
  });
  expect(await callBack(url)).toMatch(/^[\w-]{32}$/);
});

test("[OPENID-15] players who sign in at once share one look at the provider's description", async () => {
  let looks = 0;
  const described = createServer((request, response) => {
    looks++;
    const issuer = `http://${request.headers.host}`;
    response.setHeader("Content-Type", "application/json");
    response.end(JSON.stringify({ issuer, authorization_endpoint: `${issuer}/auth` }));
  }).listen(0, "127.0.0.1");
  await once(described, "listening");
  const issuer = `http://127.0.0.1:${(described.address() as AddressInfo).port}`;
  const flow = createOpenId({ issuer, clientId: "fracas", clientSecret: "secret", publicUrl: ORIGIN });
  const starts = Array.from({ length: 5 }, () =>
    flow.start({ identity: "somebody", household: "here", link: false }),
  );
  for (const url of await Promise.all(starts)) expect(url).toContain(`${issuer}/auth`);
  expect(looks).toBe(1);
  described.close();
});

test("[OPENID-16] answers that strangers make up leave twenty lines in the log, each cut short", async () => {
  const lines = captureLog();
  const device = await fresh();
  for (let time = 0; time < 25; time++) {
    const state = new URL(await start(device)).searchParams.get("state");
    const error = `${time}${"x".repeat(600)}`;
    await callBack(`${ORIGIN}${ROUTE.openIdCallback}?state=${state}&error=${error}`);
  }
  const about = lines.filter(({ msg }) => msg.includes("OpenID"));
  expect(about.length).toBeGreaterThan(0);
  expect(about.length).toBeLessThanOrEqual(20);
  expect(Math.max(...about.map((line) => JSON.stringify(line).length))).toBeLessThan(600);
});
