import fc from "fast-check";
import { expect, test } from "vitest";
import { NAME_MAX_CHARS } from "#shared/config.ts";
import { cleanPlayerName } from "#shared/protocol/playerName.ts";
import { uniqueName } from "./seats.ts";

test.each([
  ["Ann", [], "Ann"],
  ["Ann", ["Ben"], "Ann"],
  ["Ann", ["Ann"], "Ann 2"],
  ["ann", ["ANN", "Ann 2"], "ann 3"],
  ["Ann 2", ["Ann 2"], "Ann 2 2"],
  ["ÉMILE", ["émile"], "ÉMILE 2"],
  // The first letter is Cyrillic.
  ["Аnn", ["Ann"], "Аnn 2"],
  ["BiIl", ["Bill", "bill 2"], "BiIl 3"],
  ["sixteen letters!", ["Sixteen letters!"], "sixteen letter 2"],
  [
    "👩‍👩‍👧👩‍👩‍👧👩‍👩‍👧👩‍👩‍👧👩‍👩‍👧👩‍👩‍👧👩‍👩‍👧👩‍👩‍👧👩‍👩‍👧👩‍👩‍👧👩‍👩‍👧👩‍👩‍👧👩‍👩‍👧👩‍👩‍👧👩‍👩‍👧👩‍👩‍👧",
    ["👩‍👩‍👧👩‍👩‍👧👩‍👩‍👧👩‍👩‍👧👩‍👩‍👧👩‍👩‍👧👩‍👩‍👧👩‍👩‍👧👩‍👩‍👧👩‍👩‍👧👩‍👩‍👧👩‍👩‍👧👩‍👩‍👧👩‍👩‍👧👩‍👩‍👧👩‍👩‍👧"],
    "👩‍👩‍👧👩‍👩‍👧👩‍👩‍👧👩‍👩‍👧👩‍👩‍👧👩‍👩‍👧👩‍👩‍👧👩‍👩‍👧👩‍👩‍👧👩‍👩‍👧👩‍👩‍👧👩‍👩‍👧👩‍👩‍👧👩‍👩‍👧 2",
  ],
])("[NAME-1] the name %j among %j becomes %j", (wanted, taken, name) => {
  expect(uniqueName(wanted, taken)).toBe(name);
});

test("[NAME-2] forty wanted names of any kind become distinct names of allowed length", () => {
  const wish = fc.oneof(fc.constantFrom("Ann", "ANN", "ann 2", "Drone"), fc.string({ unit: "grapheme" }));
  fc.assert(
    fc.property(fc.array(wish, { minLength: 2, maxLength: 40 }), (wishes) => {
      const names: string[] = [];
      for (const raw of wishes) names.push(uniqueName(cleanPlayerName(raw), names));
      expect(new Set(names.map((name) => name.toLowerCase())).size).toBe(names.length);
      const graphemes = new Intl.Segmenter("en");
      for (const name of names) {
        expect([...graphemes.segment(name)].length).toBeLessThanOrEqual(NAME_MAX_CHARS);
      }
    }),
  );
});
