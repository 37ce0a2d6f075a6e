import { expect, test } from "vitest";
import { mapTitle } from "#client/ui/kit/mapTitle.ts";
import { mapNote, suits } from "./mapFit.ts";

const offer = { players: { min: 8, max: 16 } };

test("[MAP-CHOICE-2] a map suits a room whose places lie within its players", () => {
  expect([7, 8, 16, 17].map((places) => suits(offer, places))).toEqual([false, true, true, false]);
});

test("[MAP-CHOICE-3] the note of a map names its players, and the room's places only if they do not suit", () => {
  expect(mapNote(offer, 8)).toBe("for 8–16");
  expect(mapNote(offer, 6)).toBe("made for 8–16, this room has 6 places");
  // While the number is being typed.
  expect(mapNote(offer, Number.NaN)).toBe("for 8–16");
});

test("[MAP-CHOICE-4] a map is called by its file's name as a title", () => {
  expect(mapTitle("foundry")).toBe("Foundry");
  expect(mapTitle("old-mill_2")).toBe("Old mill 2");
  expect(mapTitle("")).toBe("");
});
