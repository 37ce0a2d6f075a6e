/** The difference between two drafts, as edits that turn one into the other. */
import fc from "fast-check";
import { expect, it } from "vitest";
import { ARENA_OBJECTS_MAX } from "#shared/arena/limits.ts";
import { EditCommandMessage } from "#shared/protocol/editor.ts";
import { diffDrafts, editsBetween } from "./diff.ts";
import { copyOf, Draft, SIDE_MAX, setCell } from "./draft.ts";
import { applyEdits, type Edit } from "./edit.ts";
import { History } from "./history.ts";
import { edits } from "./testing/arbitraries.ts";
import { contentOf } from "./testing/session.ts";

function drawn(some: readonly Edit[]): Draft {
  const draft = new Draft(12, 12);
  applyEdits(draft, some);
  return draft;
}

const lots = fc.array(edits, { maxLength: 8 }).map((each) => drawn(each.flat()));

it("[EDIT-30] the edits between any two drafts make one of the other, as one step that an undo takes back", () => {
  fc.assert(
    fc.property(lots, lots, (before, after) => {
      const draft = copyOf(before);
      const history = new History(draft);
      const hasChanged = history.edit("ann", editsBetween(before, after));
      expect(contentOf(draft)).toEqual(contentOf(after));
      expect(diffDrafts(draft, after)).toEqual({ cells: [], objects: [], properties: [] });
      if (hasChanged) history.undo("ann");
      expect(contentOf(draft)).toEqual(contentOf(before));
    }),
  );
});

it("[EDIT-31] the edits between the most different drafts are within the bounds of a command, and leave no object out", () => {
  const [before, after] = [new Draft(96, 96), new Draft(12, 12)];
  const fields = { type: "", name: "", x: 1, y: 1, width: 0, height: 0 };
  for (let id = 1; id <= ARENA_OBJECTS_MAX; id++) {
    before.objects.set(String(id), { layer: "spawns", ...fields });
    after.objects.set(String(id % 2 === 0 ? id : id + 1_000), { layer: "hills", ...fields });
  }
  for (let row = 0; row < SIDE_MAX; row++)
    for (let column = row % 2; column < SIDE_MAX; column += 2) {
      setCell(before.walls, column, row, 1);
      setCell(after.bushes, column, row, 1);
    }
  const between = editsBetween(before, after);
  expect(diffDrafts(before, after).cells.length).toBe(SIDE_MAX ** 2 / 2);
  expect(EditCommandMessage.safeParse({ n: 1, do: "edit", edits: between }).success).toBe(true);
  applyEdits(before, between);
  expect(contentOf(before)).toEqual(contentOf(after));
});
