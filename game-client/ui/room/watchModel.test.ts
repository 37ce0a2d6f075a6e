import { expect, test } from "vitest";
import { RoomSettings } from "#shared/protocol/roomSettings.ts";
import { type Person, room } from "./roomModel.ts";
import { followed, followedPerson, followNext } from "./watchModel.ts";

const person = (id: string, spectating = false): Person => ({
  id,
  name: id,
  team: 0,
  bot: false,
  account: false,
  connected: true,
  spectating,
  rank: 0,
  muted: false,
  self: false,
});

function enter(...people: Person[]): void {
  room.value = {
    code: "BCDFG",
    hosted: true,
    held: false,
    paused: false,
    locked: false,
    password: false,
    settings: RoomSettings.parse({}),
    people,
  };
  followed.value = "";
}

test("[FOLLOW-1] following the next player wraps around and skips spectators", () => {
  enter(person("ann"), person("cat", true), person("bob"));
  const seen = [1, 1, 1, -1].map((step) => {
    followNext(step as 1 | -1);
    return followed.value;
  });
  expect(seen).toEqual(["ann", "bob", "ann", "bob"]);
});

test("[FOLLOW-2] after the followed player left, the next is the first in the list; without players nobody is followed", () => {
  enter(person("ann"), person("bob"));
  followed.value = "gone";
  expect(followedPerson()).toBeUndefined();
  followNext(1);
  expect(followed.value).toBe("ann");
  enter(person("cat", true));
  followNext(1);
  expect(followed.value).toBe("");
});
