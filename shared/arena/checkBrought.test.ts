import { describe, expect, test } from "vitest";
import { readMapText } from "#shared/testing/readMap.ts";
import {
  layerOf,
  objectsOf,
  readFoundry,
  set,
  setProperty,
  type TiledJson,
  wallIn,
} from "#shared/testing/spoiledMap.ts";
import { checkArena } from "./checkArena.ts";
import { checkBrought } from "./checkBrought.ts";
import { describeFault } from "./describeFault.ts";
import { ARENA_FILE_MAX_BYTES } from "./limits.ts";

const spoiledBy = (spoil: (map: TiledJson) => void): TiledJson => {
  const map = readFoundry();
  spoil(map);
  return map;
};

const codesOf = (tiledJson: string): string[] => {
  const checked = checkBrought(tiledJson, "brought");
  return checked.ok ? [] : checked.faults.map(({ code }) => code);
};

describe("all faults of a map", () => {
  test("[FLAW-1] are found at once, each with its place and its values", () => {
    const map = spoiledBy((map) => {
      layerOf(map, "walls").data[5] = 0;
      set(objectsOf(map, "spawns")[0], { x: 20, y: 20 });
      // The first spawn point that a drone has room on is cut off from all others.
      set(objectsOf(map, "spawns")[1], wallIn(map, 10, 2));
      set(objectsOf(map, "pickups")[0], { name: "jar", type: "jam" });
      set(objectsOf(map, "hills")[0], { rotation: 45 });
      setProperty(map, "players", "many");
      setProperty(map, "theme", "moon");
    });
    const { arena, faults } = checkArena(map, "spoiled");
    expect(arena).toBeUndefined();
    expect(faults).toMatchObject([
      { code: "openBorder", place: { layer: "walls", tile: { column: 5, row: 0 } } },
      {
        code: "inWall",
        place: { layer: "spawns", object: { id: 1, name: "north-west", x: 20, y: 20 } },
        values: { column: 0, row: 0 },
      },
      { code: "wrongType", place: { layer: "pickups", object: { name: "jar" } }, values: { type: "jam" } },
      { code: "hillRotated", place: { layer: "hills", object: { id: 38 } }, values: { degrees: 45 } },
      { code: "unreachable", place: { layer: "spawns", object: { id: 2 } } },
      { code: "badPlayers", place: { property: "players" }, values: { text: "many" } },
      { code: "unknownValue", place: { property: "theme" }, values: { value: "moon" } },
    ]);
  });

  test("[FLAW-2] are at most 20 of a kind: a map without a border is one thing to mend", () => {
    const map = spoiledBy((map) => layerOf(map, "walls").data.fill(0));
    const { faults } = checkArena(map, "open");
    expect(faults.filter(({ code }) => code === "openBorder")).toHaveLength(20);
    expect(faults.length).toBeLessThanOrEqual(100);
  });

  test("[FLAW-3] a hole in the border does not hide faults of objects, and too small tiles no missing layers", () => {
    const codes = (spoil: (map: TiledJson) => void) =>
      checkArena(spoiledBy(spoil), "spoiled").faults.map(({ code }) => code);
    expect(
      codes((map) => {
        map.layers = map.layers.filter(({ name }: { name: string }) => name !== "walls");
        set(objectsOf(map, "flags")[0], { type: "c" });
      }),
    ).toEqual(["missingLayer", "wrongType", "flagCount"]);
    expect(
      codes((map) => {
        set(map, { tilewidth: 16, tileheight: 16 });
        layerOf(map, "spawns").name = "Objects";
      }),
    ).toEqual(["smallTiles", "missingLayer"]);
  });

  test("[FLAW-4] fields that Tiled does not write are named with their layer, object and property", () => {
    const map = spoiledBy((map) => {
      set(objectsOf(map, "spawns")[0], { x: "left" });
      set(layerOf(map, "walls"), { width: -3 });
      map.properties[0] = { name: 7, value: "x" };
      map.layers.push({ name: "odd", type: "voxels" });
    });
    const { faults } = checkArena(map, "odd");
    expect(faults.map((fault) => describeFault(fault, "odd")).sort()).toEqual([
      'map "odd", layer "odd": "type" is missing, or has a value that Tiled does not write',
      'map "odd", layer "spawns", object 1 ("north-west"): "x" is missing, or has a value that Tiled does not write',
      'map "odd", layer "walls": "width" is missing, or has a value that Tiled does not write',
      'map "odd", property "7": "name" is missing, or has a value that Tiled does not write',
    ]);
  });

  test("[FLAW-5] an empty layer of flags is like none", () => {
    const map = spoiledBy((map) => {
      set(layerOf(map, "flags"), { objects: [] });
      setProperty(map, "modes", "deathmatch");
    });
    expect(checkArena(map, "flagless")).toMatchObject({ arena: { flags: [], modes: ["deathmatch"] } });
  });
});

describe("a brought file", () => {
  test("[FLAW-6] that is playable is an arena with a clean title", () => {
    const map = readFoundry();
    map.properties.push({
      name: "title",
      type: "string",
      value: "  The\u200b  \u202eFoundry\n of us all, and of those to come",
    });
    const checked = checkBrought(JSON.stringify(map), "ab12");
    expect(checked).toMatchObject({
      ok: true,
      title: "The Foundry of us all, and of th",
      arena: { name: "ab12", title: "The Foundry of us all, and of th" },
    });
    expect(checkBrought(readMapText("foundry"), "ab12")).toMatchObject({ ok: true, title: "" });
  });

  test.each<[string, (map: TiledJson) => void, string[]]>([
    ["without spawns", (map) => set(layerOf(map, "spawns"), { objects: [] }), ["tooFewSpawns"]],
    [
      "of 2,000 objects",
      (map) =>
        set(layerOf(map, "pickups"), {
          objects: Array.from({ length: 2_000 }, (_, id) => ({ id, x: 1, y: 1 })),
        }),
      ["tooManyObjects"],
    ],
    [
      "of 65 layers",
      (map) => map.layers.push(...Array(60).fill({ type: "group", name: "" })),
      ["tooManyLayers"],
    ],
    [
      "of 65 properties",
      (map) => map.properties.push(...Array(62).fill({ name: "", value: 1 })),
      ["tooManyProperties"],
    ],
    ["of 65 tilesets", (map) => map.tilesets.push(...Array(64).fill({ firstgid: 9 })), ["tooManyTilesets"]],
    ["with compressed tiles", (map) => set(layerOf(map, "walls"), { data: "eJxj" }), ["compressedTiles"]],
    [
      "with chunks",
      (map) => {
        map.infinite = true;
        for (const layer of map.layers) if (layer.data) set(layer, { data: undefined, chunks: [] });
      },
      ["infinite"],
    ],
    [
      "of hexagons",
      (map) => set(map, { orientation: "hexagonal", infinite: true }),
      ["notOrthogonal", "infinite"],
    ],
    ["without an orientation", (map) => delete map.orientation, ["notOrthogonal"]],
    ["of a million columns", (map) => set(map, { width: 1e6 }), ["tooWide"]],
    ["of 10^300 rows", (map) => set(map, { height: 1e300 }), ["badField"]],
    [
      "with a spawn point far away",
      (map) => set(objectsOf(map, "spawns")[3], { x: 1e300, y: -1e300 }),
      ["outside"],
    ],
    ["for 10^400 players", (map) => setProperty(map, "players", `2-1${"0".repeat(400)}`), ["badPlayers"]],
    [
      "in a group",
      (map) => set(map, { layers: [{ type: "group", name: "all", layers: map.layers }] }),
      ["missingLayer", "missingLayer", "unplayableMode", "unplayableMode"],
    ],
  ])("[FLAW-7] %s is refused, and told why", (_what, spoil, codes) => {
    expect(codesOf(JSON.stringify(spoiledBy(spoil)))).toEqual(codes);
  });

  test.each([
    ["no JSON", "<map/>", "notJson"],
    ["an empty file", "", "notJson"],
    ["null", "null", "notATiledMap"],
    ["a tileset", '{"type":"tileset"}', "notATiledMap"],
    ["brackets", "[".repeat(50_000) + "]".repeat(50_000), "tooDeep"],
    ["objects in objects", `${'{"a":'.repeat(15_000)}1${"}".repeat(15_000)}`, "tooDeep"],
    ["too many bytes", " ".repeat(ARENA_FILE_MAX_BYTES + 1), "tooManyBytes"],
    ["too many bytes in few characters", `"${"€".repeat(ARENA_FILE_MAX_BYTES / 3)}"`, "tooManyBytes"],
  ])("[FLAW-8] %s is refused before anything walks through it", (_what, tiledJson, code) => {
    expect(codesOf(tiledJson)).toEqual([code]);
  });

  test("[FLAW-9] cannot change prototypes, whatever its keys are called", () => {
    const text = JSON.stringify(readFoundry()).replace(
      "{",
      '{"__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}},',
    );
    expect(checkBrought(text, "proto").ok).toBe(true);
    expect(({} as { polluted?: number }).polluted).toBeUndefined();
  });

  test("[FLAW-10] may have an external tileset, and a number beyond what JSON can hold is a bad field", () => {
    const external = spoiledBy((map) => set(map, { tilesets: [{ firstgid: 1, source: "../tiles.tsx" }] }));
    expect(codesOf(JSON.stringify(external))).toEqual([]);
    const far = spoiledBy((map) => set(objectsOf(map, "spawns")[0], { x: 987654321 }));
    expect(codesOf(JSON.stringify(far).replace("987654321", "1e999"))).toEqual(["badField"]);
  });
});
