/** Signing in on a booted server: by passkeys and by transfer codes, and what gets nobody in. */
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { Authenticator, type Passkey } from "#server/testing/authenticator.ts";
import { bootServer, type TestServer } from "#server/testing/bootServer.ts";
import { captureLog } from "#server/testing/captureLog.ts";
import { Device } from "#server/testing/device.ts";
import type { SignInOptions, TransferCode } from "#shared/protocol/account.ts";
import { ROUTE } from "#shared/protocol/http.ts";

const ORIGIN = "https://fracas.example";

let server: TestServer;
beforeAll(async () => {
  server = await bootServer({ production: true, trustedProxies: ["127.0.0.1"], publicUrl: ORIGIN });
});
afterAll(() => server.close());

const fresh = () => Device.fresh(server, { origin: ORIGIN });

type CreationOptions = Parameters<Authenticator["create"]>[0];
type RequestOptions = Parameters<Authenticator["use"]>[1];

/** A device with an account and a passkey for it. */
async function holder(name: string, authenticator = new Authenticator(ORIGIN)) {
  const device = await fresh();
  await device.name(name);
  const { body } = await device.post<CreationOptions>(ROUTE.passkeyOptions);
  const { passkey, response } = authenticator.create(body);
  expect(await device.post(ROUTE.passkeys, { response })).toMatchObject({ status: 200 });
  return { device, passkey, authenticator };
}

async function ask(device: Device): Promise<{ flow: string; options: RequestOptions }> {
  const { body } = await device.post<SignInOptions>(ROUTE.signInOptions);
  return { flow: body.flow, options: body.options as RequestOptions };
}

async function signIn(device: Device, passkey: Passkey, authenticator: Authenticator) {
  const { flow, options } = await ask(device);
  return device.change(ROUTE.signIn, { flow, response: authenticator.use(passkey, options) });
}

const code = async (device: Device) => (await device.post<TransferCode>(ROUTE.transfer)).body;

describe("a passkey", () => {
  test("[SIGNIN-1] takes a second device into the account, with a new identity in place of its own", async () => {
    const { device, passkey, authenticator } = await holder("Ingrid");
    const second = await fresh();
    const { token } = second;
    const { options } = await ask(second);
    expect(options).toMatchObject({ rpId: "fracas.example", userVerification: "preferred" });
    expect(options).not.toHaveProperty("allowCredentials.0");
    const { status, body } = await signIn(second, passkey, authenticator);
    expect([status, body.me.name, body.me.account?.devices]).toEqual([200, "Ingrid", 2]);
    expect(body.me.account?.passkeys[0]?.usedAt).toBeGreaterThan(0);
    const old = new Device(server, { origin: ORIGIN, ...(token && { token }) });
    expect(await old.get(ROUTE.me)).toMatchObject({ status: 401 });
    expect((await device.me()).name).toBe("Ingrid");
  });

  test("[SIGNIN-2] takes in a device without an identity", async () => {
    const { passkey, authenticator } = await holder("Jorge");
    const second = new Device(server, { origin: ORIGIN });
    expect((await signIn(second, passkey, authenticator)).body.me.name).toBe("Jorge");
    expect((await second.me()).name).toBe("Jorge");
  });

  test("[SIGNIN-3] that does not count is accepted again and again", async () => {
    const { passkey, authenticator } = await holder("Karla", new Authenticator(ORIGIN, false));
    for (let time = 0; time < 3; time++)
      expect(await signIn(await fresh(), passkey, authenticator)).toMatchObject({ status: 200 });
  });

  test("[SIGNIN-4] whose counter does not grow is refused as a copy, and the original still opens the account", async () => {
    const { passkey, authenticator } = await holder("Lotte");
    const copy = { ...passkey };
    for (let time = 0; time < 2; time++)
      expect(await signIn(await fresh(), passkey, authenticator)).toMatchObject({ status: 200 });
    const thief = await fresh();
    const refused = await signIn(thief, copy, authenticator);
    expect(refused).toMatchObject({ status: 409, body: { error: expect.stringContaining("copy") } });
    expect((await thief.me()).name).toBeNull();
    expect(await signIn(await fresh(), passkey, authenticator)).toMatchObject({ status: 200 });
  });

  test("[SIGNIN-5] answers a challenge once, and one that was given for it", async () => {
    const { passkey, authenticator } = await holder("Marek");
    const device = await fresh();
    const { flow, options } = await ask(device);
    const body = { flow, response: authenticator.use(passkey, options) };
    const twice = await Promise.all([1, 2].map(() => device.post(ROUTE.signIn, body)));
    expect(twice.map(({ status }) => status).sort()).toEqual([200, 410]);
    const later = await fresh();
    const other = await ask(later);
    expect(await later.post(ROUTE.signIn, { ...body, flow: other.flow })).toMatchObject({ status: 422 });
    expect(await later.post(ROUTE.signIn, { ...body, flow: "no such flow" })).toMatchObject({ status: 410 });
  });

  test.each([
    ["another page's origin", { origin: "https://evil.example" }],
    ["another site", { rpId: "evil.example" }],
    ["another challenge", { challenge: "AAAA" }],
    ["an answer to a request to make one", { type: "webauthn.create" }],
  ])("[SIGNIN-6] gets nobody in with %s", async (what, spoilt) => {
    const { passkey, authenticator } = await holder(`Nina ${what.slice(-6)}`);
    const device = await fresh();
    const { flow, options } = await ask(device);
    const response = authenticator.use(passkey, options, spoilt);
    expect(await device.post(ROUTE.signIn, { flow, response })).toMatchObject({ status: 422 });
    expect((await device.me()).name).toBeNull();
  });

  test("[SIGNIN-7] gets nobody in with the signature of another, or once it was removed", async () => {
    const { passkey, authenticator, device } = await holder("Olga");
    const forged = { ...(await holder("Pedro")).passkey, id: passkey.id };
    expect(await signIn(await fresh(), forged, authenticator)).toMatchObject({ status: 422 });
    await device.post(ROUTE.credentialRemove, { id: passkey.id });
    expect(await signIn(await fresh(), passkey, authenticator)).toMatchObject({ status: 422 });
  });

  test("[SIGNIN-8] is asked for on the public address only, and garbage is refused", async () => {
    const device = await fresh();
    for (const body of [
      {},
      { flow: 1, response: { id: "a", response: {} } },
      { flow: "a" },
      { flow: "a", response: [] },
    ])
      expect(await device.post(ROUTE.signIn, body)).toMatchObject({ status: 400 });
    const { passkey } = await holder("Quinn");
    for (const response of [
      {},
      { signature: 1 },
      { clientDataJSON: "e30", authenticatorData: "AA", signature: "AA" },
    ]) {
      const { flow } = await ask(device);
      const answer = { id: passkey.id, rawId: passkey.id, type: "public-key", response };
      expect(await device.post(ROUTE.signIn, { flow, response: answer })).toMatchObject({ status: 422 });
    }
  });
});

describe("a transfer code", () => {
  test("[SIGNIN-9] takes another device into the account, in any way of writing it, once", async () => {
    const device = await fresh();
    await device.name("Rosa");
    const { code: drawn, expiresAt } = await code(device);
    expect(drawn).toMatch(/^[2-9A-HJ-NP-Z]{8}$/);
    expect(expiresAt - Date.now()).toBeLessThanOrEqual(300_000);
    const typed = ` ${drawn.slice(0, 4).toLowerCase()} - ${drawn.slice(4)}`;
    const second = await fresh();
    const { status, body } = await second.change(ROUTE.signInTransfer, { code: typed });
    expect([status, body.me.name]).toEqual([200, "Rosa"]);
    expect(await (await fresh()).post(ROUTE.signInTransfer, { code: drawn })).toMatchObject({ status: 410 });
  });

  test("[SIGNIN-10] that two devices use at once lets one of them in", async () => {
    const device = await fresh();
    await device.name("Stefan");
    const { code: drawn } = await code(device);
    const devices = await Promise.all([1, 2, 3, 4].map(fresh));
    const replies = await Promise.all(
      devices.map((each) => each.post(ROUTE.signInTransfer, { code: drawn })),
    );
    expect(replies.map(({ status }) => status).sort()).toEqual([200, 410, 410, 410]);
    expect((await device.me()).account?.devices).toBe(2);
  });

  test("[SIGNIN-11] is replaced by the next, and over after five minutes", async () => {
    const device = await fresh();
    await device.name("Tanja");
    const [first, second] = [await code(device), await code(device)];
    expect(await (await fresh()).post(ROUTE.signInTransfer, first)).toMatchObject({ status: 400 });
    expect(await (await fresh()).post(ROUTE.signInTransfer, { code: first.code })).toMatchObject({
      status: 410,
    });
    const late = await fresh();
    vi.useFakeTimers({ toFake: ["Date"] });
    try {
      vi.setSystemTime(second.expiresAt + 1);
      expect(await late.post(ROUTE.signInTransfer, { code: second.code })).toMatchObject({ status: 410 });
    } finally {
      vi.useRealTimers();
    }
  });

  test("[SIGNIN-12] is guessed five times by an identity, and thirty times by a network, in five minutes", async () => {
    const device = await fresh();
    await device.name("Ursula");
    const { code: right } = await code(device);
    const guess = (by: Device, text: string) => by.post(ROUTE.signInTransfer, { code: text });
    const guesser = await fresh();
    const wrong = ["", "'; DROP TABLE", "22222222", "%%%%%%%%", "AAAAAAAA"];
    for (const text of wrong) expect(await guess(guesser, text)).toMatchObject({ status: 410 });
    expect(await guess(guesser, right)).toMatchObject({ status: 429 });
    const statuses: number[] = [];
    for (let identity = 0; identity < 6; identity++) {
      const { address } = guesser;
      const next = await Device.fresh(server, { origin: ORIGIN, address });
      for (const text of wrong) statuses.push((await guess(next, text)).status);
    }
    expect(statuses.filter((status) => status === 410)).toHaveLength(25);
    expect(await guess(await fresh(), right)).toMatchObject({ status: 200 });
  });

  test("[SIGNIN-13] is an account's only", async () => {
    expect(await (await fresh()).post(ROUTE.transfer)).toMatchObject({ status: 409 });
  });
});

test("[SIGNIN-14] answers 404 for a provider that the operator has not named", async () => {
  const device = await fresh();
  expect(await device.post(ROUTE.signInOpenId, { link: false })).toMatchObject({ status: 404 });
  expect(await device.post(ROUTE.signInTicket, { ticket: "x" })).toMatchObject({ status: 404 });
  expect(await device.get(ROUTE.openIdCallback)).toMatchObject({ status: 404 });
});

test("[SIGNIN-15] a sign-in counts as a new identity of its network, unless it fails", async () => {
  const { address } = await fresh();
  const make = () => Device.fresh(server, { origin: ORIGIN, address });
  // The limit is 120 an hour.
  for (let made = 1; made < 119; made++) await make();
  const owners = await Promise.all([fresh(), fresh()]);
  for (const [at, owner] of owners.entries()) await owner.name(`Counted ${at}`);
  const codes = await Promise.all(owners.map(code));
  const enter = (text = "") =>
    new Device(server, { origin: ORIGIN, address }).post(ROUTE.signInTransfer, { code: text });
  expect(await enter("22222222")).toMatchObject({ status: 410 });
  expect(await enter(codes[0]?.code)).toMatchObject({ status: 200 });
  expect(await enter(codes[1]?.code)).toMatchObject({ status: 429 });
  const elsewhere = new Device(server, { origin: ORIGIN });
  expect(await elsewhere.post(ROUTE.signInTransfer, codes[1] && { code: codes[1].code })).toMatchObject({
    status: 200,
  });
});

test("[SIGNIN-16] a copy of a passkey that is tried again and again is logged once", async () => {
  const { passkey, authenticator } = await holder("Vincent");
  const copy = { ...passkey };
  expect(await signIn(await fresh(), passkey, authenticator)).toMatchObject({ status: 200 });
  const lines = captureLog();
  for (let time = 0; time < 3; time++)
    expect(await signIn(await fresh(), { ...copy }, authenticator)).toMatchObject({ status: 409 });
  expect(lines.filter(({ msg }) => msg.includes("two devices use the same key"))).toHaveLength(1);
});
