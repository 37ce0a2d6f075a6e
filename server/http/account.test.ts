/** Accounts on a booted server: names, passkeys, sign-out, download, deletion, and everything that must not work. */
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { Authenticator } from "#server/testing/authenticator.ts";
import { bootServer, type TestServer } from "#server/testing/bootServer.ts";
import { Device } from "#server/testing/device.ts";
import { kindOf } from "#shared/career/challenges.ts";
import { LOOK_MAX, PLAIN, packLook } from "#shared/career/looks.ts";
import type { TransferCode } from "#shared/protocol/account.ts";
import { ROUTE } from "#shared/protocol/http.ts";
import type { Me } from "#shared/protocol/progress.ts";

const ORIGIN = "https://fracas.example";

let server: TestServer;
beforeAll(async () => {
  server = await bootServer({ production: true, trustedProxies: ["127.0.0.1"], publicUrl: ORIGIN });
});
afterAll(() => server.close());

const fresh = () => Device.fresh(server, { origin: ORIGIN });
let named = 0;
/** No two of these names look alike. */
const nextName = () => `Member ${"ABCDEFGHKMNPRSTUXYZ"[named++ % 19]}${named > 19 ? "x" : ""}`;
/** A device with an account of its own. */
async function member(name = nextName()): Promise<Device> {
  const device = await fresh();
  await device.name(name);
  return device;
}

const OWN = [
  [ROUTE.accountName, { name: "Zed" }],
  [ROUTE.passkeyOptions, undefined],
  [ROUTE.passkeys, { response: { id: "a", response: {} } }],
  [ROUTE.credentialRemove, { id: "a" }],
  [ROUTE.transfer, undefined],
  [ROUTE.look, { look: 0 }],
  [ROUTE.signOut, { everywhere: false }],
  [ROUTE.accountDelete, { name: "Zed" }],
] as const;

describe("every route", () => {
  test.each(OWN)(
    "[ACCOUNT-1] answers 401 to a visitor without an identity, and 403 to another site's page: %s",
    async (route, body) => {
      expect(await new Device(server, { origin: ORIGIN }).post(route, body)).toMatchObject({ status: 401 });
      const { token } = await fresh();
      const foreign = new Device(server, { origin: "https://evil.example", ...(token && { token }) });
      expect(await foreign.post(route, body)).toMatchObject({ status: 403 });
    },
  );

  const WRONG: unknown[] = [
    ...[undefined, null, 1, "text", [], {}, { name: 1 }, { name: null }, { name: ["Ann"] }, { id: {} }],
    ...[
      { everywhere: "yes" },
      { name: "Ann", admin: true },
      { response: "text" },
      { response: { id: 1, response: [] } },
    ],
    { name: "x".repeat(65) },
  ];
  test.each(OWN.filter(([, body]) => body))(
    "[ACCOUNT-2] answers 400 to bodies of wrong types, and keeps nothing: %s",
    async (route) => {
      const device = await fresh();
      for (const body of WRONG) expect(await device.post(route, body)).toMatchObject({ status: 400 });
      expect(await device.me()).toMatchObject({ name: null, account: null, level: { level: 1 } });
    },
  );

  const signIn = [ROUTE.signIn, { flow: "a", response: { id: "a", response: {} } }] as const;
  const withId = [...OWN, signIn].filter(([, body]) => JSON.stringify(body)?.includes('"id":"a"'));
  test.each(withId)(
    "[PASSKEYID-1] answers 400 to the id of a credential with characters that no text has: %s",
    async (route, body) => {
      const device = await fresh();
      for (const id of ["", "a\0", "\0", "a\ud83d", "a\u202e"]) {
        const spoilt = JSON.parse(JSON.stringify(body).replace('"id":"a"', `"id":${JSON.stringify(id)}`));
        expect([id, (await device.post(route, spoilt)).status]).toEqual([id, 400]);
      }
    },
  );

  test("[ACCOUNT-3] forbids caching", async () => {
    const device = await member();
    const answers = [
      await device.get(ROUTE.me),
      await device.get(ROUTE.accountData),
      await device.post(ROUTE.transfer),
      await device.post(ROUTE.passkeyOptions),
      await device.post(ROUTE.signInOptions),
    ];
    for (const { status, headers } of answers)
      expect([status, headers["cache-control"]]).toEqual([200, "no-store"]);
  });
});

describe("a look", () => {
  test("[CAREER-13] is worn by a guest too, and one that is not unlocked is refused", async () => {
    const device = await fresh();
    const stripe = packLook({ ...PLAIN, pattern: "stripe" });
    expect(await device.post(ROUTE.look, { look: stripe })).toMatchObject({ status: 422 });
    for (const look of [-1, 0.5, LOOK_MAX, LOOK_MAX + 1, "0", null])
      expect([look, (await device.post(ROUTE.look, { look })).status]).toEqual([look, 400]);
    const { status, body } = await device.post<Me>(ROUTE.look, { look: 0 });
    expect([status, body.career.look, body.career.owned.pattern]).toEqual([200, 0, ["plain"]]);
    expect(await device.me()).toEqual(body);
  });

  test("[CHALLENGE-8] a newcomer sees the challenges of today and of the week, and no progress", async () => {
    const { body } = await new Device(server, { origin: ORIGIN }).get<Me>(ROUTE.me);
    const { challenges, medals, completed } = body.career;
    expect(challenges.map(({ challenge }) => kindOf(challenge))).toEqual(["fight", "weapon", "play", "week"]);
    for (const { progress, endsAt } of challenges) expect([progress, endsAt > Date.now()]).toEqual([0, true]);
    expect([medals, completed]).toEqual([[], 0]);
  });
});

describe("a name", () => {
  test("[ACCOUNT-4] makes an account of a guest, whose progress shows it", async () => {
    const device = await fresh();
    expect(await device.me()).toMatchObject({ name: null, account: null });
    const { status, body } = await device.post<Me>(ROUTE.accountName, { name: " Ann \u202e Lee " });
    expect(status).toBe(200);
    expect(body).toMatchObject({ name: "Ann Lee", account: { passkeys: [], openid: [], devices: 1 } });
    expect(body.account?.renameFrom).toBeGreaterThan(Date.now() + 29 * 86_400_000);
    expect(await device.me()).toEqual(body);
  });

  test("[ACCOUNT-5] answers a newcomer's progress, and what the server offers, to a visitor without an identity", async () => {
    const { status, body } = await new Device(server, { origin: ORIGIN }).get<Me>(ROUTE.me);
    expect([status, body.name, body.level.xp]).toEqual([200, null, 0]);
    expect(body.offers).toEqual({ passkeys: true, openid: null });
  });

  test.each(["Bert", "bert", "B E R T", "b-e_r.t", "Веrt", "BЕRТ", "Ｂｅｒｔ", "Be\u200brt", "bert'"])(
    "[ACCOUNT-6] is taken for all who look like it: %s",
    async (name) => {
      const owner = await fresh();
      await owner.post(ROUTE.accountName, { name: "Bert" });
      const reply = await (await fresh()).post(ROUTE.accountName, { name });
      expect(reply).toMatchObject({ status: 409 });
    },
  );

  test.each([
    ...[
      "",
      " ",
      "\u200b\u200b",
      "...",
      "Admin",
      "ADM1N",
      "The Admin",
      "Moderator 2",
      "Fracas",
      "server",
      "s e r v e r",
    ],
    ...[
      "Drone",
      "drone 7",
      "Rivet",
      "R1vet",
      "Rivet 12",
      "Bot",
      "bot3",
      "deleted player",
      "fuck",
      "f u c k",
      "sh1t",
    ],
  ])("[ACCOUNT-7] is refused with a reason: %j", async (name) => {
    const reply = await (await fresh()).post(ROUTE.accountName, { name });
    expect(reply).toMatchObject({ status: 422, body: { error: expect.stringMatching(/^.{20,}\.$/) } });
  });

  test.each(["Robert'); DROP TABLE player;--", "' OR 1=1 --", '"; --', "%", "_a_", "\\0 x", "<b>x</b>"])(
    "[ACCOUNT-8] is text to the database: %s",
    async (name) => {
      const device = await fresh();
      const { status } = await device.post(ROUTE.accountName, { name });
      expect([200, 422]).toContain(status);
      const { name: kept } = await device.me();
      expect(kept === null).toBe(status === 422);
      if (kept !== null) expect(name.startsWith(kept.slice(0, 3))).toBe(true);
    },
  );

  test("[ACCOUNT-9] of eight claims of a name at once one succeeds, and of two renames of an account one", async () => {
    const devices = await Promise.all(Array.from({ length: 8 }, fresh));
    const claims = await Promise.all(
      devices.map((device) => device.post(ROUTE.accountName, { name: "Coveted" })),
    );
    expect(claims.map(({ status }) => status).sort()).toEqual([200, ...Array(7).fill(409)]);
    const device = await fresh();
    const names = ["Once", "Twice"];
    const renames = await Promise.all(names.map((name) => device.post(ROUTE.accountName, { name })));
    expect(renames.map(({ status }) => status).sort()).toEqual([200, 429]);
    const at = renames.findIndex(({ status }) => status === 200);
    expect((await device.me()).name).toBe(names[at]);
    const refused = renames.find(({ status }) => status === 429);
    expect(Number(refused?.headers["retry-after"])).toBeGreaterThan(29 * 86_400);
  });

  test("[ACCOUNT-10] asked for again by its own account changes nothing", async () => {
    const device = await member("Doris");
    const before = await device.me();
    expect(await device.post(ROUTE.accountName, { name: "Doris" })).toMatchObject({ status: 200 });
    expect(await device.me()).toEqual(before);
  });
});

describe("a passkey", () => {
  const authenticator = new Authenticator(ORIGIN);
  type CreationOptions = Parameters<Authenticator["create"]>[0];
  const options = async (device: Device) => (await device.post<CreationOptions>(ROUTE.passkeyOptions)).body;

  test("[ACCOUNT-11] is added to the account, listed, excluded from the next, and removed", async () => {
    const device = await member("Edgar");
    const asked = await options(device);
    expect(asked).toMatchObject({
      rp: { id: "fracas.example", name: "Fracas" },
      user: { name: "Edgar" },
      attestation: "none",
      excludeCredentials: [],
      authenticatorSelection: { residentKey: "required", userVerification: "preferred" },
    });
    const { passkey, response } = authenticator.create(asked);
    const added = await device.post<Me>(ROUTE.passkeys, { response });
    expect(added.body.account?.passkeys).toEqual([
      { id: passkey.id, createdAt: expect.any(Number), usedAt: null },
    ]);
    expect(await options(device)).toMatchObject({ excludeCredentials: [{ id: passkey.id }] });
    const removed = await device.post<Me>(ROUTE.credentialRemove, { id: passkey.id });
    expect(removed.body.account?.passkeys).toEqual([]);
    expect(await device.post(ROUTE.credentialRemove, { id: passkey.id })).toMatchObject({ status: 404 });
  });

  test("[ACCOUNT-12] needs an account", async () => {
    expect(await (await fresh()).post(ROUTE.passkeyOptions)).toMatchObject({ status: 409 });
  });

  test("[ACCOUNT-13] is refused for a challenge that was answered before, is another identity's, or was never given", async () => {
    const [device, other] = [await member(), await member()];
    const { response } = authenticator.create(await options(device));
    expect(await other.post(ROUTE.passkeys, { response })).toMatchObject({ status: 410 });
    await options(other);
    expect(await other.post(ROUTE.passkeys, { response })).toMatchObject({ status: 422 });
    expect(await device.post(ROUTE.passkeys, { response })).toMatchObject({ status: 200 });
    expect(await device.post(ROUTE.passkeys, { response })).toMatchObject({ status: 410 });
    await options(device);
    expect(await device.post(ROUTE.passkeys, { response })).toMatchObject({ status: 422 });
    expect((await other.me()).account?.passkeys).toEqual([]);
    expect((await device.me()).account?.passkeys).toHaveLength(1);
  });

  test("[ACCOUNT-14] is an account's only, and nobody else removes it", async () => {
    const [device, other] = [await member(), await member()];
    const made = authenticator.create(await options(device));
    await device.post(ROUTE.passkeys, { response: made.response });
    const { id } = made.passkey;
    const copied = authenticator.create(await options(other)).response as { id: string; rawId: string };
    expect(await other.post(ROUTE.passkeys, { response: { ...copied, id, rawId: id } })).not.toMatchObject({
      body: { account: { passkeys: [{ id }] } },
    });
    expect(await other.post(ROUTE.credentialRemove, { id })).toMatchObject({ status: 404 });
    expect((await device.me()).account?.passkeys).toMatchObject([{ id }]);
  });

  test.each([
    ["another page's origin", { origin: "https://evil.example" }],
    ["another site", { rpId: "evil.example" }],
    ["another challenge", { challenge: "AAAA" }],
    ["an answer to a request to sign in", { type: "webauthn.get" }],
    ["an unknown attestation", { fmt: "nonsense" }],
    ["an attestation with a statement", { attStmt: new Map([["alg", -7]]) }],
    [
      "certificates, which could name an address to look up",
      { fmt: "packed", attStmt: new Map([["x5c", []]]) },
    ],
    ["an attestation by certificates of Android", { fmt: "android-key" }],
  ])("[ACCOUNT-15] is refused with %s", async (_what, spoilt) => {
    const device = await member();
    const { response } = authenticator.create(await options(device), spoilt);
    expect(await device.post(ROUTE.passkeys, { response })).toMatchObject({ status: 422 });
    expect((await device.me()).account?.passkeys).toEqual([]);
  });

  test("[ACCOUNT-16] is refused as garbage of any type", async () => {
    const device = await member();
    const { response } = authenticator.create(await options(device)) as { response: { response: object } };
    const parts: object[] = [
      ...[{}, { clientDataJSON: 1 }, { clientDataJSON: "e30", attestationObject: "oA" }],
      ...[{ attestationObject: null }, { attestationObject: "!!" }, { attestationObject: "ff" }],
      { attestationObject: "9f".repeat(2000) },
    ];
    for (const part of parts) {
      await options(device);
      const spoilt = { ...response, response: part };
      expect(await device.post(ROUTE.passkeys, { response: spoilt })).toMatchObject({ status: 422 });
    }
    expect((await device.me()).account?.passkeys).toEqual([]);
  });
});

describe("signing out", () => {
  test("[ACCOUNT-17] gives the device a guest's identity, and refuses the old token at once: by HTTP, at a handshake, and for renewal", async () => {
    const device = await member();
    const old = new Device(server, { origin: ORIGIN, ...(device.token && { token: device.token }) });
    const seat = await device.guest.reserve();
    const { status, body } = await device.change(ROUTE.signOut, { everywhere: false });
    expect([status, body.me.name, body.me.account]).toEqual([200, null, null]);
    expect(await old.get(ROUTE.me)).toMatchObject({ status: 401 });
    expect(await old.post(ROUTE.identity)).toMatchObject({ status: 401 });
    expect(await old.guest.knock(seat)).toMatchObject({ status: 401 });
    expect(await old.guest.askSeat()).toMatchObject({ status: 401 });
    expect(await device.guest.askSeat()).toMatchObject({ status: 200 });
  });

  test("[ACCOUNT-18] everywhere signs out all devices of the account, and nobody else", async () => {
    const [device, bystander] = [await member(), await member()];
    const { code } = (await device.post<TransferCode>(ROUTE.transfer)).body;
    const second = await fresh();
    await second.change(ROUTE.signInTransfer, { code });
    expect((await second.me()).account?.devices).toBe(2);
    expect(await device.change(ROUTE.signOut, { everywhere: true })).toMatchObject({ status: 200 });
    expect(await second.get(ROUTE.me)).toMatchObject({ status: 401 });
    expect(await bystander.get(ROUTE.me)).toMatchObject({ status: 200 });
  });

  test("[ACCOUNT-19] works for a guest of whom nothing is kept", async () => {
    const device = await fresh();
    const old = new Device(server, { origin: ORIGIN, ...(device.token && { token: device.token }) });
    expect(await device.change(ROUTE.signOut, { everywhere: true })).toMatchObject({ status: 200 });
    expect(await old.get(ROUTE.me)).toMatchObject({ status: 401 });
  });
});

describe("the data of an account", () => {
  test("[ACCOUNT-20] is a file with everything but keys and identities", async () => {
    const device = await member("Fiona");
    const authenticator = new Authenticator(ORIGIN);
    const options = await device.post<Parameters<Authenticator["create"]>[0]>(ROUTE.passkeyOptions);
    const { passkey, response } = authenticator.create(options.body);
    await device.post(ROUTE.passkeys, { response });
    const { headers, body } = await device.get<Record<string, unknown>>(ROUTE.accountData);
    expect(headers["content-disposition"]).toBe('attachment; filename="fracas-account.json"');
    expect(body).toMatchObject({
      player: { name: "Fiona", xp: 0 },
      formerNames: [],
      credentials: [{ id: passkey.id, kind: "passkey" }],
      devices: [{ revokedAt: null }],
      rating: [],
      matches: [],
    });
    expect(JSON.stringify(body)).not.toMatch(/publicKey|"sub"/);
  });

  test("[ACCOUNT-21] is a guest's own, and nothing for a newcomer", async () => {
    expect((await (await fresh()).get<object>(ROUTE.accountData)).body).toEqual({});
  });
});

describe("deleting an account", () => {
  test("[ACCOUNT-22] needs its name, signs out all devices, and leaves nobody the name or the passkey", async () => {
    const device = await member("Greta");
    const old = new Device(server, { origin: ORIGIN, ...(device.token && { token: device.token }) });
    for (const name of ["", "Gretel", "greta ", "%"])
      expect(await device.post(ROUTE.accountDelete, { name })).toMatchObject({ status: 422 });
    expect((await device.me()).name).toBe("Greta");
    expect(await device.change(ROUTE.accountDelete, { name: "Greta" })).toMatchObject({
      status: 200,
      body: { me: { name: null, account: null } },
    });
    expect(await old.get(ROUTE.me)).toMatchObject({ status: 401 });
    for (const claimant of [device, await fresh()])
      expect(await claimant.post(ROUTE.accountName, { name: "GRETA" })).toMatchObject({ status: 409 });
  });

  test("[ACCOUNT-23] is nothing that a guest can do", async () => {
    expect(await (await fresh()).post(ROUTE.accountDelete, { name: "Drone" })).toMatchObject({ status: 422 });
  });
});

test("[ACCOUNT-24] changes are limited by identity and by network", async () => {
  const device = await fresh();
  const statuses = new Set<number>();
  for (let asked = 0; asked < 61; asked++) statuses.add((await device.post(ROUTE.transfer)).status);
  expect([...statuses]).toEqual([409, 429]);
  const neighbour = await Device.fresh(server, { origin: ORIGIN, address: device.address });
  expect((await neighbour.post(ROUTE.transfer)).status).toBe(409);
});

test("[ACCOUNT-25] an account plays under its name whatever its page asks for, and a guest under that name gets a number", async () => {
  const owner = await member("Hector");
  const room = await owner.guest.play({ name: "whatever" }, "create");
  const people = () =>
    Array.from(room.state.roster.values())
      .flatMap(({ name, bot }) => (bot ? [] : [name]))
      .sort();
  expect(people()).toEqual(["Hector"]);
  await room.leave();
  const impostor = await (await fresh()).guest.play({ name: "Неctor" }, "create");
  const [name] = Array.from(impostor.state.roster.values()).flatMap(({ name, bot }) => (bot ? [] : [name]));
  expect(name).toBe("Неctor 2");
  await impostor.leave();
});

test("[GUESTNAME-1] a guest gets no account's name by a number, and no name of an account that was just deleted", async () => {
  const nameOf = async (wanted: string) => {
    const room = await (await fresh()).guest.play({ name: wanted }, "create");
    const names = Array.from(room.state.roster.values()).flatMap(({ name, bot }) => (bot ? [] : [name]));
    await room.leave();
    return names;
  };
  const [, second, gone] = [await member("Isolde"), await member("Isolde 2"), await member("Jolanda")];
  expect(await nameOf("Isolde")).toEqual(["Isolde 3"]);
  await gone.change(ROUTE.accountDelete, { name: "Jolanda" });
  expect(await nameOf("Jolanda")).toEqual(["Jolanda 2"]);
  await second.change(ROUTE.accountDelete, { name: "Isolde 2" });
  expect(await nameOf("Isolde")).toEqual(["Isolde 3"]);
});
