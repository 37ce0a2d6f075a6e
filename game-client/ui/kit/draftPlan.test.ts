import { describe, expect, test } from "vitest";
import { applyEdits } from "#shared/editor/edit.ts";
import { readTmj } from "#shared/editor/tmj.ts";
import { readArena, readMapText } from "#shared/testing/readMap.ts";
import { planOf } from "./draftPlan.ts";

describe("the plan of a draft", () => {
  test.each(["anvil", "sprawl"])("[FLAW-15] shows what the plan of the arena %s shows", (name) => {
    const plan = planOf(readTmj(JSON.parse(readMapText(name)), name), 64);
    const arena = readArena(name);
    expect(arena).toMatchObject({ ...plan, hills: expect.anything(), flags: expect.anything() });
    expect(new Set(plan.hills)).toEqual(new Set(arena.hills));
    expect(new Set(plan.flags)).toEqual(new Set(arena.flags));
  });

  test("[FLAW-16] shows a draft with faults: strange classes, places outside, an unknown theme", () => {
    const draft = readTmj(JSON.parse(readMapText("anvil")), "anvil");
    draft.objects.clear();
    applyEdits(draft, [
      { do: "put", id: "1", fields: { ...AT, layer: "spawns", type: "c" } },
      { do: "put", id: "2", fields: { ...AT, layer: "flags", type: "" } },
      { do: "set", name: "theme", value: "moon" },
      { do: "set", name: "columns", value: "3" },
    ]);
    expect(planOf(draft, 50)).toMatchObject({
      ...{ columns: 3, widthPx: 150, theme: "foundry", hills: [] },
      spawns: [{ x: -70, y: 9000 }],
      flags: [{ x: -70, y: 9000, team: 0 }],
    });
    expect(planOf(draft, 50).solid).toHaveLength(3 * 16);
  });
});

const AT = { name: "", x: -70, y: 9000, width: 0, height: 0 };
