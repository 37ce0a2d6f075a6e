import { afterAll, beforeAll, expect, test } from "vitest";
import { bootServer, type TestServer } from "#server/testing/bootServer.ts";
import { readMapText } from "#shared/testing/readMap.ts";

let server: TestServer;
beforeAll(async () => {
  server = await bootServer();
});
afterAll(() => server.close());

test.each(["anvil", "causeway", "foundry", "orchard", "sprawl"])(
  "[HTTP-1] the map %s is served as the file that the server read",
  async (map) => {
    const response = await fetch(`${server.url}/api/maps/${map}.tmj`);
    expect(response.headers.get("content-type")).toMatch(/^application\/json/);
    expect(await response.text()).toBe(readMapText(map));
  },
);

test.each(["nope.tmj", "tiles.png", "..%2f..%2f..%2fpackage.json", "%00.tmj"])(
  "[HTTP-2] /api/maps/%s is not there, and the answer says nothing of the machine",
  async (file) => {
    const response = await fetch(`${server.url}/api/maps/${file}`);
    expect(response.status).toBe(404);
    expect(await response.text()).not.toContain("shared/arena");
  },
);
