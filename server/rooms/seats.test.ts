import fc from "fast-check";
import { expect, test } from "vitest";
import { NAME_MAX_CHARS } from "#shared/config.ts";
import { createWorld } from "#shared/game/createWorld.ts";
import { ENDLESS } from "#shared/modes/rules.ts";
import { cleanPlayerName } from "#shared/protocol/playerName.ts";
import { openArena } from "#shared/testing/builders.ts";
import { addToRoster, takeSeat, uniqueName } from "./seats.ts";

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

/** The names, in the order in which their owners came, and whether each is marked as an account's. */
type Comer = [name: string, whose: "account" | "guest", reserved?: readonly string[]];
function namesAfter(...comers: readonly Comer[]): [string, boolean][] {
  const { state } = createWorld(openArena(), 1, ENDLESS);
  for (const [index, [name, whose, reserved = []]] of comers.entries()) {
    addToRoster(state, { id: `seat-${index}`, name, bot: false, isAccount: whose === "account", reserved });
  }
  return Array.from(state.roster.values(), ({ name, account }) => [name, account]);
}

test.each<[string, Comer[], [string, boolean][]]>([
  ["alone", [["Ann", "account"]], [["Ann", true]]],
  [
    "before a guest of its name",
    [
      ["Ann", "account"],
      ["ANN", "guest"],
    ],
    [
      ["Ann", true],
      ["ANN 2", false],
    ],
  ],
  [
    "after guests of its name, of whom the look-alike's first letter is Cyrillic",
    [
      ["Аnn", "guest"],
      ["Ann 2", "guest"],
      ["Ann", "account"],
    ],
    [
      ["Аnn 3", false],
      ["Ann 2", false],
      ["Ann", true],
    ],
  ],
  [
    "twice, from a machine that may take several seats",
    [
      ["Ann", "account"],
      ["Ann", "account"],
    ],
    [
      ["Ann", true],
      ["Ann 2", false],
    ],
  ],
])("[NAME-5] an account %s has its own name and mark, and nobody else has them", (_when, comers, names) => {
  expect(namesAfter(...comers)).toEqual(names);
});

test("[NAME-6] a guest who wants an account's name gets a number, although the account is not in the room", () => {
  expect(namesAfter(["Ann", "guest", ["Ann"]], ["ann", "guest", ["ann"]])).toEqual([
    ["Ann 2", false],
    ["ann 3", false],
  ]);
});

test("[NAME-8] the number that a guest gets makes no account's name, also when another guest has the name without it", () => {
  expect(
    namesAfter(
      ["Ann", "guest", ["Ann", "Ann 2", "Ann 4"]],
      ["Bob", "guest", ["Bob 2"]],
      ["Bob", "guest", ["Bob 2"]],
      ["Ann", "guest", ["Ann", "Ann 2", "Ann 4"]],
    ),
  ).toEqual([
    ["Ann 3", false],
    ["Bob", false],
    ["Bob 3", false],
    ["Ann 5", false],
  ]);
});

test("[NAME-7] a bot that makes way for an account's name keeps seat, side and score under another name", () => {
  const world = createWorld(openArena(), 1, ENDLESS);
  const { drone } = takeSeat(world, { id: "bot-0", name: "Rivet", bot: true }, 4);
  drone.score = 3;
  addToRoster(world.state, { id: "a", name: "rivet", bot: false, isAccount: true });
  expect(world.state.drones.get("bot-0")).toMatchObject({ name: "Rivet 2", team: 4, score: 3 });
  expect(world.state.roster.get("bot-0")?.name).toBe("Rivet 2");
});
