/** Bodies that are too large, of a false length or no JSON: the server refuses them and keeps none of their bytes. */
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

/** Join options of this size. */
const optionsOf = (bytes: number) => JSON.stringify({ name: "x".repeat(bytes - '{"name":""}'.length) });

/** A one-line error without a stack or a path. */
const refusal = (status: number) => ({
  status,
  body: expect.stringMatching(new RegExp(`^{"code":${status},"error":"(?!.*(\\\\n|node_modules)).+"}$`)),
});

/** Bytes in buffers after a garbage collection. */
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
  test("[EDGE-BODY-1] reads 16 KB, and answers one byte more with 413", async () => {
    expect((await post(optionsOf(16 * KB))).status).toBe(200);
    expect(await post(optionsOf(16 * KB + 1))).toMatchObject(refusal(413));
  });

  test.each([PATH, "/api/identity", "/healthz", "/", "/nowhere"])(
    "[EDGE-BODY-2] answers 50 MB for %s with 413 before they arrive, and buffers none of them",
    async (path) => {
      const before = heldBytes();
      const socket = connect(server.port, "127.0.0.1");
      await once(socket, "connect");
      let answer = "";
      socket.on("data", (data) => (answer += data.toString("latin1"))).on("error", () => {});
      socket.write(rawHead({ "content-length": 50 * MB }, path));
      await expect.poll(() => statusOf(answer)).toBe(413);
      // The body, which arrives after the answer.
      const megabyte = Buffer.alloc(MB, "x");
      let mostHeld = 0;
      for (let sent = 0; sent < 50 && socket.writable; sent++) {
        if (!socket.write(megabyte))
          await Promise.race([once(socket, "drain"), once(socket, "close")]).catch(() => {});
        if (sent % 10 === 9) mostHeld = Math.max(mostHeld, heldBytes() - before);
      }
      socket.destroy();
      expect(mostHeld).toBeLessThan(4 * MB);
      await expectServes();
    },
  );

  test("[EDGE-BODY-3] answers chunks of more than 16 KB in total with 413", async () => {
    const chunks = Array.from({ length: 17 }, () => chunk("x".repeat(KB))).join("");
    const answer = await askRaw(server, rawHead({ "transfer-encoding": "chunked" }) + chunks + LAST_CHUNK);
    expect(statusOf(answer)).toBe(413);
    await expectServes();
  });

  test("[EDGE-BODY-4] reads 16 KB in chunks of one byte", async () => {
    const chunks = [...optionsOf(16 * KB)].map(chunk).join("");
    const answer = await askRaw(server, rawHead({ "transfer-encoding": "chunked" }) + chunks + LAST_CHUNK);
    expect(statusOf(answer)).toBe(200);
  });

  test("[EDGE-BODY-5] answers a gzip bomb of 10 MB with 413", async () => {
    const bomb = gzipSync(optionsOf(10 * MB));
    expect(bomb.length).toBeLessThan(16 * KB);
    expect(await post(bomb, { "content-encoding": "gzip" })).toMatchObject(refusal(413));
    expect((await post(gzipSync(optionsOf(KB)), { "content-encoding": "gzip" })).status).toBe(200);
  });
});

describe("false lengths", () => {
  test("[EDGE-BODY-6] does not read the rest of a body with too short a length as a second request", async () => {
    const body = optionsOf(100);
    const answer = await askRaw(server, rawHead({ connection: "keep-alive", "content-length": 50 }) + body);
    expect(answer.match(/HTTP\/1\.1 \d{3}/g)).toEqual(["HTTP/1.1 400"]);
    await expectServes();
  });

  test("[EDGE-BODY-7] reserves no seat for a body that ends before its length", async () => {
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
    ["a chunk with an invalid length", "xyz\r\n"],
    ["a chunk longer than it says", "3\r\nabcdef\r\n"],
    ["a chunk of a negative length", "-1\r\na\r\n"],
    ["a chunk of 2^64 bytes", "10000000000000000\r\na\r\n"],
    ["an extension of 20 KB", `1;${"a".repeat(20 * KB)}\r\na\r\n`],
    ["a trailer of 20 KB", `0\r\nX-Long: ${"a".repeat(20 * KB)}\r\n\r\n`],
  ])("[EDGE-BODY-8] %s ends the request with a 4xx from Node", async (_what, body) => {
    const answer = await askRaw(server, rawHead({ "transfer-encoding": "chunked" }) + body);
    expect([400, 413, 431]).toContain(statusOf(answer));
    await expectServes();
  });
});

describe("invalid join options", () => {
  test.each<[what: string, body: string | Buffer, headers?: Record<string, string>]>([
    ["malformed JSON", "{name"],
    ["truncated JSON", '{"name":"a"'],
    ["a JSON string", '"name"'],
    ["a number", "5"],
    ["null", "null"],
    ["an array", '["name"]'],
    ["arrays 8,000 deep", "[".repeat(8000) + "]".repeat(8000)],
    ["a name of objects 2,000 deep", `${'{"name":'.repeat(2000).slice(0, 16_000)}1`],
    ["a name of arrays 7,000 deep", `{"name":${"[".repeat(7000)}${"]".repeat(7000)}}`],
    ["arrays 7,000 deep beside the name", `{"name":"a","b":${"[".repeat(7000)}${"]".repeat(7000)}}`],
    ["bytes that are not UTF-8", Buffer.from([0x7b, 0xff, 0xfe, 0x7d])],
    [
      "UTF-16 with its charset",
      Buffer.from('{"name":5}', "utf16le"),
      { "content-type": "application/json; charset=utf-16" },
    ],
    ["a form", "name=a", { "content-type": "application/x-www-form-urlencoded" }],
    ["JSON as text/plain", '{"name":"a"}', { "content-type": "text/plain" }],
    ["JSON as multipart/form-data", '{"name":"a"}', { "content-type": "multipart/form-data; boundary=a" }],
  ])("[EDGE-BODY-9] answers %s with 400, without a stack", async (_what, body, headers) => {
    expect(await post(body, headers)).toMatchObject(refusal(400));
    await expectServes();
  });

  test.each<[what: string, headers: Record<string, string>]>([
    ["an unknown charset", { "content-type": "application/json; charset=klingon" }],
    ["an unknown encoding", { "content-encoding": "rot13" }],
  ])("[EDGE-BODY-10] answers %s with 415", async (_what, headers) => {
    expect(await post("{}", headers)).toMatchObject(refusal(415));
  });

  test.each([
    ["__proto__", '{"__proto__":{"polluted":true,"maxClients":0},"name":"a"}'],
    ["constructor", '{"constructor":{"prototype":{"polluted":true}},"name":"a"}'],
    ["a room's own fields", '{"maxClients":0,"roomId":"x","onCreate":1,"private":true,"name":"a"}'],
  ])("[EDGE-BODY-11] ignores %s in the options", async (_what, body) => {
    const answer = await post(body, {}, "/matchmake/create/arena");
    expect(answer.status).toBe(200);
    expect(({} as Record<string, unknown>).polluted).toBeUndefined();
    expect(matchMaker.getLocalRoomById(JSON.parse(answer.body).roomId)).toMatchObject({
      roomId: expect.not.stringMatching(/^x$/),
      maxClients: MAX_PLAYERS,
    });
    await expectServes();
  });

  test("[EDGE-BODY-12] accepts a request without a body", async () => {
    const headers = { origin: server.url, "x-forwarded-for": freshAddress() };
    expect((await ask(server, PATH, { method: "POST", headers })).status).toBe(200);
  });
});
