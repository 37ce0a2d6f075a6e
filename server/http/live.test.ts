/** Live matches in whatever processes they are played: nobody outside can turn a room's clock, so the delay passes. */
import { Client, type Room } from "@colyseus/sdk";
import { afterAll, beforeAll, expect, test } from "vitest";
import { Guest } from "#server/testing/asking.ts";
import { bootServer, TEST_PROCESSES, type TestServer } from "#server/testing/bootServer.ts";
import { BEHIND_PROXY, enterRoom } from "#server/testing/company.ts";
import { openInEach } from "#server/testing/roomProcesses.ts";
import { SPECTATOR_DELAY_MS } from "#shared/config.ts";
import type { LiveMatch } from "#shared/protocol/live.ts";
import { LOBBY_MESSAGE } from "#shared/protocol/lobby.ts";
import { ROOM } from "#shared/protocol/names.ts";

const COMES_WITHIN_MS = 3 * SPECTATOR_DELAY_MS;

let server: TestServer;
beforeAll(async () => {
  server = await bootServer({ ...BEHIND_PROXY, maxRooms: TEST_PROCESSES + 8 });
});
afterAll(() => server.close());

const matches = async (): Promise<LiveMatch[]> => (await fetch(`${server.url}/api/live`)).json();

test("[LIVE-26] GET /api/live has the public matches of all processes, ten seconds after they began; one press watches them", async () => {
  const before = performance.now();
  const people = await openInEach(server, TEST_PROCESSES, { private: false });
  const codes = people.map(({ room }) => room.roomId).sort();
  const told = async () => (await matches()).map(({ code }) => code).sort();
  await expect.poll(told, { timeout: COMES_WITHIN_MS }).toEqual(codes);
  expect(performance.now() - before).toBeGreaterThanOrEqual(SPECTATOR_DELAY_MS);
  for (const code of codes) {
    const watcher = await enterRoom(server, code, { spectate: true }, undefined, "early");
    await watcher.room.leave();
  }

  // The answer is for everybody, and for a second.
  const answer = await fetch(`${server.url}/api/live`, { headers: { origin: "https://elsewhere.example" } });
  expect(answer.headers.get("access-control-allow-origin")).toBe("*");
  expect(answer.headers.get("cache-control")).toBe("public, max-age=1");

  const client = new Client(server.url, { headers: new Guest(server).headers });
  const followed: Room = await client.joinOrCreate(ROOM.live, { code: codes[0] });
  const first = await new Promise<LiveMatch[]>((resolve) => followed.onMessage(LOBBY_MESSAGE.all, resolve));
  expect(first.map(({ code }) => code)).toEqual([codes[0]]);
  await followed.leave();
});
