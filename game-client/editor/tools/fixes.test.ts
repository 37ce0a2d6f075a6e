/** Edits that mend faults. */
import { describe, expect, it } from "vitest";
import { cellAt, Draft, setCell } from "#shared/editor/draft.ts";
import { applyEdits, type Edit } from "#shared/editor/edit.ts";
import { clearBushesInWalls, closeBorder, removeOutside } from "./fixes.ts";

const spawn = (id: string, x: number): Edit => ({
  ...{ do: "put", id },
  fields: { layer: "spawns", type: "", name: "", x, y: 96, width: 0, height: 0 },
});

describe("fixes", () => {
  it("[TOOL-27] a closed border is all walls without bushes, and closing it again changes nothing", () => {
    const draft = new Draft(9, 7);
    setCell(draft.bushes, 0, 3, 1);
    setCell(draft.walls, 4, 0, 1);
    applyEdits(draft, closeBorder(draft));
    let closed = 0;
    for (let row = 0; row < 7; row++)
      for (let column = 0; column < 9; column++) closed += cellAt(draft.walls, column, row);
    expect(closed).toBe(2 * 9 + 2 * 5);
    expect(cellAt(draft.bushes, 0, 3)).toBe(0);
    expect(closeBorder(draft)).toEqual([]);
  });

  it("[TOOL-28] bushes go out of walls, and objects beside the map go, and nothing else does", () => {
    const draft = new Draft(9, 7);
    applyEdits(draft, [
      { do: "paint", layer: "walls", value: 1, runs: [[2, 1, 3]] },
      { do: "paint", layer: "bushes", value: 1, runs: [[2, 3, 3]] },
      ...[spawn("1", 96), spawn("2", 9 * 64 + 1)],
    ]);
    applyEdits(draft, [...clearBushesInWalls(draft), ...removeOutside(draft, 64)]);
    expect([1, 2, 3, 4, 5].map((column) => cellAt(draft.walls, column, 2))).toEqual([1, 1, 1, 0, 0]);
    expect([1, 2, 3, 4, 5].map((column) => cellAt(draft.bushes, column, 2))).toEqual([0, 0, 0, 1, 1]);
    expect([...draft.objects.keys()]).toEqual(["1"]);
  });
});
