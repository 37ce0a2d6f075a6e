import { afterEach, describe, expect, test } from "vitest";
import { settings } from "#client/settings/settings.ts";
import { LANGUAGES } from "#client/ui/strings/languages.ts";
import { loadLanguage } from "#client/ui/strings/strings.ts";
import { checkArena } from "#shared/arena/checkArena.ts";
import { checkBrought } from "#shared/arena/checkBrought.ts";
import type { Fault, FaultValues } from "#shared/arena/fault.ts";
import { layerOf, objectsOf, readFoundry, set, setProperty } from "#shared/testing/spoiledMap.ts";
import { faultText, groupFaults } from "./faultText.ts";
import { unmarked } from "./Sentence.tsx";

/** Every code, with values that no sentence has by itself. */
const VALUES: FaultValues = {
  notJson: {},
  tooManyBytes: { count: 777_777, max: 102_400 },
  tooDeep: { max: 40 },
  tooManyLayers: { count: 771, max: 772 },
  tooManyObjects: { count: 771, max: 772 },
  tooManyProperties: { count: 771, max: 772 },
  tooManyTilesets: { count: 771, max: 772 },
  notATiledMap: {},
  badField: { field: "q-field" },
  infinite: {},
  notOrthogonal: { orientation: "q-orientation" },
  notSquare: { width: 771, height: 772 },
  smallTiles: { px: 771, least: 772 },
  tooWide: { px: 771, max: 772 },
  tooHigh: { px: 771, max: 772 },
  tooManyTiles: { columns: 771, rows: 772, max: 773 },
  missingLayer: {},
  wrongLayerType: { type: "group", needed: "tilelayer" },
  compressedTiles: {},
  layerSize: { columns: 771, rows: 772, mapColumns: 773, mapRows: 774 },
  layerTiles: { count: 771, needed: 772 },
  unknownTile: { gid: 771 },
  openBorder: {},
  bushInWall: {},
  outside: {},
  tooFewSpawns: { count: 771, least: 772 },
  tooFewTeamSpawns: { team: "q-team", count: 771, least: 772 },
  inWall: { column: 771, row: 772 },
  wrongType: { type: "q-type", allowed: "q-allowed" },
  notAPoint: {},
  flagCount: { team: "q-team", count: 771 },
  hillShape: {},
  hillRotated: { degrees: 771 },
  hillSize: { width: 771, height: 772, least: 773 },
  hillWalled: {},
  unreachable: { fromId: 771, fromName: "q-from" },
  notText: { type: "q-type" },
  unknownMode: { mode: "q-mode", known: "q-known" },
  unplayableMode: { mode: "q-mode", layer: "q-layer" },
  badPlayers: { text: "q-text" },
  unknownValue: { value: "q-value", known: "q-known" },
  refusedTitle: {},
};
const FAULTS = Object.entries(VALUES).map(([code, values]) => ({ code, place: {}, values }) as Fault);

/** Values that the sentence leaves out: it says what to do instead. */
const UNSAID: Readonly<Record<string, readonly string[]>> = {
  tooDeep: ["max"],
  wrongLayerType: ["type", "needed"],
};

afterEach(() => {
  settings.language.value = "auto";
});

describe("the sentence of a fault", () => {
  test.each(LANGUAGES)(
    "[FLAW-11] has its values in %s, and is another one for each code",
    async (language) => {
      await loadLanguage(language);
      settings.language.value = language;
      const texts = FAULTS.map((fault) => unmarked(faultText(fault)));
      expect(new Set(texts).size).toBe(FAULTS.length);
      for (const [index, { code, values }] of FAULTS.entries()) {
        const said =
          code === "tooManyBytes"
            ? [760, 100]
            : Object.entries(values).flatMap(([name, value]) =>
                UNSAID[code]?.includes(name) ? [] : [value],
              );
        for (const value of said) expect(texts[index], `${language} ${code}`).toContain(String(value));
        expect(texts[index]).not.toContain("undefined");
      }
    },
  );

  test("[FLAW-12] begins with its place in words, and marks texts of the file", () => {
    const map = readFoundry();
    set(objectsOf(map, "pickups")[0], { name: "<b>\u202Ejar", type: "jam" });
    setProperty(map, "modes", "kingOfTheHill");
    set(layerOf(map, "hills"), { objects: [] });
    const texts = checkArena(map, "x").faults.map(faultText);
    expect(texts.map(unmarked)).toEqual([
      "Layer “pickups”, object 17 (“<b>\u202Ejar”): Its class is “jam”; allowed are health, shield, scatter, rail, mortar, haste, overcharge.",
      "Property “modes”: The mode “King of the hill” needs objects in the layer “hills”.",
    ]);
    expect(texts[0]).toContain("\u2068<b>\u202Ejar\u2069");
  });

  test("[FLAW-13] covers all tiles with the same fault, which keep their places", () => {
    const map = readFoundry();
    layerOf(map, "walls").data.fill(0, 5, 8);
    const groups = groupFaults(checkArena(map, "x").faults, 64);
    expect(groups.map(({ text, spots }) => [unmarked(text), spots])).toEqual([
      [
        "Layer “walls”: The border must be closed by walls.",
        [
          { x: 352, y: 32 },
          { x: 416, y: 32 },
          { x: 480, y: 32 },
        ],
      ],
    ]);
    layerOf(map, "walls").data.fill(1, 6, 8);
    const [alone] = groupFaults(checkArena(map, "x").faults, 64);
    expect(unmarked(alone?.text ?? "")).toBe("Layer “walls”, tile 5,0: The border must be closed by walls.");
  });

  test("[FLAW-14] stands alone when the fault is about the file", () => {
    const checked = checkBrought("<map/>", "x");
    expect(checked.ok ? [] : checked.faults.map(faultText)).toEqual([
      "This is not a Tiled map: save it as .tmj, or export it as JSON.",
    ]);
  });
});
