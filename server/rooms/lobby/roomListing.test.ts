import { type IRoomCache, matchMaker } from "@colyseus/core";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { bootServer, type TestServer, until } from "#server/testing/bootServer.ts";
import {
  BEHIND_PROXY,
  enterRoom,
  leaveAll,
  openRoom,
  type Person,
  somebody,
} from "#server/testing/company.ts";
import type { RoomListing } from "#shared/protocol/lobby.ts";
import { RoomSettings } from "#shared/protocol/roomSettings.ts";

let server: TestServer;
const here: Person[] = [];
const opened = async (settings: object, options: object = {}) => {
  const asked = { settings: RoomSettings.parse({ bots: 2, ...settings }), ...options };
  const person = await openRoom(server, { name: "Ann", ...asked });
  here.push(person);
  return person;
};
const rowOf = async (roomId: string) =>
  (await matchMaker.query({ roomId }))[0] as IRoomCache<RoomListing> | undefined;
const untilListed = (person: Person, wanted: object) =>
  expect.poll(async () => (await rowOf(person.room.roomId))?.metadata).toMatchObject(wanted);

beforeAll(async () => {
  server = await bootServer(BEHIND_PROXY);
});
afterEach(() => leaveAll(here));
afterAll(() => server.close());

test("[LIST-1] a room's listing is complete when the room opens, and follows its changes", async () => {
  const ann = await opened(
    { mode: "teamDeathmatch", map: "orchard", players: 6, listed: true },
    { password: "x" },
  );
  expect(await rowOf(ann.room.roomId)).toMatchObject({
    metadata: {
      hosted: true,
      mode: "teamDeathmatch",
      map: "orchard",
      playersMax: 6,
      bots: 2,
      password: true,
    },
  });
  await untilListed(ann, { title: "Ann", players: 1, spectators: 0, locked: false, spectating: "follow" });
  here.push(await enterRoom(server, ann.room.roomId, { password: "x" }));
  here.push(await enterRoom(server, ann.room.roomId, { password: "x", spectate: true }));
  await ann.host({ do: "lock", locked: true });
  await ann.host({ do: "settings", change: { title: "Den", map: "causeway", players: 8 } });
  const now = { title: "Den", map: "causeway", playersMax: 8, players: 2, spectators: 1, locked: true };
  await untilListed(ann, now);
});

test("[LIST-2] a hosted room is unlisted until the host lists it, and can be taken off again", async () => {
  const ann = await opened({});
  const { roomId } = ann.room;
  expect(await rowOf(roomId)).toMatchObject({ private: true, unlisted: true });
  await ann.host({ do: "settings", change: { listed: true } });
  await expect
    .poll(() => rowOf(roomId))
    .toMatchObject({ private: false, unlisted: false, metadata: { hosted: true } });
  await ann.host({ do: "settings", change: { listed: false } });
  await expect.poll(() => rowOf(roomId)).toMatchObject({ private: true, unlisted: true });
});

test("[LIST-3] a public room is listed without a title, with its current mode", async () => {
  const room = await (await somebody(server)).play({ mode: "captureTheFlag" }, "create");
  expect(room.state.mode).toBe("captureTheFlag");
  await expect
    .poll(() => rowOf(room.roomId))
    .toMatchObject({
      private: false,
      unlisted: false,
      metadata: { title: "", hosted: false, mode: "captureTheFlag", players: 1, playersMax: 16, bots: 7 },
    });
  await room.leave();
});

test("[LIST-4] a room publishes changes about once a second, however many there are", async () => {
  const ann = await opened({ listed: true });
  let updates = 0;
  const room = server.roomOf(ann.room);
  const { setMatchmaking } = room;
  room.setMatchmaking = (matchmaking) => {
    updates++;
    return setMatchmaking.call(room, matchmaking);
  };
  const { elapsedTime } = room.clock;
  for (let i = 0; room.clock.elapsedTime < elapsedTime + 2000 && i < 12; i++) {
    await ann.host({ do: "lock", locked: i % 2 === 0 });
  }
  await until("two seconds", () => room.clock.elapsedTime > elapsedTime + 2000);
  expect(updates).toBeLessThanOrEqual(3);
});
