/** /admin: requires the password, refuses requests of other sites, and calls only an operator's methods. */
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { ServerConfig } from "#server/config.ts";
import { type Answer, ask, askRaw, freshAddress, Guest, statusOf } from "#server/testing/asking.ts";
import { type ArenaClient, bootServer, type TestServer, until } from "#server/testing/bootServer.ts";
import { REFUSAL } from "#shared/protocol/refusal.ts";

const PASSWORD = "the password of this test";
const basic = (user: string, password: string) =>
  `Basic ${Buffer.from(`${user}:${password}`).toString("base64")}`;
const RIGHT = basic("admin", PASSWORD);

let server: TestServer;
const useServer = (rules: Partial<ServerConfig>) => {
  beforeAll(async () => {
    server = await bootServer({ trustedProxies: ["127.0.0.1"], ...rules });
  });
  afterAll(() => server.close());
};

/** A request with the right password, by default from a fresh address. */
const askAdmin = (path: string, headers: Record<string, string> = {}): Promise<Answer> =>
  ask(server, path, { headers: { authorization: RIGHT, "x-forwarded-for": freshAddress(), ...headers } });

const PATHS = [
  "/admin",
  "/admin/",
  "/admin/api",
  "/admin/api/room?roomId=a",
  "/admin/playground/",
  "/ADMIN/api",
];
const NOTHING = { status: 404, body: '{"code":404,"error":"There is nothing here."}' };

describe("without ADMIN_PASSWORD", () => {
  useServer({ production: false });
  test.each(PATHS)("[EDGE-ADMIN-1] %s is 404, whatever password is sent", async (path) => {
    expect(await ask(server, path)).toMatchObject(NOTHING);
    for (const authorization of [RIGHT, basic("admin", ""), basic("admin", "undefined")]) {
      expect(await askAdmin(path, { authorization })).toMatchObject(NOTHING);
    }
  });
});

describe("with ADMIN_PASSWORD, in production", () => {
  useServer({ production: true, adminPassword: PASSWORD });

  test.each(PATHS)("[EDGE-ADMIN-2] %s asks for the password", async (path) => {
    const answer = await ask(server, path, { headers: { "x-forwarded-for": freshAddress() } });
    expect(answer).toMatchObject({
      status: 401,
      headers: { "www-authenticate": 'Basic realm="Fracas"' },
      body: '{"code":401,"error":"The password is missing or wrong."}',
    });
  });

  test.each([
    ["a wrong password", basic("admin", "not the password of this test")],
    ["a prefix of the password", basic("admin", PASSWORD.slice(0, -1))],
    ["the password with a suffix", basic("admin", `${PASSWORD}x`)],
    ["an empty password", basic("admin", "")],
    ["another user", basic("root", PASSWORD)],
    ["no user", basic("", PASSWORD)],
    ["the password as a bearer token", `Bearer ${PASSWORD}`],
    ["the password in plain text", `Basic admin:${PASSWORD}`],
    ["no password", "Basic"],
  ])("[EDGE-ADMIN-3] %s is 401", async (_what, authorization) => {
    expect(await askAdmin("/admin/api", { authorization })).toMatchObject({ status: 401 });
  });

  test("[EDGE-ADMIN-4] the right password opens the monitor, whose policy allows its own files only", async () => {
    const page = await askAdmin("/admin/");
    expect(page).toMatchObject({ status: 200, headers: { "content-type": "text/html; charset=utf-8" } });
    const policy = String(page.headers["content-security-policy"]);
    expect(policy).toContain("script-src 'self';");
    expect(policy).toContain("frame-ancestors 'self'");
    const files = [...page.body.matchAll(/(?:src|href)="\.?\/?([^":]+\.(?:js|css))"/g)].map(
      ([, file]) => file,
    );
    expect(files.length).toBeGreaterThan(0);
    for (const file of files) expect((await askAdmin(`/admin/${file}`)).status).toBe(200);
  });

  test("[EDGE-ADMIN-5] after ten wrong passwords a network gets 429, even with the right one, and other networks do not", async () => {
    const address = freshAddress();
    const guess = (authorization: string) =>
      askAdmin("/admin/api", { authorization, "x-forwarded-for": address });
    // The right password is not counted.
    for (let asked = 0; asked < 20; asked++) expect((await guess(RIGHT)).status).toBe(200);
    for (let guessed = 0; guessed < 10; guessed++) {
      expect((await guess(basic("admin", `guess ${guessed}`))).status).toBe(401);
    }
    for (const authorization of [basic("admin", "one more"), RIGHT]) {
      const refused = await guess(authorization);
      expect(refused).toMatchObject({
        status: 429,
        headers: { "retry-after": expect.stringMatching(/^[1-9]\d*$/) },
        body: expect.stringMatching(/Too many wrong passwords. Wait \d+ s, then try again./),
      });
      expect(Number(refused.headers["retry-after"])).toBeLessThanOrEqual(900);
    }
    expect((await askAdmin("/admin/api")).status).toBe(200);
  });

  test("[EDGE-ADMIN-6] counts simultaneous guesses", async () => {
    const address = freshAddress();
    const answers = await Promise.all(
      Array.from({ length: 50 }, (_, at) =>
        askAdmin("/admin/api", { authorization: basic("admin", `guess ${at}`), "x-forwarded-for": address }),
      ),
    );
    expect(answers.filter(({ status }) => status === 401)).toHaveLength(10);
    expect(answers.filter(({ status }) => status === 429)).toHaveLength(40);
  });

  test.each(["cross-site", "same-site"])(
    "[EDGE-ADMIN-7] refuses a %s request even with the right password",
    async (site) => {
      for (const path of PATHS) {
        expect(await askAdmin(path, { "sec-fetch-site": site })).toMatchObject({ status: 403 });
      }
    },
  );

  test.each(["same-origin", "none"])(
    "[EDGE-ADMIN-8] answers a request with Sec-Fetch-Site: %s",
    async (site) => {
      expect(await askAdmin("/admin/api", { "sec-fetch-site": site })).toMatchObject({ status: 200 });
    },
  );

  test("[EDGE-ADMIN-9] has no playground", async () => {
    for (const path of ["/admin/playground", "/admin/playground/", "/admin/playground/rooms"]) {
      expect(await askAdmin(path)).toMatchObject(NOTHING);
    }
  });
});

describe.each([{ processes: 1 }, { processes: 2 }])(
  "the monitor with PROCESSES=$processes",
  ({ processes }) => {
    useServer({ production: true, adminPassword: PASSWORD, processes });
    let ann: ArenaClient;
    let bob: ArenaClient;
    beforeAll(async () => {
      // Each of two room processes gets a room.
      [ann, bob] = [await create("Ann"), await create("Bob")];
    });
    const create = async (name: string) => {
      const room = await new Guest(server).play({ name }, "create");
      room.reconnection.enabled = false;
      return room;
    };
    const inspect = async ({ roomId }: ArenaClient) =>
      JSON.parse((await askAdmin(`/admin/api/room?roomId=${roomId}`)).body);
    const call = (method: string, args: unknown, { roomId } = ann) =>
      askAdmin(
        `/admin/api/room/call?roomId=${roomId}&method=${method}&args=${encodeURIComponent(JSON.stringify(args))}`,
      );

    test("[EDGE-ADMIN-10] the monitor lists rooms and shows their state", async () => {
      const { rooms, connections } = JSON.parse((await askAdmin("/admin/api")).body);
      expect(connections).toBe(2);
      expect(new Set(rooms.map(({ processId }: { processId: string }) => processId)).size).toBe(processes);
      for (const [{ roomId, sessionId }, name] of [
        [ann, "Ann"],
        [bob, "Bob"],
      ] as const) {
        expect(rooms).toContainEqual(expect.objectContaining({ roomId, name: "arena", clients: 1 }));
        const room = await inspect({ roomId } as ArenaClient);
        expect(room).toMatchObject({ roomId, locked: false, clients: [{ sessionId }] });
        expect(room.stateSize).toBeGreaterThan(100);
        expect(room.state.roster[sessionId]).toMatchObject({ name });
      }
    });

    test.each([
      "lock",
      "setMetadata",
      "broadcast",
      "setPrivate",
      "_sendMessageToClient",
      "_editStateProperty",
      "_deleteStateProperty",
      "checkReconnectionToken",
      "allowReconnection",
      "_reserveSeat",
      "constructor",
      "__proto__",
      "onDispose",
      "disconnect,lock",
      "Disconnect",
      "",
    ])("[EDGE-ADMIN-11] refuses to call a method of a room: %s", async (method) => {
      expect(await call(method, [])).toMatchObject({ status: 403 });
      expect(await inspect(ann)).toMatchObject({ locked: false });
    });

    test.each([
      ["disconnect", ["X"]],
      ["disconnect", [4000]],
      ["disconnect", [[]]],
      ["disconnect", {}],
      ["disconnect", null],
      ["_forceClientDisconnect", []],
      ["_forceClientDisconnect", [1]],
      ["_forceClientDisconnect", ["A", "B"]],
      ["_forceClientDisconnect", [["A"]]],
    ])(
      "[EDGE-ADMIN-16] refuses %s with other arguments than the monitor's page sends: %j",
      async (method, args) => {
        expect(await call(method, args)).toMatchObject({ status: 403 });
        expect((await inspect(ann)).clients).toHaveLength(1);
      },
    );

    test("[EDGE-ADMIN-17] refuses a call whose arguments are missing, doubled or padded", async () => {
      const path = `/admin/api/room/call?roomId=${ann.roomId}&method=disconnect`;
      for (const args of [
        "",
        "&args=",
        "&args=[]&args=[%22X%22]",
        "&args=[%22X%22]&args=[]",
        "&args=[]%0a",
        "&args=%20[]",
      ]) {
        expect(await askAdmin(path + args)).toMatchObject({ status: 403 });
      }
      expect((await inspect(ann)).clients).toHaveLength(1);
    });

    test("[EDGE-ADMIN-12] refuses a call in any other spelling of its URL", async () => {
      const { host } = new URL(server.url);
      const lock = `roomId=${ann.roomId}&method=lock&args=[]`;
      const targets = [
        `/admin/api/room/call/?${lock}`,
        `/admin/api//room/call?${lock}`,
        `/admin//api/room/call?${lock}`,
        `/admin/api/./room/call?${lock}`,
        `/admin/api/x/../room/call?${lock}`,
        `/admin/api\\room/call?${lock}`,
        `/admin/api/room%2fcall?${lock}`,
        `/admin/api/room/c%61ll?${lock}`,
        `/ADMIN/API/ROOM/CALL?${lock}`,
        `/admin/api/room/call?method=disconnect&${lock}`,
        `/admin/api/room/call?${lock}&method=disconnect`,
        `/admin/api/room/call?${lock}#&method=disconnect`,
        `/admin/api/room/call?m%65thod=disconnect&${lock}`,
        `/admin/monitor/api/room/call?${lock}`,
      ];
      for (const target of targets) {
        for (const method of ["GET", "HEAD", "POST"]) {
          const head = [`${method} ${target} HTTP/1.1`, `Host: ${host}`, `Authorization: ${RIGHT}`];
          const answer = await askRaw(server, `${head.join("\r\n")}\r\nConnection: close\r\n\r\n`);
          expect([400, 403, 404, 405]).toContain(statusOf(answer));
        }
      }
      expect(await inspect(ann)).toMatchObject({ locked: false });
    });

    test("[EDGE-ADMIN-13] can disconnect a player and close a room", async () => {
      const closed = new Promise((resolve) => ann.onLeave(resolve));
      expect(await call("_forceClientDisconnect", [ann.sessionId])).toMatchObject({ status: 200 });
      await closed;
      for (const room of [ann, bob])
        expect(await call("disconnect", [], room)).toMatchObject({ status: 200 });
      await expect.poll(async () => JSON.parse((await askAdmin("/admin/api")).body).rooms).toEqual([]);
      expect((await askAdmin(`/admin/api/room?roomId=${bob.roomId}`)).status).toBe(REFUSAL.roomEnded);
    });
  },
);

describe("with ADMIN_PASSWORD, in development", () => {
  useServer({ production: false, adminPassword: PASSWORD });

  test("[EDGE-ADMIN-14] serves the playground behind the password", async () => {
    expect(await ask(server, "/admin/playground/")).toMatchObject({ status: 401 });
    expect(await askAdmin("/admin/playground/")).toMatchObject({
      status: 200,
      headers: { "content-type": expect.stringMatching(/^text\/html/) },
    });
    expect(await askAdmin("/admin/playground/", { "sec-fetch-site": "cross-site" })).toMatchObject({
      status: 403,
    });
  });

  test("[EDGE-ADMIN-18] over plain http a browser's request that changes something is refused", async () => {
    const browser = { authorization: RIGHT, "user-agent": "Mozilla/5.0" };
    for (const path of [
      "/admin/playground/profiling/start",
      "/admin/playground/profiling/stop",
      "/admin/api",
    ]) {
      const answer = await ask(server, path, { method: "POST", headers: browser });
      expect(answer).toMatchObject({ status: 403 });
    }
  });

  test("[EDGE-ADMIN-15] the playground, which patches rooms, leaves them playable", async () => {
    const room = await server.join({ name: "Ann" });
    await until("the game runs", () => room.state.tick > 0);
    await room.leave();
  });
});
