import { describe, expect, test } from "vitest";
import { readArena } from "#shared/testing/readMap.ts";
import {
  layerOf,
  readFoundry,
  refusal,
  set,
  setProperty,
  type TiledJson,
} from "#shared/testing/spoiledMap.ts";
import { parseArena } from "./parseArena.ts";
import { THEME_NAMES } from "./themes.ts";

describe("a map's properties", () => {
  test("[MAP-10] a map without flags, hills and properties is valid", () => {
    const map = readFoundry();
    map.layers = map.layers.filter(
      ({ name }: { name: string }) => !["flags", "hills", "pickups"].includes(name),
    );
    delete map.properties;
    const { flags, hills, pickups, modes, players } = parseArena(map, "old");
    expect({ flags, hills, pickups }).toEqual({ flags: [], hills: [], pickups: [] });
    expect(modes).toEqual(["deathmatch", "teamDeathmatch"]);
    expect(players).toEqual({ min: 2, max: 16 });
  });

  test("[MAP-11] the properties modes and players set a map's modes and number of players", () => {
    const map = readFoundry();
    setProperty(map, "modes", " captureTheFlag ,deathmatch");
    setProperty(map, "players", "6 - 12");
    const { modes, players } = parseArena(map, "choosy");
    expect(modes).toEqual(["deathmatch", "captureTheFlag"]);
    expect(players).toEqual({ min: 6, max: 12 });
  });
});

describe("a map's theme", () => {
  test("[THEME-8] the property theme sets it; without one it is the first theme", () => {
    const map = readFoundry();
    for (const name of THEME_NAMES) {
      setProperty(map, "theme", name);
      expect(parseArena(map, "painted").theme).toBe(name);
    }
    delete map.properties;
    expect(parseArena(map, "plain").theme).toBe(THEME_NAMES[0]);
  });

  test("[THEME-9] the maps that come with Fracas have five themes", () => {
    const themes = ["foundry", "orchard", "causeway", "anvil", "sprawl"].map((name) => readArena(name).theme);
    expect(themes).toEqual(["foundry", "orchard", "causeway", "anvil", "city"]);
    expect(new Set(themes)).toEqual(new Set(THEME_NAMES));
  });

  test.each<[string, string | number, string]>([
    [
      "an unknown theme",
      "moon",
      'map "spoiled", property "theme": "moon" is unknown, there are foundry, orchard, causeway, anvil, city',
    ],
    ["an empty theme", "", 'property "theme": "" is unknown'],
    ["a number", 3, 'property "theme": must be of type string, is number'],
  ])("[THEME-10] the error for %s says what is wrong", (_mistake, theme, message) => {
    expect(refusal((map) => setProperty(map, "theme", theme))).toContain(message);
  });
});

describe("the error for a faulty property names it", () => {
  test.each<[string, (map: TiledJson) => void, string]>([
    [
      "an unknown mode",
      (map) => setProperty(map, "modes", "deathmatch, golf"),
      'map "spoiled", property "modes": "golf" is not a mode, there are deathmatch, ',
    ],
    ["no mode", (map) => setProperty(map, "modes", ""), 'property "modes": "" is not a mode'],
    [
      "capture the flag without flags",
      (map) => set(layerOf(map, "flags"), { name: "banners" }),
      'property "modes": captureTheFlag needs a layer "flags"',
    ],
    [
      "king of the hill without hills",
      (map) => set(layerOf(map, "hills"), { objects: [] }),
      'property "modes": kingOfTheHill needs a layer "hills"',
    ],
    ...["many", "4", "0-4", "8-4", "-4"].map((players): [string, (map: TiledJson) => void, string] => [
      `players: ${players}`,
      (map) => setProperty(map, "players", players),
      `property "players": is "${players}", must be like "2-4"`,
    ]),
    [
      "a number for players",
      (map) => setProperty(map, "players", 4),
      'property "players": must be of type string, is number',
    ],
  ])("[MAP-13] %s", (_mistake, spoil, message) => {
    expect(refusal(spoil)).toContain(message);
  });
});
