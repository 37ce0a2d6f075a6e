import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { checkBrought } from "#shared/arena/checkBrought.ts";
import { ARENA_FILE_MAX_BYTES } from "#shared/arena/limits.ts";
import { readArenaFile } from "./arenaFile.ts";
import { titleIn, titleOfFileName } from "./tiledTitle.ts";

const ANVIL = readFileSync(new URL("../../../shared/arena/maps/anvil.tmj", import.meta.url), "utf8");

const fileOf = (name: string, text: string) => ({
  name,
  size: new TextEncoder().encode(text).length,
  text: async () => text,
});

const read = (name: string, text: string) => readArenaFile(fileOf(name, text), ARENA_FILE_MAX_BYTES);

test("[OWNARENA-1] a map without a title is called by its file, and stays playable", async () => {
  const file = await read("old-mill_v2.tmj", ANVIL);
  if (file === "tooLarge") throw new Error("too large");
  expect(titleIn(file.json)).toBe("Old mill v2");
  const checked = checkBrought(file.tiledJson, "x");
  expect(checked).toMatchObject({ ok: true, title: "Old mill v2" });
});

test("[OWNARENA-2] a map with a title goes to the server to the byte as it is", async () => {
  const map = JSON.parse(ANVIL);
  const text = JSON.stringify(
    { ...map, properties: [...map.properties, { name: "title", type: "string", value: "Quarry" }] },
    null,
    2,
  );
  const file = await read("whatever.tmj", text);
  expect(file).toMatchObject({ tiledJson: text });
});

test("[OWNARENA-3] a file is too large only if it is without its spaces, too", async () => {
  const spaced = JSON.stringify(JSON.parse(ANVIL), null, 1).replaceAll("\n", `\n${" ".repeat(100)}`);
  expect(spaced.length).toBeGreaterThan(ARENA_FILE_MAX_BYTES);
  const file = await read("anvil.tmj", spaced);
  expect(file).not.toBe("tooLarge");
  if (file !== "tooLarge") expect(file.tiledJson.length).toBeLessThanOrEqual(ARENA_FILE_MAX_BYTES);
  const full = JSON.stringify({ note: "x".repeat(ARENA_FILE_MAX_BYTES) });
  expect(await read("full.tmj", full)).toBe("tooLarge");
  const huge = { name: "huge", size: 10 ** 9, text: () => Promise.reject(new Error("read")) };
  expect(await readArenaFile(huge, ARENA_FILE_MAX_BYTES)).toBe("tooLarge");
});

test.each(["", "{", "[1]", "null", "3"])(
  "[OWNARENA-4] what is no map is left to the server: %j",
  async (text) => {
    expect(await read("x.tmj", text)).toMatchObject({ tiledJson: text });
  },
);

test("[OWNARENA-5] the title of a file's name has no markup of direction, and fits", () => {
  expect(titleOfFileName("foo.min.tmj")).toBe("Foo");
  expect(titleOfFileName("\u202Egnp.tmj")).toBe("Gnp");
  expect([...titleOfFileName(`${"é".repeat(99)}.json`)].length).toBe(32);
  expect(titleOfFileName(".tmj")).toBe("");
});
