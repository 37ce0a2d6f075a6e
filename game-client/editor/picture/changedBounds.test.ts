/** The parts of the picture that an edit repaints. */
import { describe, expect, it } from "vitest";
import { arenaOfDraft } from "#client/editor/arenaOfDraft.ts";
import { copyOf, Draft } from "#shared/editor/draft.ts";
import { applyEdits, type Edit } from "#shared/editor/edit.ts";
import { changedBounds, cut } from "./changedBounds.ts";
import { REACH_PX } from "./paintRegion.ts";

function boundsAfter(...edits: Edit[]) {
  const draft = new Draft(30, 20);
  const before = copyOf(draft);
  applyEdits(draft, edits);
  return changedBounds(arenaOfDraft(before, 64), arenaOfDraft(draft, 64));
}

describe("the changed part of a picture", () => {
  it("[TOOL-29] is the changed cells with what their shadows and leaves reach, each run for itself", () => {
    const bounds = boundsAfter(
      { do: "paint", layer: "walls", value: 1, runs: [[3, 2, 2]] },
      { do: "paint", layer: "bushes", value: 1, runs: [[15, 25, 1]] },
    );
    expect(bounds).toEqual([
      { left: 128 - REACH_PX, top: 192 - REACH_PX, right: 256 + REACH_PX, bottom: 256 + REACH_PX },
      { left: 1600 - REACH_PX, top: 960 - REACH_PX, right: 1664 + REACH_PX, bottom: 1024 + REACH_PX },
    ]);
    expect(cut({ left: 0, top: 0, right: 9, bottom: 9 }, { left: 9, top: 0, right: 12, bottom: 9 })).toBe(
      undefined,
    );
  });

  it("[TOOL-30] is the pad of a spawn that has come or gone, and nothing for other objects and for cells beside the map", () => {
    const fields = { type: "a", name: "", x: 320, y: 320, width: 0, height: 0 };
    expect(boundsAfter({ do: "put", id: "1", fields: { ...fields, layer: "spawns" } })).toHaveLength(1);
    expect(boundsAfter({ do: "put", id: "1", fields: { ...fields, layer: "flags" } })).toEqual([]);
    expect(boundsAfter({ do: "paint", layer: "walls", value: 1, runs: [[3, 40, 2]] })).toEqual([]);
  });
});
