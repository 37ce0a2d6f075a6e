/** /api/arenas: files that are refused, before and after they are read, and what a visitor may bring. */
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { ask, freshAddress, Guest } from "#server/testing/asking.ts";
import { bootServer, type TestServer } from "#server/testing/bootServer.ts";
import { bring, titledAnvil } from "#server/testing/broughtFiles.ts";
import { BEHIND_PROXY, somebody } from "#server/testing/company.ts";
import { ARENA_FILE_MAX_BYTES, ARENAS_OF_PLAYER_MAX } from "#shared/arena/limits.ts";
import type { FaultyAnswer } from "#shared/protocol/editor.ts";
import { ROUTE } from "#shared/protocol/http.ts";

let server: TestServer;
beforeAll(async () => {
  server = await bootServer(BEHIND_PROXY);
});
afterAll(() => server.close());

const faultsOf = ({ body }: { body: string }) =>
  (JSON.parse(body) as FaultyAnswer).faults.map(({ code }) => code);
const post = (body: string, headers: Record<string, string> = {}, path: string = ROUTE.arenas) =>
  ask(server, path, {
    method: "POST",
    headers: {
      "content-type": "application/json",
      origin: server.url,
      "x-forwarded-for": freshAddress(),
      ...headers,
    },
    body,
  });

describe("a file", () => {
  test.each([
    ["that is no JSON", "{", "notJson"],
    ["that is no map", '{"type":"world"}', "notATiledMap"],
    ["of too many bytes", `"${"x".repeat(ARENA_FILE_MAX_BYTES)}"`, "tooManyBytes"],
    ["that is too deep", "[".repeat(50_000), "notJson"],
    ["of arrays in arrays", `${"[".repeat(5_000)}${"]".repeat(5_000)}`, "tooDeep"],
    ["with a foul title", titledAnvil("Fuck"), "refusedTitle"],
  ])("[BROUGHT-40] %s is answered with its faults", async (_what, tiledJson, code) => {
    const answer = await post(JSON.stringify({ tiledJson }));
    expect(answer).toMatchObject({ status: 422, headers: { "cache-control": "no-store" } });
    expect(faultsOf(answer)).toEqual([code]);
  });

  test("[BROUGHT-41] a body that no file needs is refused, and larger ones are for these routes alone", async () => {
    expect(await post(JSON.stringify({ tiledJson: "x".repeat(4 * ARENA_FILE_MAX_BYTES) }))).toMatchObject({
      status: 413,
    });
    const large = JSON.stringify({ name: "x".repeat(ARENA_FILE_MAX_BYTES) });
    expect(await post(large, {}, "/matchmake/create/arena")).toMatchObject({ status: 413 });
    for (const body of ["[", "{}", '{"tiledJson":7}', '{"tiledJson":["x"]}'])
      expect(await post(body)).toMatchObject({ status: 400 });
    expect(await post("{}", { origin: "https://elsewhere.example" })).toMatchObject({ status: 403 });
    expect(await post("{}", { authorization: "Bearer x" })).toMatchObject({ status: 401 });
  });

  test("[BROUGHT-42] a title is shown without control characters and as text", async () => {
    const { body } = await post(JSON.stringify({ tiledJson: titledAnvil("<b>\u0007Bold</b>\u202e") }));
    expect(JSON.parse(body).map.title).toBe("<b>Bold</b>");
  });
});

describe("a visitor", () => {
  test("[BROUGHT-43] brings as many arenas as a player may, and no more", async () => {
    const guest = await somebody(server);
    for (let number = 0; number < ARENAS_OF_PLAYER_MAX; number++)
      await bring(guest, titledAnvil(`Number ${number}`));
    expect(await guest.post(ROUTE.arenas, { tiledJson: titledAnvil("One more") })).toMatchObject({
      status: 409,
    });
    expect(await guest.post(ROUTE.arenas, { tiledJson: titledAnvil("Number 0") })).toMatchObject({
      status: 200,
    });
  });

  test("[BROUGHT-44] without an identity brings one, which nobody but a moderator removes", async () => {
    const nobody = new Guest(server);
    await expect(bring(nobody, titledAnvil("Nobody's"))).resolves.toMatch(/^[\da-f]{64}$/);
  });

  test("[BROUGHT-45] who brings too many within an hour waits, before the file is read", async () => {
    const guest = await somebody(server);
    const statuses = new Set<number>();
    for (let number = 0; number < 61; number++)
      statuses.add((await guest.post(ROUTE.arenas, { tiledJson: "{" })).status);
    expect([...statuses]).toEqual([422, 429]);
    const last = await guest.post(ROUTE.arenas, { tiledJson: 7 });
    expect(last).toMatchObject({ status: 429, headers: { "retry-after": expect.any(String) } });
  });
});
