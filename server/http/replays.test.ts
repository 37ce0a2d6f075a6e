/** The routes and the page of replays, on a server whose folder has some. */
import { truncateSync } from "node:fs";
import { connect } from "node:net";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { MAPS } from "#server/arenas.ts";
import { keepArena } from "#server/services/replays/arenas.ts";
import { Shelf } from "#server/services/replays/shelf.ts";
import { openDatabase } from "#server/store/database/database.ts";
import { queries as results } from "#server/store/results/results.ts";
import { type Answer, type Asking, ask, askRaw, freshAddress } from "#server/testing/asking.ts";
import { bootServer, type TestServer, until } from "#server/testing/bootServer.ts";
import { aResult, matchId } from "#server/testing/matches.ts";
import { namePlayer } from "#server/testing/namedPlayer.ts";
import { GOLDEN, goldenIndex, putReplay, replayWith } from "#server/testing/replayFiles.ts";
import { pathTo, ROUTE } from "#shared/protocol/http.ts";
import type { MatchPage, MatchSummary, PlayerProfile } from "#shared/protocol/progress.ts";
import type { ReplayInfo } from "#shared/replay/replay.ts";
import { temporaryFolder } from "#shared/testing/temporaryFolder.ts";

const NOW_MS = Date.now();
const idOf = (number: number) => matchId(NOW_MS - 600_000 + number, number);
const [PLAIN, HOSTED, DAMAGED, NEWER, PART, LARGE, OLD_MAP, LOST_MAP, UNKNOWN] = [
  1, 2, 3, 4, 5, 6, 7, 8, 9,
].map(idOf) as [string, string, string, string, string, string, string, string, string];
const LARGE_BYTES = 64 * 1024 * 1024;
const FORMER = { sha256: "", tiledJson: '{"former":true}' };

let server: TestServer;
let folder: string;
beforeAll(async () => {
  const dataDir = temporaryFolder("replays");
  folder = join(dataDir, "replays");
  const { createHash } = await import("node:crypto");
  FORMER.sha256 = createHash("sha256").update(FORMER.tiledJson).digest("hex");
  putReplay(folder, PLAIN, await replayWith({ match: PLAIN }));
  putReplay(folder, HOSTED, await replayWith({ match: HOSTED, isHosted: true }));
  putReplay(folder, DAMAGED, GOLDEN.subarray(0, 60));
  putReplay(folder, NEWER, await replayWith({ format: 2 as never }));
  putReplay(folder, PART, GOLDEN, "part");
  truncateSync(putReplay(folder, LARGE), LARGE_BYTES);
  putReplay(folder, OLD_MAP, await replayWith({ match: OLD_MAP, mapSha256: FORMER.sha256 }));
  putReplay(folder, LOST_MAP, await replayWith({ match: LOST_MAP, mapSha256: "f".repeat(64) }));
  await keepArena(folder, FORMER.sha256, FORMER.tiledJson);
  const database = openDatabase({ kind: "sqlite", path: join(dataDir, "fracas.db") });
  await database.migrate();
  await namePlayer(database.db, "ann", "Ann");
  for (const id of [PLAIN, UNKNOWN])
    await results.applyResult(
      database.db,
      aResult({ id, startedAt: NOW_MS - 600_000, endedAt: NOW_MS - 300_000 }),
    );
  await database.close();
  server = await bootServer({ production: true, trustedProxies: ["127.0.0.1"], dataDir });
});
afterAll(() => server.close());

/** From an address of its own, as limits count by address. */
const get = (path: string, headers: Record<string, string> = {}, asking: Asking = {}) =>
  ask(server, path, { ...asking, headers: { "x-forwarded-for": freshAddress(), ...headers } });
const infoPath = (id: string) => pathTo(ROUTE.replay, { id });
const filePath = (id: string) => pathTo(ROUTE.replayFile, { id });
const mapPath = (id: string) => pathTo(ROUTE.replayMap, { id });

async function bytesOf(path: string, headers: Record<string, string> = {}) {
  const answer = await fetch(server.url + path, {
    headers: { "x-forwarded-for": freshAddress(), ...headers },
  });
  return { answer, bytes: Buffer.from(await answer.arrayBuffer()) };
}

describe("GET /api/replays/ID", () => {
  test("[SHELF-30] says what a replay holds, to every site, with an ETag, for an hour", async () => {
    const answer = await get(infoPath(PLAIN), { origin: "https://elsewhere.example" });
    expect(answer.status).toBe(200);
    expect(answer.headers).toMatchObject({
      "content-type": "application/json; charset=utf-8",
      "access-control-allow-origin": "*",
      "cross-origin-resource-policy": "cross-origin",
      "cache-control": "public, max-age=3600",
    });
    expect(answer.headers).not.toHaveProperty("x-robots-tag");
    const info = JSON.parse(answer.body) as ReplayInfo;
    const { head, end } = await goldenIndex();
    expect(info.head).toEqual({ ...head, match: PLAIN });
    expect([info.marks, info.people]).toEqual([end?.marks, end?.people]);
    const again = await get(infoPath(PLAIN.toUpperCase()), { "if-none-match": String(answer.headers.etag) });
    expect([again.status, again.body]).toEqual([304, ""]);
    expect((await get(infoPath(HOSTED))).headers["x-robots-tag"]).toBe("noindex");
  });

  test.each([
    [() => UNKNOWN, 404, "There is no replay with this id"],
    [() => "1", 404, "There is no replay"],
    [() => DAMAGED, 410, "This replay is damaged."],
    [() => NEWER, 410, "A later version of Fracas has recorded this replay."],
  ])("[SHELF-31] case %#: says why there is none, in words, to every site", async (id, status, text) => {
    for (const path of [infoPath(id()), mapPath(id())]) {
      const answer = await get(path);
      expect([answer.status, JSON.parse(answer.body)]).toEqual([
        status,
        { code: status, error: expect.stringContaining(text) },
      ]);
      expect(answer.headers["access-control-allow-origin"]).toBe("*");
    }
  });

  test("[SHELF-49] says without a failure that the match goes on, and when to ask again", async () => {
    const answer = await get(infoPath(PART));
    expect([answer.status, JSON.parse(answer.body)]).toEqual([202, { is: "goesOn" }]);
    expect(answer.headers).toMatchObject({ "retry-after": "5", "cache-control": "no-store" });
    expect((await get(mapPath(PART))).status).toBe(404);
  });
});

describe("GET /api/replays/ID/file", () => {
  test("[SHELF-32] answers a range with these bytes, and the whole without one", async () => {
    const whole = await bytesOf(filePath(PLAIN));
    const file = Buffer.from(await replayWith({ match: PLAIN }));
    expect([whole.answer.status, whole.bytes.equals(file)]).toEqual([200, true]);
    expect(Object.fromEntries(whole.answer.headers)).toMatchObject({
      "content-type": "application/octet-stream",
      "accept-ranges": "bytes",
      "cache-control": "public, max-age=3600, immutable",
      "access-control-allow-origin": "*",
      "x-robots-tag": "noindex",
      etag: `"${PLAIN}"`,
    });
    const { segments } = JSON.parse((await get(infoPath(PLAIN))).body) as ReplayInfo;
    for (const { at, bytes: length } of segments) {
      const range = `bytes=${at}-${at + length - 1}`;
      const { answer, bytes } = await bytesOf(filePath(PLAIN), { range });
      expect(answer.status).toBe(206);
      expect(answer.headers.get("content-range")).toBe(`bytes ${at}-${at + length - 1}/${file.length}`);
      expect(bytes.equals(file.subarray(at, at + length))).toBe(true);
    }
    const head = await get(filePath(PLAIN), {}, { method: "HEAD" });
    expect([head.status, head.headers["content-length"], head.body]).toEqual([200, String(file.length), ""]);
  });

  test("[SHELF-33] honours If-None-Match and If-Range by its ETag, which never changes", async () => {
    const etag = `"${PLAIN}"`;
    const range = "bytes=0-9";
    const has = await get(filePath(PLAIN), { "if-none-match": etag });
    expect([has.status, has.body]).toEqual([304, ""]);
    expect((await get(filePath(PLAIN), { range, "if-range": etag })).status).toBe(206);
    expect((await get(filePath(PLAIN), { range, "if-range": '"other"' })).status).toBe(200);
  });

  test.each(["bytes=99999999-", "bytes=99999999999999999999-", "bytes=-0", "bytes=1000000-1000001,2000000-"])(
    "[SHELF-34] %s, which the file does not have, is 416 with its length",
    async (range) => {
      const answer = await get(filePath(PLAIN), { range });
      expect([answer.status, JSON.parse(answer.body).code]).toEqual([416, 416]);
      const { length } = await replayWith({ match: PLAIN });
      expect(answer.headers["content-range"]).toBe(`bytes */${length}`);
      expect(answer.headers["content-type"]).toMatch("application/json");
      expect(answer.headers).not.toHaveProperty("content-disposition");
      expect(answer.headers.etag).not.toBe(`"${PLAIN}"`);
      expect(answer.headers["cache-control"] ?? "").not.toContain("max-age");
    },
  );

  test.each([
    ["bytes=0-0,5-9", 200],
    [`bytes=${Array.from({ length: 50 }, (_, at) => `${at * 3}-${at * 3}`).join(",")}`, 200],
    ["bytes=0-99999999999999999999", 206],
    ["bytes=abc", 200],
    ["lines=1-2", 200],
    ["bytes=", 200],
    // Longer than a Range may be (requestValidation.ts).
    [`bytes=${"0-0,".repeat(900)}1-1`, 400],
  ])("[SHELF-35] several ranges and odd ones cost one file at most: case %#", async (range, status) => {
    const { answer, bytes } = await bytesOf(filePath(PLAIN), { range });
    expect(answer.status).toBe(status);
    const { length } = await replayWith({ match: PLAIN });
    expect(bytes.length).toBeLessThanOrEqual(length);
    if (status < 400) expect(bytes.length).toBe(length);
  });

  test("[SHELF-36] no path leads to another file", async () => {
    const paths = [
      "/api/replays/../../fracas.db/file",
      "/api/replays/..%2f..%2ffracas.db/file",
      "/api/replays/%2e%2e%2ffracas.db%00/file",
      `/api/replays/${PLAIN}.replay/file`,
      `/api/replays/${PLAIN}%00/file`,
      `/api/replays/maps%2f${FORMER.sha256}.tmj/file`,
      filePath(PART),
      `/api/replays/${PART}.part/file`,
      filePath(UNKNOWN),
    ];
    for (const path of paths) {
      const raw = await askRaw(
        server,
        `GET ${path} HTTP/1.1\r\nHost: ${new URL(server.url).host}\r\nConnection: close\r\n\r\n`,
      );
      expect(raw, path).toMatch(/^HTTP\/1\.1 (400|404) /);
      expect(raw).not.toContain("SQLite format");
    }
  });

  test("[SHELF-37] readers that read nothing are ended, and keep nobody else waiting", async () => {
    const { port } = server;
    const slow = Array.from({ length: 40 }, () => {
      const socket = connect(port, "127.0.0.1");
      socket.on("error", () => {});
      socket.pause();
      socket.write(
        `GET ${filePath(LARGE)} HTTP/1.1\r\nHost: x\r\nX-Forwarded-For: ${freshAddress()}\r\n\r\n`,
      );
      return socket;
    });
    const { answer, bytes } = await bytesOf(filePath(PLAIN), { range: "bytes=0-99" });
    expect([answer.status, bytes.length]).toEqual([206, 100]);
    let open = 0;
    const counting = setInterval(() => {
      server.app.http.getConnections((_error, count) => {
        open = count;
      });
    }, 50);
    try {
      await until("all are connected", () => open >= slow.length);
      await until("the server has ended them", () => open < 10, 40_000);
    } finally {
      clearInterval(counting);
    }
    for (const socket of slow) socket.destroy();
  });

  test("[SHELF-38] another site's page may ask for ranges, and reads where they are", async () => {
    const preflight = await get(
      filePath(PLAIN),
      {
        origin: "https://elsewhere.example",
        "access-control-request-method": "GET",
        "access-control-request-headers": "range",
      },
      { method: "OPTIONS" },
    );
    expect(preflight.status).toBe(204);
    expect(preflight.headers).toMatchObject({
      "access-control-allow-origin": "*",
      "access-control-allow-headers": expect.stringContaining("Range"),
    });
    const { answer } = await bytesOf(filePath(PLAIN), {
      range: "bytes=0-1",
      origin: "https://elsewhere.example",
    });
    expect(answer.headers.get("access-control-expose-headers")).toContain("Content-Range");
  });

  test("[SHELF-39] a network may fetch 1,800 parts a minute, and then reads how long to wait", async () => {
    const headers = { "x-forwarded-for": freshAddress() };
    const asked: Answer[] = [];
    const askOne = () => ask(server, filePath(PLAIN), { method: "HEAD", headers });
    while (asked.length < 1800) asked.push(...(await Promise.all(Array.from({ length: 100 }, askOne))));
    asked.push(await askOne());
    expect(asked.filter(({ status }) => status === 200)).toHaveLength(1800);
    const refused = asked.find(({ status }) => status === 429);
    expect(refused?.headers["retry-after"]).toMatch(/^\d+$/);
    expect(refused?.headers["access-control-allow-origin"]).toBe("*");
  });
});

describe("GET /api/replays/ID/map", () => {
  test("[SHELF-40] answers the arena as it was: this server's own, or the one that was kept", async () => {
    const now = await get(mapPath(PLAIN));
    expect([now.status, now.body]).toEqual([200, MAPS.get("foundry")?.tiledJson]);
    expect(now.headers).toMatchObject({
      "content-type": "application/json; charset=utf-8",
      "access-control-allow-origin": "*",
      "cache-control": "public, max-age=3600",
    });
    expect((await get(mapPath(PLAIN), { "if-none-match": String(now.headers.etag) })).status).toBe(304);
    const former = await get(mapPath(OLD_MAP));
    expect([former.status, former.body]).toEqual([200, FORMER.tiledJson]);
    const lost = await get(mapPath(LOST_MAP));
    expect([lost.status, JSON.parse(lost.body).error]).toEqual([404, expect.stringContaining("arena")]);
  });
});

describe("the page of a replay", () => {
  const page = async (path: string) => {
    const answer = await get(path, { host: "play.example" });
    const tags = [...answer.body.matchAll(/<meta (?:property|name)="([^"]+)" content="([^"]*)" \/>/g)];
    return { ...answer, tags: Object.fromEntries(tags.map(([, name, content]) => [name, content])) };
  };

  test("[SHELF-41] has the tags of its match, with its score and its card", async () => {
    const { status, headers, tags } = await page(`/replay/${PLAIN}?t=12`);
    expect(status).toBe(200);
    expect(tags).toMatchObject({
      "og:title": "Replay: Team deathmatch on Foundry · Fracas",
      "og:description": expect.stringMatching(/^30 : 12 · 4 players · 0:\d\d\.$/),
      "og:url": `http://play.example/replay/${PLAIN}`,
      "og:image": `http://play.example/m/${PLAIN}/card.png`,
    });
    expect(headers).not.toHaveProperty("x-robots-tag");
  });

  test("[SHELF-42] of a hosted match is kept from search engines; of a match that was not kept has no score", async () => {
    const { status, headers, tags } = await page(`/replay/${HOSTED}`);
    expect([status, headers["x-robots-tag"]]).toEqual([200, "noindex"]);
    expect(tags).toMatchObject({
      "og:description": expect.stringMatching(/^6 players · 0:\d\d\.$/),
      "og:image": "http://play.example/card.png",
    });
  });

  test("[SHELF-43] is 404 without a replay, and the plain page if it is damaged or its match goes on: each says so itself", async () => {
    const plain = await get("/index.html");
    for (const path of ["/replay/1", "/replay/%3Cscript%3E", `/replay/${UNKNOWN}`])
      expect(await page(path)).toMatchObject({ status: 404, body: plain.body });
    for (const id of [DAMAGED, PART])
      expect(await page(`/replay/${id}`)).toMatchObject({ status: 200, body: plain.body });
  });
});

test("[SHELF-48] a profile says of each of its matches whether it can be watched", async () => {
  const { matches } = JSON.parse((await get("/api/players/Ann")).body) as PlayerProfile;
  expect(matches.map(({ id, hasReplay }) => [id, hasReplay])).toEqual([
    [UNKNOWN, false],
    [PLAIN, true],
  ]);
});

test("[SHELF-44] matches say whether they can be watched, in the list and alone, as soon as that changes", async () => {
  const isWatchable = async () => {
    const alone = await Promise.all([PLAIN, UNKNOWN].map((id) => get(`/api/matches/${id}`)));
    return alone.map(({ body }) => (JSON.parse(body) as MatchPage).hasReplay);
  };
  expect(await isWatchable()).toEqual([true, false]);
  const list = JSON.parse((await get("/api/matches")).body) as MatchSummary[];
  expect(Object.fromEntries(list.map(({ id, hasReplay }) => [id, hasReplay]))).toMatchObject({
    [PLAIN]: true,
    [UNKNOWN]: false,
  });
  await new Shelf(folder).delete(PLAIN);
  await expect.poll(isWatchable).toEqual([false, false]);
  expect((await get(infoPath(PLAIN))).status).toBe(404);
  expect((await get(filePath(PLAIN))).status).toBe(404);
});
