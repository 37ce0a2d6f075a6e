import { describe, expect, test } from "vitest";
import { readArena } from "#shared/testing/readMap.ts";
import { layerOf, readFoundry, refusal, set, type TiledJson } from "#shared/testing/spoiledMap.ts";
import { isBushAt, isBushTile, isSolidTile } from "./arena.ts";
import { flowTo, nextOnWay } from "./flowField.ts";
import { parseArena } from "./parseArena.ts";

const foundry = readArena("foundry");

describe("foundry", () => {
  test("[MAP-1] foundry has 48 × 32 tiles and 16 spawn points, and is point-symmetric", () => {
    expect(foundry).toMatchObject({ columns: 48, rows: 32, tilePx: 64, widthPx: 3072, heightPx: 2048 });
    expect(foundry.spawns).toHaveLength(16);
    for (let row = 0; row < 32; row++) {
      for (let column = 0; column < 48; column++) {
        expect(isSolidTile(foundry, column, row)).toBe(isSolidTile(foundry, 47 - column, 31 - row));
        expect(isBushTile(foundry, column, row)).toBe(isBushTile(foundry, 47 - column, 31 - row));
      }
    }
  });

  test("[MAP-2] every spawn point can be reached from every other", () => {
    const [first] = foundry.spawns;
    if (!first) throw new Error("no spawns");
    const way = flowTo(foundry, first.x, first.y);
    for (const spawn of foundry.spawns) {
      let place = { x: spawn.x, y: spawn.y };
      for (let steps = 0; steps < 200; steps++) place = nextOnWay(foundry, way, place.x, place.y);
      expect(Math.hypot(place.x - first.x, place.y - first.y)).toBeLessThan(64);
    }
  });
});

describe("bushes", () => {
  test("[MAP-5] bushes in foundry grow on open floor and on no spawn point", () => {
    expect(foundry.bushes.filter((bush) => bush === 1)).toHaveLength(28);
    expect(foundry.bushes.some((bush, tile) => bush === 1 && foundry.solid[tile] === 1)).toBe(false);
    expect(foundry.spawns.filter(({ x, y }) => isBushAt(foundry, x, y))).toEqual([]);
    expect([isBushAt(foundry, 384, 384), isBushAt(foundry, 383.9, 384), isBushAt(foundry, -1, -1)]).toEqual([
      true,
      false,
      false,
    ]);
  });

  test("[MAP-6] the bush layer is optional: a map without it has no bushes", () => {
    const map = readFoundry();
    map.layers = map.layers.filter((layer: { name: string }) => layer.name !== "bushes");
    const { bushes, solid } = parseArena(map, "bare");
    expect(bushes).toHaveLength(solid.length);
    expect(bushes.includes(1)).toBe(false);
  });
});

describe("the error for a faulty map names the place of the fault", () => {
  test.each<[string, (map: TiledJson) => void, string]>([
    [
      "no walls",
      (map) => set(layerOf(map, "walls"), { name: "wals" }),
      'map "spoiled", layer "walls": is missing',
    ],
    [
      "walls of another type",
      (map) => {
        set(layerOf(map, "spawns"), { name: "walls" });
        map.layers.shift();
      },
      'layer "walls": must be of type tilelayer, is objectgroup',
    ],
    [
      "compressed tiles",
      (map) => set(layerOf(map, "walls"), { data: "eJxjYBgFo2AUjIJRQDoAAAYAAAE=" }),
      'layer "walls": needs plain tile numbers: in Tiled, set the map\'s Tile Layer Format to CSV',
    ],
    [
      "a gap in the border",
      (map) => layerOf(map, "walls").data.fill(0, 5, 6),
      'layer "walls", tile 5,0: the border must be closed',
    ],
    [
      "a missing tile",
      (map) => void layerOf(map, "walls").data.pop(),
      'layer "walls": has 1535 tiles, needs 1536',
    ],
    [
      "a tile of no tileset",
      (map) => {
        map.tilesets[0].firstgid = 5;
        layerOf(map, "walls").data = layerOf(map, "walls").data.map((tile: number) => (tile ? 5 : 0));
        layerOf(map, "walls").data[49] = 3;
      },
      'layer "walls", tile 1,1: number 3 belongs to no tileset',
    ],
    [
      "a spawn in a wall",
      (map) => set(layerOf(map, "spawns").objects[1], { x: 20, y: 20 }),
      'layer "spawns", object 2 ("south-east"): touches the wall at tile 0,0',
    ],
    [
      "a spawn too near a wall",
      (map) => set(layerOf(map, "spawns").objects[0], { x: 64 + 21, y: 200 }),
      'layer "spawns", object 1 ("north-west"): touches the wall at tile 0,',
    ],
    [
      "a spawn whose place is not a number",
      (map) => set(layerOf(map, "spawns").objects[0], { x: "left" }),
      'layer "spawns", object 1 ("north-west"): "x" is missing, or has a value that Tiled does not write',
    ],
    [
      "too few spawns",
      (map) => void layerOf(map, "spawns").objects.splice(3),
      'layer "spawns": has 3 objects, needs at least 4',
    ],
    [
      "a bush in a wall",
      (map) => layerOf(map, "bushes").data.fill(2, 48 * 5 + 6, 48 * 5 + 7),
      'layer "bushes", tile 6,5: grows in a wall',
    ],
    [
      "missing rows of bushes",
      (map) => void layerOf(map, "bushes").data.splice(48),
      'layer "bushes": has 48 tiles, needs 1536',
    ],
    [
      "bushes as objects",
      (map) => set(layerOf(map, "bushes"), { type: "objectgroup", objects: [] }),
      'layer "bushes": must be of type tilelayer, is objectgroup',
    ],
    [
      "an infinite map",
      (map) => set(map, { infinite: true }),
      'map "spoiled", the map: must not be infinite: in Tiled, ',
    ],
    [
      "an isometric map",
      (map) => set(map, { orientation: "isometric" }),
      'map "spoiled", the map: must be orthogonal, is isometric',
    ],
    ["tiles that are not square", (map) => set(map, { tileheight: 32 }), "tiles must be square"],
    [
      "tiles so large that positions do not fit the wire",
      (map) => set(map, { tilewidth: 128, tileheight: 128 }),
      "width is 6144 px, allowed are 4096",
    ],
    [
      "tiles too small for a drone to pass between two",
      (map) => set(map, { tilewidth: 32, tileheight: 32 }),
      "tiles are 32 px, a drone needs 44",
    ],
  ])("[MAP-3] %s", (_mistake, spoil, message) => {
    expect(refusal(spoil)).toContain(message);
  });

  test.each([[null], [42], ["map"], [{}], [[]]])("[MAP-4] %j is not a map", (json) => {
    expect(() => parseArena(json, "odd")).toThrow(/^map "odd", /);
  });
});
