/** The gallery on a booted server: lists, ratings and previews of links. */
import { afterAll, beforeAll, expect, test } from "vitest";
import { drafts } from "#server/services/drafts/drafts.ts";
import { emptyArena } from "#server/services/drafts/newDraft.ts";
import { openDatabase } from "#server/store/database/database.ts";
import { databaseFile } from "#server/store/places.ts";
import { QUERIES } from "#server/store/queries.ts";
import { ask } from "#server/testing/asking.ts";
import { bootServer, type TestServer } from "#server/testing/bootServer.ts";
import { BEHIND_PROXY } from "#server/testing/company.ts";
import { Device } from "#server/testing/device.ts";
import { aPlayer, aResult } from "#server/testing/matches.ts";
import { DRAFT_REFUSAL, type DraftPage, type Gallery, type PublishedArena } from "#shared/protocol/editor.ts";
import { pathTo, ROUTE } from "#shared/protocol/http.ts";
import { temporaryFolder } from "#shared/testing/temporaryFolder.ts";

let server: TestServer;
const dataDir = temporaryFolder("gallery");
beforeAll(async () => {
  server = await bootServer({ ...BEHIND_PROXY, dataDir });
});
afterAll(() => server.close());

/** An account with a published arena. */
async function author(name: string, title: string) {
  const device = await Device.fresh(server);
  await device.name(name);
  const start = { title, theme: "orchard", columns: 24, rows: 16 } as const;
  const { id } = (await device.ask<DraftPage>("POST", ROUTE.drafts, start)).body;
  await drafts()?.saveVersion(id, { tiledJson: emptyArena(start), author: name, note: "" });
  const { status } = await device.ask("POST", pathTo(ROUTE.publish, { id }), { version: 1 });
  if (status !== 200) throw new Error(`not published: ${status}`);
  return { device, id };
}

/** Lets the devices' players finish a match. */
async function play(devices: readonly Device[]): Promise<void> {
  const database = openDatabase({ kind: "sqlite", path: databaseFile(dataDir) });
  const players = devices.map(({ token = "" }, at) => {
    const { sub } = JSON.parse(Buffer.from(token.split(".")[1] ?? "", "base64url").toString());
    return aPlayer({ identity: sub, network: at, team: at % 2, place: 1 + (at % 2) });
  });
  await QUERIES.applyResult(database.db, aResult({ players }));
  await database.close();
}

const find = async (search: string) =>
  (await ask(server, `${ROUTE.gallery}?${new URLSearchParams({ search, sort: "new" })}`)) as {
    status: number;
    headers: Record<string, string>;
    body: string;
  };
const rate = (device: Device, id: string, stars: unknown) =>
  device.ask<PublishedArena>("POST", pathTo(ROUTE.rate, { id }), { stars });

test("[GALLERY-14] pages of all sites find a published arena by any spelling of its title, and may keep it for seconds", async () => {
  const { id } = await author("Keeper", "The Old Mill");
  for (const search of ["old mill", "OLD  M", "оld", "keeper", "Keeper"]) {
    const { status, headers, body } = await find(search);
    expect([search, status]).toEqual([search, 200]);
    const { arenas, count } = JSON.parse(body) as Gallery;
    expect([search, count, arenas[0]?.id]).toEqual([search, 1, id]);
    expect(headers["access-control-allow-origin"]).toBe("*");
    expect(headers["cache-control"]).toBe("public, max-age=5");
    expect(headers.etag).toMatch(/^".+"$/);
  }
});

test("[GALLERY-15] a query that is none is refused with what is allowed; a search may be any text", async () => {
  for (const query of [
    "mode=chess",
    "sort=best",
    "page=-1",
    "page=1e3",
    "page=x",
    `search=${"x".repeat(65)}`,
    "x=1",
    "mode=a&mode=b",
  ]) {
    const { status, body } = await ask(server, `${ROUTE.gallery}?${query}`);
    expect([query, status]).toEqual([query, 400]);
    expect(JSON.parse(body).error).toContain("sort, one of played, rated, new");
  }
  for (const search of [
    "'; DROP TABLE draft; --",
    "%",
    "_",
    "\\",
    "\0",
    "\ud83d",
    "\u{10ffff}",
    " ",
    "<script>",
  ]) {
    const { status, body } = await find(search);
    expect([search, status]).toEqual([search, 200]);
    expect(JSON.parse(body)).toHaveProperty("count");
  }
  expect(JSON.parse((await ask(server, `${ROUTE.gallery}?page=999`)).body).arenas).toEqual([]);
});

test("[GALLERY-16] who has finished a match rates, sees the own rating, and is told why not otherwise", async () => {
  const { device: ann, id } = await author("Rated One", "Rated");
  const [ben, newcomer] = [await Device.fresh(server), await Device.fresh(server)];
  await play([ann, ben]);
  expect((await rate(newcomer, id, 5)).status).toBe(DRAFT_REFUSAL.notPlayed);
  expect((await rate(ann, id, 5)).status).toBe(DRAFT_REFUSAL.ownArena);
  expect((await rate(ben, "000000000000", 5)).status).toBe(404);
  expect((await rate(ben, "not an id", 5)).status).toBe(404);
  for (const stars of [-1, 6, 2.5, "5", null]) expect((await rate(ben, id, stars)).status).toBe(400);
  expect((await rate(ben, id, 4)).body).toMatchObject({ id, stars: 4, ratings: 1, yours: 4 });
  const get = (device: Device) => device.ask<PublishedArena>("GET", pathTo(ROUTE.published, { id }));
  expect((await get(ben)).body).toMatchObject({ stars: 4, ratings: 1, yours: 4 });
  expect((await get(newcomer)).body).toMatchObject({ stars: 4, ratings: 1, yours: 0 });
  expect((await get(ben)).headers["cache-control"]).toBe("no-store");
  expect((await rate(ben, id, 0)).body).toMatchObject({ stars: 0, ratings: 0, yours: 0 });
});

test("[GALLERY-17] an identity rates thirty times a minute at most", async () => {
  const { id } = await author("Swift", "Swiftly rated");
  const ben = await Device.fresh(server);
  for (let tries = 0; tries < 30; tries++)
    expect((await rate(ben, id, 5)).status).toBe(DRAFT_REFUSAL.notPlayed);
  expect((await rate(ben, id, 5)).status).toBe(429);
});

test("[GALLERY-18] links to the gallery and its arenas tell of them; a draft's is for no search engine", async () => {
  const { id } = await author("Markup", `<img src=x> & "$&"`);
  const page = async (path: string) => {
    const { status, body, headers } = await ask(server, path);
    return {
      status,
      headers,
      body,
      title: /og:title" content="([^"]*)"/.exec(body)?.[1],
      description: /og:description" content="([^"]*)"/.exec(body)?.[1],
      image: /og:image" content="([^"]*)"/.exec(body)?.[1],
    };
  };
  expect((await page("/arenas")).title).toBe("Arenas · Fracas");
  const arena = await page(pathTo(ROUTE.arenaPage, { id }));
  expect(arena.title).toBe("&lt;img src=x&gt; &amp; &quot;$&amp;&quot; · Fracas");
  expect(arena.description).toContain("an arena by Markup · Deathmatch, Team deathmatch, ");
  expect(arena.body).not.toContain("<img src=x>");
  expect(arena.image).toMatch(new RegExp(`/arenas/${id}/card\\.png$`));
  const card = await fetch(`${server.url}/arenas/${id}/card.png`);
  expect([card.status, card.headers.get("content-type")]).toEqual([200, "image/png"]);
  expect((await fetch(`${server.url}/arenas/000000000000/card.png`)).status).toBe(404);
  expect((await page("/arenas/000000000000")).status).toBe(404);
  expect((await page("/arenas/x")).status).toBe(404);
  const draft = await page(pathTo(ROUTE.editPage, { id }));
  expect([draft.status, draft.headers["x-robots-tag"], draft.title]).toEqual([200, "noindex", undefined]);
  expect((await page("/edit/x")).status).toBe(404);
});
