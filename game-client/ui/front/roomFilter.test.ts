import { expect, test } from "vitest";
import type { ListedRoom } from "#client/roomDirectory.ts";
import { ALL_ROOMS, filterRooms, type RoomFilter } from "./roomFilter.ts";

const room = (code: string, facts: Partial<ListedRoom> = {}): ListedRoom => ({
  code,
  title: code,
  hosted: true,
  mode: "deathmatch",
  map: "foundry",
  players: 1,
  playersMax: 4,
  bots: 3,
  spectators: 0,
  password: false,
  locked: false,
  spectating: "follow",
  ...facts,
});
const rooms = [
  room("plain"),
  room("hill", { mode: "kingOfTheHill" }),
  room("full", { players: 4 }),
  room("locked", { locked: true }),
  room("secret", { password: true }),
];
const shown = (filter: Partial<RoomFilter>) =>
  filterRooms(rooms, { ...ALL_ROOMS, ...filter }).map(({ code }) => code);

test("[BROWSE-1] a filter keeps the rooms that match it, and a bot takes no player's place", () => {
  expect(shown({})).toEqual(["plain", "hill", "full", "locked", "secret"]);
  expect(shown({ mode: "kingOfTheHill" })).toEqual(["hill"]);
  expect(shown({ space: true })).toEqual(["plain", "hill", "secret"]);
  expect(shown({ open: true })).toEqual(["plain", "hill", "full", "locked"]);
  expect(shown({ mode: "deathmatch", space: true, open: true })).toEqual(["plain"]);
});
