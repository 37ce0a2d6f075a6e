/** The routes that everybody may read, on a server whose store has players and matches. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { foldName } from "#server/services/accounts/names.ts";
import { type Database, openDatabase } from "#server/store/database/database.ts";
import { queries as results } from "#server/store/results/results.ts";
import { ask, freshAddress, Guest } from "#server/testing/asking.ts";
import { bootServer, type TestServer } from "#server/testing/bootServer.ts";
import { aResult, matchId } from "#server/testing/matches.ts";
import { namePlayer } from "#server/testing/namedPlayer.ts";
import type { Leaderboard, MatchPage, MatchSummary, PlayerProfile } from "#shared/protocol/progress.ts";
import { temporaryFolder } from "#shared/testing/temporaryFolder.ts";

const NOW_MS = Date.now();
/** A name that tries to leave the text it stands in. */
const SCRIPT = `<script>"'$&`;
const MATCHES = 6;
const idOf = (number: number) => matchId(NOW_MS - 600_000 + number, number);
const HOSTED = idOf(MATCHES);

let server: TestServer;
let database: Database;
let dataDir: string;
beforeAll(async () => {
  dataDir = temporaryFolder("reads");
  database = openDatabase({ kind: "sqlite", path: join(dataDir, "fracas.db") });
  await database.migrate();
  await fill(database);
  server = await bootServer({ production: true, trustedProxies: ["127.0.0.1"], dataDir });
});
afterAll(async () => {
  await server.close();
  await database.close();
});

async function fill({ db }: Database): Promise<void> {
  const ann = await namePlayer(db, "ann", "Ann");
  await namePlayer(db, "ben", SCRIPT);
  await db
    .insertInto("formerName")
    .values({ folded: foldName("Anna"), playerId: ann, freeAt: NOW_MS + 86_400_000 })
    .execute();
  for (let number = 0; number <= MATCHES; number++) {
    const startedAt = NOW_MS - 300_000 + number;
    const isHosted = number === MATCHES;
    await results.applyResult(
      db,
      aResult({ id: idOf(number), startedAt, endedAt: startedAt + 300_000, isHosted }),
    );
  }
}

/** From an address of its own, as limits count by address. */
const get = (path: string, headers: Record<string, string> = {}) =>
  ask(server, path, { headers: { "x-forwarded-for": freshAddress(), ...headers } });
const getJson = async <Body>(path: string, headers?: Record<string, string>): Promise<Body> => {
  const { status, body } = await get(path, headers);
  expect(status).toBe(200);
  return JSON.parse(body);
};
const LEADERBOARD = "/api/leaderboard?mode=teamDeathmatch";

test.each([
  ["/api/players/ann", 10],
  ["/api/matches", 5],
  ["/api/matches?limit=2", 5],
  [`/api/matches/${idOf(0)}`, 5],
  [LEADERBOARD, 5],
])("[READS-1] %s is open to every site, cached for %i s, and 304 to who has it", async (path, maxAgeSec) => {
  const first = await get(path, { origin: "https://elsewhere.example" });
  expect(first.status).toBe(200);
  expect(first.headers).toMatchObject({
    "content-type": "application/json; charset=utf-8",
    "access-control-allow-origin": "*",
    "cross-origin-resource-policy": "cross-origin",
    "cache-control": `public, max-age=${maxAgeSec}`,
  });
  expect(first.headers).not.toHaveProperty("access-control-allow-credentials");
  const again = await get(path, { "if-none-match": String(first.headers.etag) });
  expect(again).toMatchObject({ status: 304, body: "" });
  expect((await get(path, { "if-none-match": '"other"' })).status).toBe(200);
});

describe("GET /api/players/NAME", () => {
  test("[READS-2] finds an account by any spelling of its name, and redirects a former name", async () => {
    for (const name of ["Ann", "ANN", "A%20n%20n", "%D0%90nn"]) {
      const { name: found, matches } = await getJson<PlayerProfile>(`/api/players/${name}`);
      expect([found, matches.length]).toEqual(["Ann", MATCHES]);
    }
    const moved = await get("/api/players/ANNA", { origin: "https://elsewhere.example" });
    expect(moved).toMatchObject({ status: 302, headers: { location: "/api/players/Ann" } });
    expect(moved.headers["access-control-allow-origin"]).toBe("*");
    const odd = await getJson<PlayerProfile>(`/api/players/${encodeURIComponent(SCRIPT)}`);
    expect(odd.name).toBe(SCRIPT);
  });

  test.each([
    "nobody",
    "cem",
    "constructor",
    "%20",
    "%00",
    "%E2%80%8B",
    "'%20OR%201=1%20--",
    "Ann';%20DROP%20TABLE%20player;--",
    `Ann${"n".repeat(900)}`,
  ])("[READS-3] %s is 404, with a reason that other sites can read", async (name) => {
    const { status, body, headers } = await get(`/api/players/${name}`);
    expect([status, JSON.parse(body)]).toEqual([404, { code: 404, error: "No player has this name." }]);
    expect(headers["access-control-allow-origin"]).toBe("*");
    expect((await get("/api/players/Ann")).status).toBe(200);
  });
});

describe("GET /api/leaderboard", () => {
  test("[READS-4] has a season's and a week's best, of now or of the time that is asked for", async () => {
    const season = await getJson<Leaderboard>(LEADERBOARD);
    expect(season).toMatchObject({ mode: "teamDeathmatch", span: "season", players: 2, around: [] });
    expect(season.top.map(({ rank, name, games, isYou }) => [rank, name, games, isYou])).toEqual([
      [1, "Ann", 6, false],
      [2, SCRIPT, 6, false],
    ]);
    const week = await getJson<Leaderboard>(`${LEADERBOARD}&span=week`);
    expect(week.top[0]).toMatchObject({ rank: 1, games: MATCHES });
    // A score over opponents who have fallen behind counts a little less.
    expect(week.top[0]?.value).toBeGreaterThan(11 * MATCHES);
    expect(week.top[0]?.value).toBeLessThanOrEqual(12 * MATCHES);
    expect(await getJson(`${LEADERBOARD}&at=${season.at}`)).toEqual(season);
    expect(await getJson(`${LEADERBOARD}&span=week&at=${week.at}`)).toEqual(week);
    expect(await getJson(`${LEADERBOARD}&at=2025-1`)).toMatchObject({ at: "2025-1", players: 0, top: [] });
  });

  test.each([
    "",
    "?mode=chess",
    "?mode=deathmatch&mode=deathmatch",
    "?mode=deathmatch&span=ever",
    "?mode=deathmatch&at=2026-5",
    "?mode=deathmatch&at=99999999999-1",
    "?mode=deathmatch&span=week&at=2026-4",
    "?mode=deathmatch&span=week&at=2026-11-24",
    "?mode=deathmatch&span=week&at=2026-13-45",
    "?mode=deathmatch'--",
    "?mode=deathmatch&top=100000",
    "?mode[]=deathmatch",
  ])("[READS-5] %s is 400, and the answer says what is allowed", async (query) => {
    const { status, body } = await get(`/api/leaderboard${query}`);
    expect(status).toBe(400);
    expect(JSON.parse(body).error).toMatch(/deathmatch, .*season or week.*2026-4/);
  });

  test("[READS-6] shows a visitor with a token their own place, in an answer that no cache keeps", async () => {
    const { token } = JSON.parse((await new Guest(server).post("/api/identity")).body) as { token: string };
    const bearer = { authorization: `Bearer ${token}` };
    const stranger = await get(LEADERBOARD, bearer);
    expect(JSON.parse(stranger.body)).toMatchObject({ around: [], players: 2 });
    const { sub } = JSON.parse(Buffer.from(token.split(".")[1] ?? "", "base64url").toString());
    const ann = await database.db
      .selectFrom("player")
      .select("id")
      .where("name", "=", "Ann")
      .executeTakeFirstOrThrow();
    await database.db
      .insertInto("identity")
      .values({ sub, playerId: ann.id, createdAt: NOW_MS, seenAt: NOW_MS, revokedAt: null })
      .execute();
    const { headers, body } = await get(LEADERBOARD, bearer);
    expect(headers).toMatchObject({ "cache-control": "private, no-store" });
    const shown = JSON.parse(body) as Leaderboard;
    expect(shown.around.map(({ name, isYou }) => [name, isYou])).toEqual([
      ["Ann", true],
      [SCRIPT, false],
    ]);
    expect(shown.top.map(({ isYou }) => isYou)).toEqual([true, false]);
    const others = await get(LEADERBOARD);
    expect(others.headers.vary).toMatch(/Authorization/);
    expect(JSON.parse(others.body)).toMatchObject({ around: [], top: [{ isYou: false }, { isYou: false }] });
    expect((await get(LEADERBOARD, { authorization: "Bearer forged" })).status).toBe(401);
  });
});

describe("GET /api/matches", () => {
  test("[READS-7] lists the newest public matches first, and no hosted one", async () => {
    const all = await getJson<MatchSummary[]>("/api/matches");
    expect(all.map(({ id }) => id)).toEqual([5, 4, 3, 2, 1, 0].map(idOf));
    expect(await getJson("/api/matches?limit=2")).toEqual(all.slice(0, 2));
    expect(await getJson("/api/matches?limit=100")).toEqual(all);
  });

  test.each(["0", "101", "1e2", "-1", "1.5", "", "9".repeat(400), "1;DROP", "1&limit=2"])(
    "[READS-8] limit=%s is 400, and the answer says what is allowed",
    async (limit) => {
      const { status, body } = await get(`/api/matches?limit=${limit}`);
      expect([status, JSON.parse(body)]).toEqual([
        400,
        { code: 400, error: "The query is wrong. Allowed is: limit, a whole number from 1 to 100." },
      ]);
    },
  );

  test("[READS-9] answers a match by its id in either case; a hosted one is kept from search engines", async () => {
    const { headers } = await get(`/api/matches/${idOf(0)}`);
    expect(headers).not.toHaveProperty("x-robots-tag");
    expect(await getJson<MatchPage>(`/api/matches/${idOf(0).toUpperCase()}`)).toMatchObject({ id: idOf(0) });
    const hosted = await get(`/api/matches/${HOSTED}`);
    expect(hosted.headers["x-robots-tag"]).toBe("noindex");
    expect(JSON.parse(hosted.body)).toMatchObject({ isHosted: true, whyUnrated: "hosted" });
  });

  test.each([
    idOf(99),
    "1",
    "newest",
    `${idOf(0)}x`,
    `${idOf(0).slice(0, -1)}%00`,
    `'%20OR%20'1'='1`,
    "f81d4fae-7dec-11d0-a765-00a0c91e6bf6",
    "x".repeat(1500),
  ])("[READS-10] %s, which is no match's id, is 404", async (id) => {
    const { status, body } = await get(`/api/matches/${id}`);
    expect([status, JSON.parse(body).code]).toEqual([404, 404]);
  });
});

test("[READS-11] a network may look 1,200 times a minute, and then reads how long to wait", async () => {
  const headers = { "x-forwarded-for": freshAddress() };
  const looks = await Promise.all(
    Array.from({ length: 1201 }, () => ask(server, "/api/matches", { headers })),
  );
  expect(looks.filter(({ status }) => status === 200)).toHaveLength(1200);
  const refused = looks.find(({ status }) => status === 429);
  expect(refused?.headers).toMatchObject({ "access-control-allow-origin": "*" });
  expect(refused?.headers["retry-after"]).toMatch(/^\d+$/);
  expect((await ask(server, "/u/Ann", { headers })).status).toBe(200);
});

test("[READS-12] docs/protocol.md names every field of these answers", async () => {
  const page = readFileSync(new URL("../../docs/protocol.md", import.meta.url), "utf8");
  const names = new Set<string>();
  const collect = (value: unknown) => {
    if (typeof value !== "object" || value === null) return;
    for (const [name, part] of Object.entries(value)) {
      if (!Array.isArray(value)) names.add(name);
      collect(part);
    }
  };
  for (const path of ["/api/players/Ann", LEADERBOARD, "/api/matches", `/api/matches/${idOf(0)}`])
    collect(await getJson(path));
  expect(names.size).toBeGreaterThan(40);
  const section = page.split("## Players and matches")[1]?.split("\n## ")[0] ?? "";
  expect([...names].filter((name) => !new RegExp(`\\b${name}\\b`).test(section))).toEqual([]);
});

describe("pages with a preview", () => {
  const page = async (path: string, headers: Record<string, string> = {}) => {
    const answer = await get(path, { host: "play.example", ...headers });
    const tags = [...answer.body.matchAll(/<meta (?:property|name)="([^"]+)" content="([^"]*)" \/>/g)];
    return { ...answer, tags: Object.fromEntries(tags.map(([, name, content]) => [name, content])) };
  };

  test("[PREVIEW-1] a profile's page has its tags, with absolute addresses of the host that was asked", async () => {
    const { status, headers, tags, body } = await page("/u/ann", { "x-forwarded-proto": "https" });
    expect(status).toBe(200);
    expect(tags).toMatchObject({
      "og:title": "Ann · Fracas",
      "og:url": "https://play.example/u/Ann",
      "og:image": "https://play.example/u/Ann/card.png",
      "twitter:card": "summary_large_image",
    });
    expect(tags.description).toBe(tags["og:description"]);
    expect(tags.description).toMatch(
      /^Level \d+ · \d+ points in team deathmatch \(rank 1\) · 6 matches, 100% won\.$/,
    );
    expect(body).toContain("<title>Ann · Fracas</title>");
    expect(body).toContain('<script type="module"');
    expect(headers).toMatchObject({
      "content-type": "text/html; charset=utf-8",
      "cache-control": "no-cache",
    });
    expect(headers["content-security-policy"]).toContain("script-src 'self';");
    expect(headers).not.toHaveProperty("access-control-allow-origin");
    expect(
      (await page("/u/ann", { "x-forwarded-proto": "https", "if-none-match": String(headers.etag) })).status,
    ).toBe(304);
  });

  test("[PREVIEW-2] a name with markup stays text", async () => {
    const plain = await get("/index.html");
    const { body, tags } = await page(`/u/${encodeURIComponent(SCRIPT)}`);
    expect(tags["og:title"]).toBe("&lt;script&gt;&quot;&#39;$&amp; · Fracas");
    expect(body.match(/<script/g)).toHaveLength(plain.body.match(/<script/g)?.length ?? 0);
    expect(body.match(/<\/head>/g)).toHaveLength(1);
  });

  test("[PREVIEW-3] a match's and the leaderboard's page have theirs; a hosted match's is kept from search engines", async () => {
    const match = await page(`/m/${idOf(0)}`);
    expect(match.tags).toMatchObject({
      "og:title": "Team deathmatch on Foundry · Fracas",
      "og:description": "30 : 12 · 4 players · 5:00.",
      "og:image": `http://play.example/m/${idOf(0)}/card.png`,
    });
    expect(match.headers).not.toHaveProperty("x-robots-tag");
    expect((await page(`/m/${HOSTED}`)).headers["x-robots-tag"]).toBe("noindex");
    const board = await page("/leaderboard");
    expect(board).toMatchObject({ status: 200, tags: { "og:title": "Leaderboard · Fracas" } });
    expect(board.tags["og:image"]).toBe("http://play.example/card.png");
  });

  test("[PREVIEW-4] a former name redirects to the present one; what nobody has is 404 with the page as it is", async () => {
    expect(await page("/u/anna")).toMatchObject({ status: 302, headers: { location: "/u/Ann" } });
    const plain = await get("/index.html");
    for (const path of ["/u/nobody", "/u/%3Cscript%3E", `/m/${idOf(99)}`, "/m/1"]) {
      expect(await page(path)).toMatchObject({ status: 404, body: plain.body });
    }
  });
});

describe("share images", () => {
  const image = async (path: string, headers: Record<string, string> = {}) => {
    const url = `${server.url}${path}`;
    const response = await fetch(url, {
      headers: { "x-forwarded-for": freshAddress(), ...headers },
      redirect: "manual",
    });
    return {
      status: response.status,
      headers: response.headers,
      bytes: Buffer.from(await response.arrayBuffer()),
    };
  };
  const ANN = "/u/ANN/card.png";
  const MATCH = `/m/${idOf(0)}/card.png`;

  test.each([ANN, MATCH])(
    "[CARD-8] %s is a PNG that every site may show, and 304 to who has it",
    async (path) => {
      const { status, headers, bytes } = await image(path);
      expect([status, headers.get("content-type")]).toEqual([200, "image/png"]);
      expect(bytes.subarray(1, 4).toString()).toBe("PNG");
      expect(headers.get("cache-control")).toBe("public, max-age=300");
      expect(headers.get("cross-origin-resource-policy")).toBe("cross-origin");
      // fetch would ask caches to be passed over.
      const again = await get(path, { "if-none-match": headers.get("etag") ?? "" });
      expect(again).toMatchObject({ status: 304, body: "" });
      expect((await image(path)).bytes.equals(bytes)).toBe(true);
    },
  );

  test("[CARD-9] a former name redirects, unknown ones are 404, a hosted match's image is kept from search engines", async () => {
    const moved = await image("/u/Anna/card.png");
    expect([moved.status, moved.headers.get("location")]).toEqual([302, "/u/Ann/card.png"]);
    for (const path of ["/u/nobody/card.png", `/m/${idOf(99)}/card.png`, "/m/1/card.png"]) {
      const { status, bytes } = await image(path);
      expect([status, JSON.parse(bytes.toString()).code]).toEqual([404, 404]);
    }
    const hosted = await image(`/m/${HOSTED}/card.png`);
    expect([hosted.status, hosted.headers.get("x-robots-tag")]).toEqual([200, "noindex"]);
  });

  test("[CARD-10] a network may ask for 120 images a minute", async () => {
    const headers = { "x-forwarded-for": freshAddress() };
    const asked = await Promise.all(Array.from({ length: 121 }, () => image(ANN, headers)));
    expect(asked.filter(({ status }) => status === 200)).toHaveLength(120);
    expect(asked.find(({ status }) => status === 429)?.headers.get("retry-after")).toMatch(/^\d+$/);
  });
});
