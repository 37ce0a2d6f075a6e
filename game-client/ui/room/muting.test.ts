import { expect, test } from "vitest";
import { isMutedHere, recallMuted, setMutedHere } from "./muting.ts";

const bob = { id: "seat-bob", name: "Bob" };
const cat = { id: "seat-cat", name: "Cat" };

test("[MUTING-1] a mute in one room keeps the mutes of the rooms that the tab was in before", () => {
  recallMuted("BCDFG");
  setMutedHere(bob, true);
  recallMuted("HJKMN");
  expect(isMutedHere(bob)).toBe(false);
  setMutedHere(cat, true);
  recallMuted("BCDFG");
  expect([isMutedHere(bob), isMutedHere(cat)]).toEqual([true, false]);
});
