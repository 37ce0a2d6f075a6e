/** A whole server with two room processes, real clients, and real deaths. */
import { afterAll, beforeAll, expect, test } from "vitest";
import { bootServer, type TestServer } from "#server/testing/bootServer.ts";
import { ROOM } from "#shared/protocol/names.ts";

let server: TestServer;

beforeAll(async () => {
  server = await bootServer({ processes: 2, roomPlayers: 4 });
});

afterAll(() => server.close());

test("[CLUSTER-20] players join rooms of both processes", async () => {
  const rooms = await Promise.all([1, 2].map(() => server.client.create(ROOM.arena, { private: true })));
  const rows = [...server.app.rooms.directory.own.values()];
  expect(new Set(rows.map(({ processId }) => processId)).size).toBe(2);
  for (const room of rooms) await room.leave();
});
