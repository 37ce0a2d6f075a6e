import { describe, expect, test } from "vitest";
import { checkArena } from "#shared/arena/checkArena.ts";
import { readMapText } from "#shared/testing/readMap.ts";
import { copyOf } from "./draft.ts";
import { readTmj, type Tmj, writeTmj } from "./tmj.ts";

const MAPS = ["anvil", "causeway", "foundry", "orchard", "range", "sprawl"];
const readMap = (name: string): Tmj => JSON.parse(readMapText(name));

describe("an unchanged draft", () => {
  test.each(MAPS)("[TMJ-1] %s comes out as it went in, and again from a copy", (name) => {
    const map = readMap(name);
    const draft = readTmj(map, name);
    expect(writeTmj(draft, map)).toEqual(map);
    expect(writeTmj(copyOf(draft), map)).toEqual(map);
  });

  test.each(MAPS)("[TMJ-2] %s drawn on a blank file is the same arena", (name) => {
    const map = readMap(name);
    const { arena, faults } = checkArena(writeTmj(readTmj(map, name)), name);
    expect(faults).toEqual([]);
    const { use, ...drawn } = checkArena(map, name).arena ?? {};
    expect(arena).toMatchObject(drawn);
    expect(use).toBeDefined();
  });
});
