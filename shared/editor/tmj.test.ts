import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { checkArena } from "#shared/arena/checkArena.ts";
import { describeFault } from "#shared/arena/describeFault.ts";
import { readMapText } from "#shared/testing/readMap.ts";
import { layerOf, objectsOf, type TiledJson } from "#shared/testing/spoiledMap.ts";
import { cellAt, copyOf, type Draft, type ObjectFields } from "./draft.ts";
import { applyEdits } from "./edit.ts";
import { edits } from "./testing/arbitraries.ts";
import { FOREIGN_MAPS } from "./testing/foreignMaps.ts";
import { blankTmj, readTmj, type Tmj, tryReadTmj, writeTmj } from "./tmj.ts";

const MAPS = ["anvil", "causeway", "foundry", "orchard", "range", "sprawl"];
const readMap = (name: string): TiledJson => JSON.parse(readMapText(name));
/** The map as a file holds it: fields without a value are gone. */
const stored = (map: Tmj): TiledJson => JSON.parse(JSON.stringify(map));

/** Foundry after some edits of its draft. */
function editFoundry(edit: (draft: Draft) => void): { before: TiledJson; after: TiledJson } {
  const before = readMap("foundry");
  const draft = readTmj(before, "foundry");
  edit(draft);
  return { before, after: writeTmj(draft, before) };
}

const SPAWN: ObjectFields = { layer: "spawns", type: "a", name: "new", x: 200, y: 200, width: 0, height: 0 };

describe("an unchanged draft", () => {
  test.each(MAPS)("[TMJ-1] %s comes out as it went in, and again from a copy", (name) => {
    const map = readMap(name);
    const draft = readTmj(map, name);
    expect(writeTmj(draft, map)).toEqual(readMap(name));
    expect(writeTmj(copyOf(draft), map)).toEqual(readMap(name));
  });

  test.each(MAPS)("[TMJ-2] %s drawn on a blank file is the same arena", (name) => {
    const map = readMap(name);
    const { arena, faults } = checkArena(writeTmj(readTmj(map, name)), name);
    expect(faults).toEqual([]);
    const { use: _, ...drawn } = checkArena(map, name).arena ?? {};
    expect(arena).toMatchObject(drawn);
  });

  test("[TMJ-3] keeps layers, objects, flips and fields that the editor does not know", () => {
    const map = readMap("foundry");
    map.editorsettings = { chunksize: { width: 16 } };
    layerOf(map, "walls").data[0] += 0x80000000;
    layerOf(map, "walls").data[1] = 7;
    Object.assign(objectsOf(map, "spawns")[0], { properties: [{ name: "k", value: { deep: [1] } }], gid: 9 });
    const { layers } = stored(FOREIGN_MAPS.towerDefence);
    map.layers = [...layers, ...map.layers, { ...layerOf(map, "walls"), data: "eJxj", encoding: "base64" }];
    const before = stored(map);
    expect(writeTmj(readTmj(map, "rich"), map)).toEqual(before);
  });

  test("[TMJ-4] comes out as it went in, whatever file was drawn before", () => {
    fc.assert(
      fc.property(fc.array(edits, { maxLength: 12 }), fc.constantFrom("anvil", "foundry"), (steps, name) => {
        const map = readMap(name);
        const draft = readTmj(map, name);
        for (const step of steps) applyEdits(draft, step);
        const written = stored(writeTmj(draft, map));
        const again = readTmj(written, name);
        expect(stored(writeTmj(again, written))).toEqual(written);
        expect(shownOf(again)).toEqual(shownOf(draft));
      }),
      { numRuns: 60 },
    );
  });
});

/** The draft within its size, as JSON. */
function shownOf(draft: Draft): object {
  const [columns, rows] = [Number(draft.properties.get("columns")), Number(draft.properties.get("rows"))];
  const cells = (["walls", "bushes"] as const).map((layer) =>
    Array.from({ length: columns * rows }, (_, index) =>
      cellAt(draft[layer], index % columns, Math.floor(index / columns)),
    ).join(""),
  );
  // A point has no size: only hills have one.
  const objects = [...draft.objects].map(([id, fields]) => [
    id,
    fields.layer === "hills" ? fields : { ...fields, width: 0, height: 0 },
  ]);
  return { cells, objects: Object.fromEntries(objects), properties: Object.fromEntries(draft.properties) };
}

describe("a changed draft", () => {
  test("[TMJ-5] a new cell gets the layer's most frequent tile, and no other cell changes", () => {
    const map = readMap("foundry");
    const { data } = layerOf(map, "walls");
    for (const [index, tile] of data.entries()) if (tile) data[index] = index % 5 ? 6 : 0x40000003;
    const draft = readTmj(map, "foundry");
    applyEdits(draft, [
      { do: "paint", layer: "walls", value: 1, runs: [[1, 1, 1]] },
      { do: "paint", layer: "walls", value: 0, runs: [[0, 0, 2]] },
    ]);
    const expected = [...data];
    expected[49] = 6;
    expected.fill(0, 0, 2);
    const written: TiledJson = writeTmj(draft, map);
    expect(layerOf(written, "walls")).toEqual({ ...layerOf(map, "walls"), data: expected });
    expect(written.layers.slice(1)).toEqual(map.layers.slice(1));
  });

  test("[TMJ-6] a moved object keeps its other fields, a removed one goes, a new one comes last with the next number", () => {
    const { before, after } = editFoundry((draft) =>
      applyEdits(draft, [
        { do: "change", id: "1", fields: { x: 300, type: "b" } },
        { do: "remove", id: "2" },
        { do: "put", id: "7000", fields: SPAWN },
      ]),
    );
    const [first, , ...rest] = objectsOf(before, "spawns");
    const added = { id: 7000, name: "new", type: "a", x: 200, y: 200, point: true, width: 0, height: 0 };
    expect(objectsOf(after, "spawns")).toEqual([
      { ...first, x: 300, type: "b" },
      ...rest,
      { ...added, rotation: 0, visible: true },
    ]);
    expect(after.nextobjectid).toBe(7001);
    expect(after.nextlayerid).toBe(before.nextlayerid);
  });

  test("[TMJ-7] the class of an object is changed where Tiled 1.9 wrote it, too", () => {
    const map = readMap("foundry");
    const [spawn] = objectsOf(map, "spawns");
    Object.assign(spawn, { class: "a", type: undefined });
    const draft = readTmj(map, "foundry");
    expect(draft.objects.get("1")?.type).toBe("a");
    applyEdits(draft, [{ do: "change", id: "1", fields: { type: "" } }]);
    expect(objectsOf(writeTmj(draft, map), "spawns")[0]).toMatchObject({ class: "", type: "" });
  });

  test("[TMJ-8] a layer that the file lacks is added with a number of its own", () => {
    const map = readMap("range");
    const draft = readTmj(map, "range");
    applyEdits(draft, [
      { do: "put", id: "900", fields: { ...SPAWN, layer: "hills", type: "", width: 128, height: 64 } },
      { do: "put", id: "901", fields: { ...SPAWN, layer: "flags" } },
    ]);
    const written: TiledJson = writeTmj(draft, map);
    expect(written.layers.slice(0, -2)).toEqual(map.layers);
    expect(written.layers.slice(-2)).toMatchObject([
      { name: "flags", id: map.nextlayerid, type: "objectgroup", objects: [{ id: 901, point: true }] },
      { name: "hills", id: map.nextlayerid + 1, objects: [{ id: 900, width: 128, height: 64 }] },
    ]);
    expect(written.nextlayerid).toBe(map.nextlayerid + 2);
  });

  test("[TMJ-9] properties are set, added and removed; those that the editor does not know stay", () => {
    const map = readMap("range");
    map.properties.push({ name: "title", type: "int", value: 7 });
    const draft = readTmj(map, "range");
    expect(draft.properties.get("title")).toBe("7");
    applyEdits(draft, [
      { do: "set", name: "title", value: "Range <b>" },
      { do: "set", name: "players" },
      { do: "set", name: "theme", value: "city" },
    ]);
    expect(writeTmj(draft, map)).toEqual({
      ...map,
      properties: [
        { name: "modes", type: "string", value: "deathmatch" },
        { name: "theme", type: "string", value: "city" },
        { name: "use", type: "string", value: "range" },
        { name: "title", type: "string", value: "Range <b>" },
      ],
    });
  });

  test("[TMJ-10] a new size crops and extends all layers of the old size, in groups too, and back again", () => {
    const map = readMap("anvil");
    map.layers.push({ type: "group", name: "g", layers: [{ ...layerOf(map, "walls"), name: "inner" }] });
    map.layers.push({ ...layerOf(map, "walls"), name: "small", width: 2, height: 1, data: [1, 1] });
    const draft = readTmj(map, "anvil");
    applyEdits(draft, [
      { do: "set", name: "columns", value: "30" },
      { do: "set", name: "rows", value: "10" },
    ]);
    const written: TiledJson = writeTmj(draft, map);
    expect(written).toMatchObject({ width: 30, height: 10 });
    for (const layer of [layerOf(written, "walls"), layerOf(written, "g").layers[0]]) {
      expect(layer).toMatchObject({ width: 30, height: 10 });
      expect(layer.data).toHaveLength(300);
      expect(layer.data.slice(30, 60)).toEqual([
        ...layerOf(map, "walls").data.slice(24, 48),
        0,
        0,
        0,
        0,
        0,
        0,
      ]);
    }
    expect(layerOf(written, "small")).toEqual(layerOf(map, "small"));
    applyEdits(draft, [
      { do: "set", name: "columns", value: "24" },
      { do: "set", name: "rows", value: "16" },
    ]);
    expect(writeTmj(draft, map)).toEqual(map);
  });

  test("[TMJ-11] a file without tilesets gets the one of the blank file with its first cell", () => {
    const map = { ...blankTmj(50), width: 8, height: 8, layers: [], tilesets: [] };
    const draft = readTmj(map, "bare");
    expect(writeTmj(draft, map)).toEqual(map);
    applyEdits(draft, [{ do: "paint", layer: "bushes", value: 1, runs: [[2, 2, 1]] }]);
    const written: TiledJson = writeTmj(draft, map);
    expect(written.tilesets).toMatchObject([{ firstgid: 1, image: "tiles.png" }]);
    expect(layerOf(written, "bushes").data[18]).toBe(2);
  });
});

describe("objects without a number of their own", () => {
  test("[TMJ-12] get the lowest free one, and keep it", () => {
    const map = readMap("anvil");
    const spawns = objectsOf(map, "spawns");
    for (const [index, id] of [1, 1, -4, 0, 2.5, 2 ** 24, "7", 3].entries()) spawns[index].id = id;
    objectsOf(map, "pickups")[0].id = 3;
    const draft = readTmj(map, "anvil");
    expect(draft.objects.size).toBe(8 + 11 + 3);
    const written: TiledJson = writeTmj(draft, map);
    expect(objectsOf(written, "spawns").map(({ id }: { id: number }) => id)).toEqual([
      1, 2, 4, 5, 6, 7, 8, 3,
    ]);
    expect(objectsOf(written, "pickups")[0].id).toBe(9);
    expect(writeTmj(readTmj(written, "anvil"), written)).toEqual(written);
  });
});

describe("files of other games", () => {
  const verdictOf = (map: Tmj) => {
    const { draft, faults } = tryReadTmj(stored(map));
    return draft ? "a draft" : faults.map((fault) => describeFault(fault, "x").slice('map "x", '.length));
  };
  const faultsOf = (map: Tmj) =>
    checkArena(stored(map), "x").faults.map((fault) => describeFault(fault, "x").slice('map "x", '.length));
  const MISSING = ['layer "walls": is missing', 'layer "spawns": is missing'];
  const INFINITE = "the map: must not be infinite: in Tiled, turn off Map → Map Properties → Infinite";

  test.each<[keyof typeof FOREIGN_MAPS, "a draft" | string[], string[]]>([
    ["platformer", "a draft", ["the map: tiles are 16 px, a drone needs 44", ...MISSING]],
    ["towerDefence", "a draft", [...MISSING, 'property "theme": must be of type string, is number']],
    ["endless", [INFINITE], [INFINITE]],
    [
      "hexagons",
      ["the map: must be orthogonal, is hexagonal"],
      ["the map: must be orthogonal, is hexagonal"],
    ],
    [
      "dungeon",
      ['layer "walls": needs plain tile numbers: in Tiled, set the map\'s Tile Layer Format to CSV'],
      [
        'layer "walls": needs plain tile numbers: in Tiled, set the map\'s Tile Layer Format to CSV',
        'layer "spawns", object 1 ("hero"): type is "hero", allowed are a, b',
        'layer "spawns": has 1 objects, needs at least 4',
      ],
    ],
    ["old", "a draft", ['the map: "properties" is missing, or has a value that Tiled does not write']],
    [
      "continent",
      ["the map: has 200×150 tiles, allowed are 96×96"],
      ["the map: tiles are 16 px, a drone needs 44", ...MISSING],
    ],
  ])("[TMJ-13] %s: a draft or a clear refusal, and what hinders playing it", (name, verdict, faults) => {
    expect(verdictOf(FOREIGN_MAPS[name])).toEqual(verdict);
    expect(faultsOf(FOREIGN_MAPS[name])).toEqual(faults);
  });

  test.each(["platformer", "towerDefence", "old"] as const)(
    "[TMJ-14] %s comes out as it went in, and an arena drawn on it keeps all that it had",
    (name) => {
      const map = stored(FOREIGN_MAPS[name]);
      const draft = readTmj(map, name);
      expect(writeTmj(draft, map)).toEqual(map);
      applyEdits(draft, [
        { do: "paint", layer: "walls", value: 1, runs: [[0, 0, 4]] },
        { do: "put", id: "5000", fields: SPAWN },
      ]);
      const written: TiledJson = writeTmj(draft, map);
      expect(written.layers.slice(0, map.layers.length)).toEqual(map.layers);
      expect(layerOf(written, "walls").data.slice(0, 5)).toEqual([1, 1, 1, 1, 0]);
      expect(objectsOf(written, "spawns")).toMatchObject([{ id: 5000 }]);
      expect(written).toMatchObject({ tilesets: map.tilesets, nextobjectid: 5001 });
    },
  );
});

describe("no file", () => {
  test.each([
    [null],
    [42],
    ["map"],
    [[]],
    [{ type: "map" }],
    [{ ...blankTmj(), layers: 3 }],
    [{ ...blankTmj(), width: 0 }],
  ])("[TMJ-15] %j is refused with a fault", (json) => {
    expect(() => readTmj(json, "odd")).toThrow(/^map "odd", /);
  });

  test("[TMJ-16] junk in the place of layers, objects and properties neither throws nor gets lost", () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.jsonValue(), fc.jsonValue(), (layer, object, property) => {
        const map = stored({
          ...blankTmj(),
          layers: [layer, { type: "objectgroup", name: "hills", objects: [object, { id: 3, x: property }] }],
          properties: [property, { name: "title", value: object }],
        });
        const { draft } = tryReadTmj(map);
        if (draft && !isNumbered(object)) expect(writeTmj(draft, map)).toEqual(map);
        checkArena(map, "junk");
      }),
      { numRuns: 300 },
    );
  });
});

/** An object gets a number if it has none: then it is not written as it was. */
const isNumbered = (object: unknown): boolean =>
  typeof object === "object" && !Array.isArray(object) && object !== null;
