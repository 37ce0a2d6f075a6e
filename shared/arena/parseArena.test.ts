import { describe, expect, test } from "vitest";
import { readMapText } from "#shared/testing/readMap.ts";
import { isBushAt, isBushTile, isSolidTile } from "./arena.ts";
import { flowTo, nextOnWay } from "./flowField.ts";
import { parseArena } from "./parseArena.ts";

const read = () => JSON.parse(readMapText("foundry"));
const foundry = parseArena(read(), "foundry");

type TiledJson = ReturnType<typeof read>;
const layerOf = (map: TiledJson, name: string) =>
  map.layers.find((layer: { name: string }) => layer.name === name);

const objectsOf = (map: TiledJson, layer: string) => layerOf(map, layer).objects;
const setProperty = (map: TiledJson, name: string, value: unknown) =>
  set(
    map.properties.find((property: { name: string }) => property.name === name),
    { value },
  );

/** Walls all around one tile, and its middle, px. */
function wallIn(map: TiledJson, column: number, row: number): { x: number; y: number } {
  const { data } = layerOf(map, "walls");
  for (let down = -1; down <= 1; down++) {
    for (let right = -1; right <= 1; right++) {
      if (down !== 0 || right !== 0) data[(row + down) * map.width + column + right] = 1;
    }
  }
  return { x: (column + 0.5) * map.tilewidth, y: (row + 0.5) * map.tilewidth };
}

const set = (target: object, fields: object) => void Object.assign(target, fields);

/** The message with which a map is refused after `spoil` changed it. */
function refusal(spoil: (map: TiledJson) => void): string {
  const map = read();
  spoil(map);
  try {
    parseArena(map, "spoiled");
  } catch (error) {
    return (error as Error).message;
  }
  throw new Error("the map was accepted");
}

describe("foundry", () => {
  test("[MAP-1] is 48 × 32 tiles with 16 spawn points, the same seen from either corner", () => {
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
  test("[MAP-5] grow in foundry, on open floor and on nobody's spawn point", () => {
    expect(foundry.bushes.filter((bush) => bush === 1)).toHaveLength(28);
    expect(foundry.bushes.some((bush, tile) => bush === 1 && foundry.solid[tile] === 1)).toBe(false);
    expect(foundry.spawns.filter(({ x, y }) => isBushAt(foundry, x, y))).toEqual([]);
    expect([isBushAt(foundry, 384, 384), isBushAt(foundry, 383.9, 384), isBushAt(foundry, -1, -1)]).toEqual([
      true,
      false,
      false,
    ]);
  });

  test("[MAP-6] are optional: a map without the layer has none", () => {
    const map = read();
    map.layers = map.layers.filter((layer: { name: string }) => layer.name !== "bushes");
    const { bushes, solid } = parseArena(map, "bare");
    expect(bushes).toHaveLength(solid.length);
    expect(bushes.includes(1)).toBe(false);
  });
});

describe("what teams fight for", () => {
  test("[MAP-7] flags and spawns are of team 0 (a) or 1 (b), by type or, as Tiled 1.9 has it, class", () => {
    const map = read();
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

  test("[MAP-8] hills come in the order of their names, and of their ids where they have none", () => {
    const hill = (id: number, name: string, x: number) => ({ id, name, x, y: 64, width: 64, height: 64 });
    const map = read();
    layerOf(map, "hills").objects = [
      hill(91, "z", 128),
      hill(93, "", 256),
      hill(92, "", 192),
      hill(94, "b", 64),
    ];
    expect(parseArena(map, "hilly").hills.map(({ x }) => x)).toEqual([192, 256, 64, 128]);
  });

  test("[MAP-9] an object between two of the wire's places is moved to the nearest", () => {
    const map = read();
    set(objectsOf(map, "flags")[0], { x: 300.04, y: 1024.09 });
    expect(parseArena(map, "fine").flags[0]).toMatchObject({ x: 300.0625, y: 1024.0625 });
  });

  test("[MAP-10] without them, and without a word on modes and players, a map is valid", () => {
    const map = read();
    map.layers = map.layers.filter(
      ({ name }: { name: string }) => !["flags", "hills", "pickups"].includes(name),
    );
    delete map.properties;
    const { flags, hills, pickups, modes, players } = parseArena(map, "old");
    expect({ flags, hills, pickups }).toEqual({ flags: [], hills: [], pickups: [] });
    expect(modes).toEqual(["deathmatch", "teamDeathmatch"]);
    expect(players).toEqual({ min: 2, max: 16 });
  });

  test("[MAP-11] a map that says so is for these modes and so many", () => {
    const map = read();
    setProperty(map, "modes", " captureTheFlag ,deathmatch");
    setProperty(map, "players", "6 - 12");
    const { modes, players } = parseArena(map, "choosy");
    expect(modes).toEqual(["deathmatch", "captureTheFlag"]);
    expect(players).toEqual({ min: 6, max: 12 });
  });
});

describe("a map with a mistake is refused by a message that says where it is", () => {
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
      'layer "walls", data: needs plain tile numbers: in Tiled, set the map\'s Tile Layer Format to CSV',
    ],
    [
      "a hole in the border",
      (map) => layerOf(map, "walls").data.fill(0, 5, 6),
      'layer "walls", tile 5,0: the border must be closed',
    ],
    [
      "a tile short",
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
      "a spawn whose place is no number",
      (map) => set(layerOf(map, "spawns").objects[0], { x: "left" }),
      'layer "spawns", object 1 ("north-west"), x: ',
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
      "a row of bushes too few",
      (map) => void layerOf(map, "bushes").data.splice(48),
      'layer "bushes": has 48 tiles, needs 1536',
    ],
    [
      "bushes as objects",
      (map) => set(layerOf(map, "bushes"), { type: "objectgroup", objects: [] }),
      'layer "bushes": must be of type tilelayer, is objectgroup',
    ],
    ["an infinite map", (map) => set(map, { infinite: true }), 'map "spoiled", infinite: '],
    ["an isometric map", (map) => set(map, { orientation: "isometric" }), 'map "spoiled", orientation: '],
    ["oblong tiles", (map) => set(map, { tileheight: 32 }), "tiles must be square"],
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
      "a pickup of no kind",
      (map) => set(objectsOf(map, "pickups")[0], { id: 20, name: "", type: "jam" }),
      'layer "pickups", object 20: type is "jam", allowed are health, shield, ',
    ],
    [
      "a flag that is an area",
      (map) => delete objectsOf(map, "flags")[1].point,
      'layer "flags", object 37 ("east"): must be a point',
    ],
    [
      "a flag of nobody",
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
      "a layer of flags without any",
      (map) => set(layerOf(map, "flags"), { objects: [] }),
      'layer "flags": has 0 objects of type "a", needs 1',
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
      "a hill that is turned",
      (map) => set(objectsOf(map, "hills")[0], { rotation: 45 }),
      'layer "hills", object 38 ("1 furnace"): must not be rotated, is by 45°',
    ],
    [
      "a hill too small to fight for",
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
    [
      "a mode that is none",
      (map) => setProperty(map, "modes", "deathmatch, golf"),
      'map "spoiled", property "modes": "golf" is not a mode, there are deathmatch, ',
    ],
    ["no mode at all", (map) => setProperty(map, "modes", ""), 'property "modes": "" is not a mode'],
    [
      "flags to capture, but none there",
      (map) => set(layerOf(map, "flags"), { name: "banners" }),
      'property "modes": captureTheFlag needs a layer "flags"',
    ],
    [
      "hills to hold, but none there",
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
  ])("[MAP-3] %s", (_mistake, spoil, message) => {
    expect(refusal(spoil)).toContain(message);
  });

  test.each([[null], [42], ["map"], [{}], [[]]])("[MAP-4] %j is not a map", (json) => {
    expect(() => parseArena(json, "odd")).toThrow(/^map "odd", /);
  });
});
