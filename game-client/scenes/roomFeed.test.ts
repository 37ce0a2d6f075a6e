import { expect, test } from "vitest";
import type { ArenaLink } from "#client/net/arenaLink.ts";
import { room as shown } from "#client/ui/room/roomModel.ts";
import { watching } from "#client/ui/room/watchModel.ts";
import { RoomSettings } from "#shared/protocol/roomSettings.ts";
import { createRoomFeed } from "./roomFeed.ts";

const seat = (name: string, change: object = {}) => ({
  name,
  team: 0,
  score: 0,
  bot: false,
  connected: true,
  spectating: false,
  rank: 0,
  muted: false,
  ...change,
});

function fakeRoom() {
  const state = {
    settings: JSON.stringify(RoomSettings.parse({ spectating: "delayed" })),
    hosted: true,
    held: true,
    paused: false,
    locked: false,
    password: false,
    roster: new Map([
      ["b", seat("Gasket", { bot: true })],
      ["me", seat("Bob")],
      ["h", seat("Zoe", { rank: 2 })],
      ["c", seat("Ann")],
    ]),
  };
  return { state, room: { roomId: "BCDFG", sessionId: "me", state } as unknown as ArenaLink };
}

test("[ROOMFEED-1] lists the host first and bots last, and sets the signal only when the room changes", () => {
  const { room, state } = fakeRoom();
  const feed = createRoomFeed(room);
  feed.update(0);
  expect(shown.value?.people.map(({ name }) => name)).toEqual(["Zoe", "Ann", "Bob", "Gasket"]);
  const before = shown.value;
  feed.update(1000);
  expect(shown.value).toBe(before);
  state.locked = true;
  feed.update(2000);
  expect(shown.value).toMatchObject({ code: "BCDFG", locked: true, settings: { players: 8 } });
});

test("[ROOMFEED-2] reports that the player spectates, and in which mode", () => {
  const { room, state } = fakeRoom();
  const feed = createRoomFeed(room);
  feed.update(0);
  expect(watching.value).toBeUndefined();
  state.roster.set("me", seat("Bob", { spectating: true }));
  feed.update(1000);
  expect(watching.value).toEqual({ mode: "delayed" });
});
