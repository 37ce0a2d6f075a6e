import { afterAll, beforeAll, expect, test } from "vitest";
import { arenaOf, MAPS } from "#server/arenas.ts";
import { bootServer, type TestServer } from "#server/testing/bootServer.ts";
import type { MapOffer } from "#shared/protocol/http.ts";
import { MODE_NAMES } from "#shared/schema/names.ts";
import { readMapText } from "#shared/testing/readMap.ts";

let server: TestServer;
beforeAll(async () => {
  server = await bootServer();
});
afterAll(() => server.close());

test.each(["anvil", "causeway", "foundry", "orchard", "sprawl"])(
  "[HTTP-1] serves the map %s as the file that the server read",
  async (map) => {
    const response = await fetch(`${server.url}/api/maps/${map}.tmj`);
    expect(response.headers.get("content-type")).toMatch(/^application\/json/);
    expect(await response.text()).toBe(readMapText(map));
  },
);

test.each(["nope.tmj", "tiles.png", "..%2f..%2f..%2fpackage.json", "%00.tmj"])(
  "[HTTP-2] /api/maps/%s is 404, and the answer shows no path of the server",
  async (file) => {
    const response = await fetch(`${server.url}/api/maps/${file}`);
    expect(response.status).toBe(404);
    expect(await response.text()).not.toContain("shared/arena");
  },
);

test("[HTTP-3] lists every map with its name, modes, number of players, theme and use", async () => {
  const response = await fetch(`${server.url}/api/maps`);
  expect(response.headers.get("content-type")).toMatch(/^application\/json/);
  const offers = (await response.json()) as MapOffer[];
  expect(offers.map(({ name }) => name).sort()).toEqual([...MAPS.keys()].sort());
  for (const { name, modes, players, ...rest } of offers) {
    const { theme, use } = arenaOf(name);
    expect(rest).toEqual({ theme, use });
    expect(modes).toEqual(arenaOf(name).modes);
    expect(modes.length).toBeGreaterThan(0);
    expect(modes.every((mode) => MODE_NAMES.includes(mode))).toBe(true);
    expect(players.min).toBeGreaterThan(0);
    expect(players.max).toBeGreaterThanOrEqual(players.min);
  }
});
