/** Tests the server's answers while its database is away. */
import { afterAll, beforeAll, expect, test } from "vitest";
import { ask } from "#server/testing/asking.ts";
import { bootServer, type TestServer } from "#server/testing/bootServer.ts";
import { freePort } from "#server/testing/freePort.ts";
import { matchId } from "#server/testing/matches.ts";

let server: TestServer;
beforeAll(async () => {
  // Nothing listens there.
  server = await bootServer({ databaseUrl: `postgres://127.0.0.1:${await freePort()}/none` });
});
afterAll(() => server.close());

test.each([
  "/api/players/ann",
  "/api/matches",
  `/api/matches/${matchId(0, 1)}`,
  "/api/leaderboard?mode=deathmatch",
  "/api/gallery",
  "/api/gallery/000000000000",
  "/u/ann/card.png",
  `/m/${matchId(0, 1)}/card.png`,
])("[AWAY-1] %s is 503 while the database is away, with the seconds to wait", async (path) => {
  const { status, headers, body } = await ask(server, path);
  expect(status).toBe(503);
  expect(headers).toMatchObject({ "retry-after": "5", "access-control-allow-origin": "*" });
  expect(headers["cache-control"] ?? "").not.toMatch(/max-age=[1-9]/);
  expect(JSON.parse(body)).toEqual({
    code: 503,
    error: "Players, matches and arenas cannot be looked up at the moment.",
  });
});

test("[AWAY-2] pages of profiles and matches come without tags while the database is away", async () => {
  const plain = await ask(server, "/index.html");
  for (const path of ["/u/ann", "/arenas/000000000000", "/edit/000000000000", `/m/${matchId(0, 1)}`]) {
    expect(await ask(server, path)).toMatchObject({ status: 200, body: plain.body });
  }
});
