import { describe, expect, test } from "vitest";
import { RoomSettings } from "#shared/protocol/roomSettings.ts";
import { chooseMap, errorsIn, fitMap, offeredFor, parseDraft } from "./hostDraft.ts";

const usual = RoomSettings.parse({});
const maps = [
  { name: "foundry", modes: ["deathmatch"], players: { min: 2, max: 8 }, theme: "foundry", use: "match" },
  { name: "anvil", modes: ["kingOfTheHill"], players: { min: 2, max: 6 }, theme: "foundry", use: "match" },
  {
    name: "sprawl",
    modes: ["kingOfTheHill", "deathmatch"],
    players: { min: 8, max: 32 },
    theme: "foundry",
    use: "match",
  },
] as const;

describe("the host form's settings", () => {
  test("[DRAFT-1] are the defaults if storage holds nothing, or no settings", () => {
    for (const text of [undefined, "", "{", "null", "[]", '"text"', '{"players":900,"mode":"chess"}']) {
      expect(parseDraft(text)).toEqual(usual);
    }
  });

  test("[DRAFT-2] one illegal value falls back by itself", () => {
    expect(parseDraft('{"players":900,"bots":7,"title":"Friday"}')).toEqual({
      ...usual,
      bots: 7,
      title: "Friday",
    });
  });

  test("[DRAFT-3] the illegal ones are listed by name", () => {
    expect(errorsIn(usual)).toEqual({});
    expect(errorsIn({ ...usual, players: 1, scoreLimit: 501, bots: 1.5 })).toEqual({
      players: true,
      scoreLimit: true,
      bots: true,
    });
  });

  test("[DRAFT-4] a map that is not made for the mode is replaced by one that is, and that fits the number of players", () => {
    expect(fitMap(usual, maps)).toBe(usual);
    const hill = { ...usual, mode: "kingOfTheHill" } as const;
    expect(fitMap({ ...hill, players: 4 }, maps).map).toBe("anvil");
    expect(fitMap({ ...hill, players: 16 }, maps).map).toBe("sprawl");
    expect(fitMap(hill, [])).toBe(hill);
  });

  test("[OWNARENA-13] a brought arena is offered in every mode, and brings one of its own along", () => {
    const own = { ...maps[1], name: "a".repeat(64) };
    const offered = offeredFor(usual, [...maps, own]);
    expect(offered.map(({ name }) => name)).toEqual([own.name, "foundry", "sprawl"]);
    const chosen = chooseMap(usual, own);
    expect(chosen).toMatchObject({ map: own.name, mode: "kingOfTheHill" });
    expect(chooseMap(chosen, maps[2])).toMatchObject({ map: "sprawl", mode: "kingOfTheHill" });
    expect(errorsIn(chosen)).toEqual({});
    expect(parseDraft(JSON.stringify(chosen))).toEqual(chosen);
    // It was removed.
    expect(fitMap(chosen, maps).map).toBe("sprawl");
  });
});
