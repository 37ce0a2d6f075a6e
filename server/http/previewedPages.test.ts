/** Previews of links to rooms and to the page, and their images. */
import express from "express";
import { afterAll, beforeAll, expect, test } from "vitest";
import { Refused } from "#server/edge/refused.ts";
import { bootServer, type TestServer } from "#server/testing/bootServer.ts";
import { BEHIND_PROXY, openRoom } from "#server/testing/company.ts";
import { previewedPages } from "./previewedPages.ts";
import type { Reading } from "./publicJson.ts";

let server: TestServer;
beforeAll(async () => {
  server = await bootServer(BEHIND_PROXY);
});
afterAll(() => server.close());

const page = async (path: string, headers: Record<string, string> = {}) => {
  const response = await fetch(`${server.url}${path}`, { headers });
  const body = await response.text();
  const tags = [...body.matchAll(/<meta (?:property|name)="([^"]+)" content="([^"]*)" \/>/g)];
  return { response, body, tags: Object.fromEntries(tags.map(([, name, content]) => [name, content])) };
};

test("[PREVIEW-5] a room's link tells whose room it is, what is played where, and how many there are", async () => {
  const ann = await openRoom(server, {
    settings: { title: "Ann's room", mode: "captureTheFlag", map: "causeway", players: 8, bots: 2 },
  });
  const code = ann.room.roomId;
  await expect
    .poll(async () => (await page(`/r/${code}`)).tags["og:description"])
    .toBe("Ann&#39;s room · Capture the flag · 1/8 · Causeway · 2 bots.");
  const { response, tags } = await page(`/r/${code.toLowerCase()}`);
  expect(tags["og:title"]).toBe("Ann&#39;s room · Fracas");
  expect(tags["og:image"]).toBe(`${server.url}/r/${code}/card.png`);
  expect(response.headers.get("x-robots-tag")).toBe("noindex");
  const card = await fetch(tags["og:image"] ?? "");
  expect([card.status, card.headers.get("content-type")]).toEqual([200, "image/png"]);
  expect(card.headers.get("x-robots-tag")).toBe("noindex");
  expect(card.headers.get("cache-control")).toBe("private, no-cache");
  await ann.room.leave();
});

test("[PREVIEW-6] the page's own preview has an image; an unknown room's link has no tags and no image", async () => {
  const { tags } = await page("/");
  expect(tags).toMatchObject({ "og:title": "Fracas", "og:image": `${server.url}/card.png` });
  expect((await fetch(`${server.url}/card.png`)).headers.get("content-type")).toBe("image/png");
  expect((await page("/r/BCDFG")).tags).not.toHaveProperty("og:title");
  expect((await fetch(`${server.url}/r/BCDFG/card.png`)).status).toBe(404);
});

test("[LIVE-28] the list of live matches has a preview; the overlay is transparent, without the game, and for no search engine", async () => {
  expect((await page("/live")).tags).toMatchObject({ "og:title": "Live matches · Fracas" });
  const game = /<link rel="modulepreload"[^>]*\/game-/;
  expect((await page("/live")).body).toMatch(game);
  const { response, body } = await page("/overlay/BCDFG?size=2");
  expect([response.status, response.headers.get("x-robots-tag")]).toEqual([200, "noindex"]);
  expect(body).toMatch(/^<!doctype html>\s*<html data-overlay /i);
  expect(body).not.toMatch(game);
  expect((await page("/overlay/1")).response.status).toBe(404);
});

test("[PREVIEW-7] codes cannot be guessed faster by previews than by the rooms' own route", async () => {
  const network = { "x-forwarded-for": "203.0.113.77" };
  // As many as a network may guess in five minutes (limits.ts).
  for (let tries = 0; tries < 300; tries++) await page("/r/BCDFG", network);
  const asked = await fetch(`${server.url}/api/rooms/BCDFH`, { headers: network });
  expect([asked.status, await asked.text()]).toEqual([429, expect.stringContaining("wrong room codes")]);
  expect((await fetch(`${server.url}/r/BCDFG/card.png`, { headers: network })).status).toBe(429);
  // The page itself is always there.
  expect((await page("/r/BCDFG", network)).response.status).toBe(200);
});

test("[PREVIEW-8] while the directory of a fleet is away, a room's link opens the page all the same", async () => {
  const away = () => Promise.reject(new Refused(503, "The list of rooms is away."));
  const reading = {
    recognise: async () => ({ identity: undefined, network: "192.0.2.1", isExempt: false }),
    limits: { count: async () => undefined, refund: async () => undefined },
  } as unknown as Reading;
  const app = express().use(
    previewedPages({
      ...{ html: "<head></head>", reading, publicUrl: undefined },
      rooms: { directory: { find: away, wasDrawn: away } } as never,
      shelf: { lookUp: away },
      sendPlain: (_request, response) => void response.send("the page"),
    }),
  );
  const listening = app.listen(0, "127.0.0.1");
  await new Promise((resolve) => listening.once("listening", resolve));
  const { port } = listening.address() as { port: number };
  const response = await fetch(`http://127.0.0.1:${port}/r/BCDFG`);
  expect([response.status, await response.text()]).toEqual([200, "the page"]);
  await new Promise((resolve) => listening.close(resolve));
});
