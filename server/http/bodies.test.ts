/** Bodies that are too large, lie about their length or are no JSON: refused, and nothing of them is kept. */
import { once } from "node:events";
import { connect } from "node:net";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { gzipSync } from "node:zlib";
import { matchMaker } from "@colyseus/core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { ask, askRaw, freshAddress, Guest, statusOf } from "#server/testing/asking.ts";
import { bootServer, type TestServer } from "#server/testing/bootServer.ts";
import { MAX_PLAYERS } from "#shared/config.ts";

const KB = 1024;
const MB = KB * KB;
const PATH = "/matchmake/joinOrCreate/arena";

let server: TestServer;
beforeAll(async () => {
  server = await bootServer({ production: true, trustedProxies: ["127.0.0.1"] });
});
afterAll(() => server.close());

const postedBy = (address: string, headers: Record<string, string | number> = {}) => ({
  origin: server.url,
  "x-forwarded-for": address,
  "content-type": "application/json",
  ...headers,
});
const post = (body: string | Uint8Array, headers?: Record<string, string | number>, path = PATH) =>
  ask(server, path, { method: "POST", headers: postedBy(freshAddress(), headers), body });

const head = (lines: Record<string, string | number>, path = PATH) =>
  [
    `POST ${path} HTTP/1.1`,
    ...Object.entries(lines).map(([name, value]) => `${name}: ${value}`),
    "",
    "",
  ].join("\r\n");
const rawHead = (headers: Record<string, string | number>, path = PATH) =>
  head({ host: new URL(server.url).host, connection: "close", ...postedBy(freshAddress(), headers) }, path);

const chunk = (text: string) => `${text.length.toString(16)}\r\n${text}\r\n`;
const LAST_CHUNK = "0\r\n\r\n";

/** Join options of so many bytes. */
const optionsOf = (bytes: number) => JSON.stringify({ name: "x".repeat(bytes - '{"name":""}'.length) });

/** What went wrong, in a line, and nothing of the machine. */
const refusal = (status: number) => ({
  status,
  body: expect.stringMatching(new RegExp(`^{"code":${status},"error":"(?!.*(\\\\n|node_modules)).+"}$`)),
});

/** What of buffers is held, after the garbage is gone. */
function heldBytes(): number {
  setFlagsFromString("--expose-gc");
  runInNewContext("gc")();
  const { arrayBuffers, external } = process.memoryUsage();
  return arrayBuffers + external;
}

async function expectServes(): Promise<void> {
  expect((await new Guest(server).askSeat({ name: "Honest" })).status).toBe(200);
}

describe("size", () => {
  test("[EDGE-BODY-1] 16 KB are read, one byte more is 413", async () => {
    expect((await post(optionsOf(16 * KB))).status).toBe(200);
    expect(await post(optionsOf(16 * KB + 1))).toMatchObject(refusal(413));
  });

  test.each([PATH, "/api/identity", "/healthz", "/", "/nowhere"])(
    "[EDGE-BODY-2] 50 MB for %s: 413 before they have come, and nothing of them is kept",
    async (path) => {
      const before = heldBytes();
      const socket = connect(server.port, "127.0.0.1");
      await once(socket, "connect");
      let answer = "";
      socket.on("data", (data) => (answer += data.toString("latin1"))).on("error", () => {});
      socket.write(rawHead({ "content-length": 50 * MB }, path));
      await expect.poll(() => statusOf(answer)).toBe(413);
      // The rest of it, which nobody waits for.
      const megabyte = Buffer.alloc(MB, "x");
      let mostHeld = 0;
      for (let sent = 0; sent < 50 && socket.writable; sent++) {
        if (!socket.write(megabyte)) await Promise.race([once(socket, "drain"), once(socket, "close")]);
        if (sent % 10 === 9) mostHeld = Math.max(mostHeld, heldBytes() - before);
      }
      socket.destroy();
      expect(mostHeld).toBeLessThan(4 * MB);
      await expectServes();
    },
  );

  test("[EDGE-BODY-3] chunks of more than 16 KB together: 413", async () => {
    const chunks = Array.from({ length: 17 }, () => chunk("x".repeat(KB))).join("");
    const answer = await askRaw(server, rawHead({ "transfer-encoding": "chunked" }) + chunks + LAST_CHUNK);
    expect(statusOf(answer)).toBe(413);
    await expectServes();
  });

  test("[EDGE-BODY-4] chunks of 16 KB together, a byte each, are read", async () => {
    const chunks = [...optionsOf(16 * KB)].map(chunk).join("");
    const answer = await askRaw(server, rawHead({ "transfer-encoding": "chunked" }) + chunks + LAST_CHUNK);
    expect(statusOf(answer)).toBe(200);
  });

  test("[EDGE-BODY-5] 10 KB that unpack to 10 MB: 413", async () => {
    const bomb = gzipSync(optionsOf(10 * MB));
    expect(bomb.length).toBeLessThan(16 * KB);
    expect(await post(bomb, { "content-encoding": "gzip" })).toMatchObject(refusal(413));
    expect((await post(gzipSync(optionsOf(KB)), { "content-encoding": "gzip" })).status).toBe(200);
  });
});

describe("lies", () => {
  test("[EDGE-BODY-6] a length that is too short: what is over is no second request", async () => {
    const body = optionsOf(100);
    const answer = await askRaw(server, rawHead({ connection: "keep-alive", "content-length": 50 }) + body);
    expect(answer.match(/HTTP\/1\.1 \d{3}/g)).toEqual(["HTTP/1.1 400"]);
    await expectServes();
  });

  test("[EDGE-BODY-7] a length that is too long, and an end: no seat", async () => {
    const before = await matchMaker.query({});
    const socket = connect(server.port, "127.0.0.1");
    socket.on("error", () => {}).resume();
    socket.end(rawHead({ "content-length": 1000 }) + optionsOf(100));
    await once(socket, "close");
    const seats = (rooms: { clients: number }[]) => rooms.reduce((sum, { clients }) => sum + clients, 0);
    expect(seats(await matchMaker.query({}))).toBeLessThanOrEqual(seats(before));
    await expectServes();
  });

  test.each([
    ["a chunk whose length is none", "xyz\r\n"],
    ["a chunk longer than it says", "3\r\nabcdef\r\n"],
    ["a chunk of a negative length", "-1\r\na\r\n"],
    ["a chunk of 2^64 bytes", "10000000000000000\r\na\r\n"],
    ["an extension of 20 KB", `1;${"a".repeat(20 * KB)}\r\na\r\n`],
    ["a trailer of 20 KB", `0\r\nX-Long: ${"a".repeat(20 * KB)}\r\n\r\n`],
  ])("[EDGE-BODY-8] %s: the request ends with a 4xx of Node's", async (_what, body) => {
    const answer = await askRaw(server, rawHead({ "transfer-encoding": "chunked" }) + body);
    expect([400, 413, 431]).toContain(statusOf(answer));
    await expectServes();
  });
});

describe("what is no join options", () => {
  test.each<[what: string, body: string | Buffer, headers?: Record<string, string>]>([
    ["no JSON", "{name"],
    ["half of a JSON", '{"name":"a"'],
    ["a text in JSON", '"name"'],
    ["a number", "5"],
    ["null", "null"],
    ["a list", '["name"]'],
    ["a list in a list, 8,000 deep", "[".repeat(8000) + "]".repeat(8000)],
    ["a name that is an object, 2,000 deep", `${'{"name":'.repeat(2000).slice(0, 16_000)}1`],
    ["a name that is a list, 7,000 deep", `{"name":${"[".repeat(7000)}${"]".repeat(7000)}}`],
    ["7,000 lists in each other beside the name", `{"name":"a","b":${"[".repeat(7000)}${"]".repeat(7000)}}`],
    ["bytes that are no UTF-8", Buffer.from([0x7b, 0xff, 0xfe, 0x7d])],
    [
      "UTF-16 that says so",
      Buffer.from('{"name":5}', "utf16le"),
      { "content-type": "application/json; charset=utf-16" },
    ],
    ["a form", "name=a", { "content-type": "application/x-www-form-urlencoded" }],
    ["JSON that says that it is text", '{"name":"a"}', { "content-type": "text/plain" }],
    [
      "JSON that says that it is a file",
      '{"name":"a"}',
      { "content-type": "multipart/form-data; boundary=a" },
    ],
  ])("[EDGE-BODY-9] %s: 400, and no stack", async (_what, body, headers) => {
    expect(await post(body, headers)).toMatchObject(refusal(400));
    await expectServes();
  });

  test.each<[what: string, headers: Record<string, string>]>([
    ["a charset that is none", { "content-type": "application/json; charset=klingon" }],
    ["an encoding that is none", { "content-encoding": "rot13" }],
  ])("[EDGE-BODY-10] %s: 415", async (_what, headers) => {
    expect(await post("{}", headers)).toMatchObject(refusal(415));
  });

  test.each([
    ["__proto__", '{"__proto__":{"polluted":true,"maxClients":0},"name":"a"}'],
    ["constructor", '{"constructor":{"prototype":{"polluted":true}},"name":"a"}'],
    ["what a room has", '{"maxClients":0,"roomId":"x","onCreate":1,"private":true,"name":"a"}'],
  ])("[EDGE-BODY-11] %s in the options changes nothing but for who asks", async (_what, body) => {
    const answer = await post(body, {}, "/matchmake/create/arena");
    expect(answer.status).toBe(200);
    expect(({} as Record<string, unknown>).polluted).toBeUndefined();
    expect(matchMaker.getLocalRoomById(JSON.parse(answer.body).roomId)).toMatchObject({
      roomId: expect.not.stringMatching(/^x$/),
      maxClients: MAX_PLAYERS,
    });
    await expectServes();
  });

  test("[EDGE-BODY-12] no body is no wrong one: whoever asks plays under the usual name", async () => {
    const headers = { origin: server.url, "x-forwarded-for": freshAddress() };
    expect((await ask(server, PATH, { method: "POST", headers })).status).toBe(200);
  });
});
