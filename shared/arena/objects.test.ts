import { describe, expect, test } from "vitest";
import { readArena } from "#shared/testing/readMap.ts";
import {
  layerOf,
  objectsOf,
  readFoundry,
  refusal,
  set,
  type TiledJson,
  wallIn,
} from "#shared/testing/spoiledMap.ts";
import { parseArena } from "./parseArena.ts";

const foundry = readArena("foundry");

describe("spawns, flags and hills", () => {
  test("[MAP-7] the type of flags and spawns is team 0 (a) or 1 (b); Tiled 1.9 writes it as class", () => {
    const map = readFoundry();
    for (const { objects = [] } of map.layers) {
      for (const object of objects) set(object, { class: object.type, type: undefined });
    }
    for (const { flags, spawns, pickups } of [foundry, parseArena(map, "classy")]) {
      expect(flags.map(({ team, x }) => [team, x < 1536])).toEqual([
        [0, true],
        [1, false],
      ]);
      const teams = spawns.map(({ team }) => team);
      expect([0, 1, undefined].map((team) => teams.filter((own) => own === team).length)).toEqual([6, 6, 4]);
      expect(pickups).toEqual(foundry.pickups);
    }
  });

  test("[MAP-8] hills are sorted by name, and by id where the names are equal or missing", () => {
    const hill = (id: number, name: string, x: number) => ({ id, name, x, y: 64, width: 64, height: 64 });
    const map = readFoundry();
    layerOf(map, "hills").objects = [
      hill(91, "z", 128),
      hill(93, "", 256),
      hill(92, "", 192),
      hill(94, "b", 64),
    ];
    expect(parseArena(map, "hilly").hills.map(({ x }) => x)).toEqual([192, 256, 64, 128]);
  });

  test("[MAP-9] an object off the wire's grid moves to the nearest grid point", () => {
    const map = readFoundry();
    set(objectsOf(map, "flags")[0], { x: 300.04, y: 1024.09 });
    expect(parseArena(map, "fine").flags[0]).toMatchObject({ x: 300.0625, y: 1024.0625 });
  });
});

describe("the error for a faulty object names it", () => {
  test.each<[string, (map: TiledJson) => void, string]>([
    [
      "a spawn of a third team",
      (map) => set(objectsOf(map, "spawns")[0], { type: "c" }),
      'layer "spawns", object 1 ("north-west"): type is "c", allowed are a, b',
    ],
    [
      "a team with too few spawns",
      (map) => {
        for (const object of objectsOf(map, "spawns").slice(0, 8)) if (object.type === "b") object.type = "";
      },
      'layer "spawns": has 3 objects of type "b", needs at least 4 or none of either',
    ],
    [
      "a pickup of an unknown kind",
      (map) => set(objectsOf(map, "pickups")[0], { id: 20, name: "", type: "jam" }),
      'layer "pickups", object 20: type is "jam", allowed are health, shield, ',
    ],
    [
      "a flag that is an area",
      (map) => delete objectsOf(map, "flags")[1].point,
      'layer "flags", object 37 ("east"): must be a point',
    ],
    [
      "a flag without a team",
      (map) => set(objectsOf(map, "flags")[1], { type: "" }),
      'layer "flags", object 37 ("east"): type is "", allowed are a, b',
    ],
    [
      "a flag in a wall",
      (map) => set(objectsOf(map, "flags")[0], { x: 20, y: 20 }),
      'layer "flags", object 36 ("west"): touches the wall at tile 0,0',
    ],
    [
      "two flags of a team",
      (map) => set(objectsOf(map, "flags")[1], { type: "a" }),
      'layer "flags": has 2 objects of type "a", needs 1',
    ],
    [
      "flags as tiles",
      (map) => set(layerOf(map, "flags"), { type: "tilelayer", width: 48, height: 32, data: [] }),
      'layer "flags": must be of type objectgroup, is tilelayer',
    ],
    [
      "a hill that is round",
      (map) => set(objectsOf(map, "hills")[0], { ellipse: true }),
      'layer "hills", object 38 ("1 furnace"): must be a rectangle',
    ],
    [
      "a hill that is rotated",
      (map) => set(objectsOf(map, "hills")[0], { rotation: 45 }),
      'layer "hills", object 38 ("1 furnace"): must not be rotated, is by 45°',
    ],
    [
      "a hill that is too small",
      (map) => set(objectsOf(map, "hills")[0], { width: 63 }),
      'layer "hills", object 38 ("1 furnace"): is 63×256 px, needs at least 64×64',
    ],
    [
      "a hill across the map's edge",
      (map) => set(objectsOf(map, "hills")[0], { x: 3000 }),
      'layer "hills", object 38 ("1 furnace"): reaches out of the map',
    ],
    [
      "a hill of walls",
      (map) => set(objectsOf(map, "hills")[0], { x: 0, y: 0, width: 3072, height: 64 }),
      'layer "hills", object 38 ("1 furnace"): walls leave no room to stand on it',
    ],
    [
      "a walled-in spawn",
      (map) => set(objectsOf(map, "spawns")[1], wallIn(map, 10, 2)),
      'layer "spawns", object 2 ("south-east"): no way leads here from layer "spawns", object 1 ("north-west")',
    ],
    [
      "a walled-in pickup",
      (map) => set(objectsOf(map, "pickups")[0], { id: 20, ...wallIn(map, 10, 2) }),
      'layer "pickups", object 20: no way leads here from ',
    ],
    [
      "a walled-in flag",
      (map) => set(objectsOf(map, "flags")[0], wallIn(map, 10, 2)),
      'layer "flags", object 36 ("west"): no way leads here from ',
    ],
    [
      "a walled-in hill",
      (map) => {
        const { x, y } = wallIn(map, 10, 2);
        set(objectsOf(map, "hills")[0], { x: x - 32, y: y - 32, width: 64, height: 64 });
      },
      'layer "hills", object 38 ("1 furnace"): no way leads here from ',
    ],
  ])("[MAP-12] %s", (_mistake, spoil, message) => {
    expect(refusal(spoil)).toContain(message);
  });
});
