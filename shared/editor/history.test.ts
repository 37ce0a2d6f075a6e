/** Undo and redo of several editors on one draft. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { cellAt, Draft, SIDE_MAX } from "./draft.ts";
import { applyEdits, type Edit } from "./edit.ts";
import { History, type LogEntry } from "./history.ts";
import { edits } from "./testing/arbitraries.ts";
import { contentOf, fold } from "./testing/session.ts";

const wall = (row: number, column: number, length = 1): Edit => ({
  ...{ do: "paint", layer: "walls", value: 1 },
  runs: [[row, column, length]],
});
const floor = (row: number, column: number, length = 1): Edit =>
  ({ ...wall(row, column, length), value: 0 }) as Edit;
const spawn = (id: string, x: number): Edit => ({
  ...{ do: "put", id },
  fields: { layer: "spawns", type: "", name: "", x, y: 96, width: 0, height: 0 },
});

const allRows = Array.from({ length: SIDE_MAX }, (_, row) => row);

function begin() {
  const draft = new Draft(20, 12);
  return { draft, history: new History(draft) };
}

describe("History", () => {
  it("[EDIT-1] undo takes back an own stroke, but not the cells that somebody has painted since", () => {
    const { draft, history } = begin();
    history.edit("ann", [wall(2, 1, 5)]);
    history.edit("bob", [floor(2, 3), wall(2, 3)]);
    history.undo("ann");
    const row = Array.from({ length: 7 }, (_, column) => cellAt(draft.walls, column, 2));
    expect(row).toEqual([0, 0, 0, 1, 0, 0, 0]);
  });

  it("[EDIT-2] undo leaves an own object where somebody else has moved it", () => {
    const { draft, history } = begin();
    history.edit("ann", [spawn("7", 96)]);
    history.edit("bob", [{ do: "change", id: "7", fields: { x: 160 } }]);
    history.undo("ann");
    expect(draft.objects.get("7")?.x).toBe(160);
  });

  it("[EDIT-3] an object that was put, moved and renamed by one editor goes by three undos and comes by three redos", () => {
    const { draft, history } = begin();
    history.edit("ann", [spawn("7", 96)]);
    history.edit("ann", [{ do: "change", id: "7", fields: { x: 160 } }]);
    history.edit("ann", [{ do: "change", id: "7", fields: { name: "north" } }]);
    const last = contentOf(draft);
    for (let step = 0; step < 3; step++) expect(history.undo("ann")).toBe(true);
    expect(draft.objects.size).toBe(0);
    expect(history.undo("ann")).toBe(false);
    for (let step = 0; step < 3; step++) expect(history.redo("ann")).toBe(true);
    expect(contentOf(draft)).toEqual(last);
    expect(history.redo("ann")).toBe(false);
  });

  it("[EDIT-20] an undo costs the changes of its whole stroke, and so does the redo", () => {
    const { history } = begin();
    history.edit("ann", [wall(1, 1, 9)], 7);
    history.edit("ann", [wall(2, 1, 9)], 7);
    expect(history.costOf("ann", "undo")).toBeGreaterThanOrEqual(18);
    expect([history.costOf("ann", "redo"), history.costOf("bob", "undo")]).toEqual([0, 0]);
    history.undo("ann");
    expect(history.costOf("ann", "undo")).toBe(0);
    expect(history.costOf("ann", "redo")).toBeGreaterThanOrEqual(18);
  });

  it("[EDIT-21] what all may undo together is bounded: who has drawn nothing for longest can undo nothing more", () => {
    const { history } = begin();
    const people = Array.from({ length: 8 }, (_, at) => `editor ${at}`);
    for (const by of people)
      for (let at = 0; at < 6; at++)
        history.edit(
          by,
          allRows.map((row) => (at % 2 ? floor : wall)(row, 0, SIDE_MAX)),
        );
    expect(history.undo(people[0] ?? "")).toBe(false);
    expect(history.undo(people.at(-1) ?? "")).toBe(true);
  });

  it("[EDIT-22] edits that change nothing count among what is kept for an undo", () => {
    const { history } = begin();
    history.edit(
      "ann",
      allRows.map((row) => wall(row, 0, SIDE_MAX)),
    );
    const nothing: Edit = {
      ...{ do: "paint", layer: "walls", value: 1 },
      runs: Array.from({ length: 16_000 }, () => [0, 0, 1]),
    };
    for (let at = 0; at < 20; at++) history.edit("ann", [spawn(String(at + 1), at), nothing]);
    let undone = 0;
    while (history.undo("ann")) undone++;
    expect(undone).toBeGreaterThan(0);
    expect(undone).toBeLessThan(5);
  });

  it("[EDIT-23] objects that come and go leave nothing behind, and undo goes on to know who wrote what", () => {
    const { draft, history } = begin();
    history.edit("ann", [wall(2, 1, 3)]);
    history.edit("bob", [floor(2, 2), wall(2, 2)]);
    for (let at = 1; at < 120_000; at += 200) {
      const ids = Array.from({ length: 200 }, (_, nth) => String(at + nth));
      history.edit(
        "bob",
        ids.map((id) => spawn(id, 96)),
      );
      history.edit(
        "bob",
        ids.map((id) => ({ do: "remove", id })),
      );
    }
    expect(history.writerCount).toBeLessThan(60_000);
    history.undo("ann");
    expect([1, 2, 3].map((column) => cellAt(draft.walls, column, 2))).toEqual([0, 1, 0]);
  });

  it("[TOOL-1] one undo takes back all commands of a stroke, and one redo does them again", () => {
    const { draft, history } = begin();
    history.edit("ann", [wall(1, 1)], 7);
    history.edit("ann", [wall(2, 1)], 8);
    history.edit("ann", [wall(2, 2)], 8);
    history.edit("bob", [wall(5, 5)]);
    history.edit("ann", [wall(2, 3)], 8);
    const last = contentOf(draft);
    history.undo("ann");
    expect([1, 2, 3].map((column) => cellAt(draft.walls, column, 2))).toEqual([0, 0, 0]);
    expect(cellAt(draft.walls, 1, 1) + cellAt(draft.walls, 5, 5)).toBe(2);
    history.redo("ann");
    expect(contentOf(draft)).toEqual(last);
    expect(history.undo("ann") && history.undo("ann") && !history.undo("ann")).toBe(true);
    expect(cellAt(draft.walls, 1, 1)).toBe(0);
  });

  it("[EDIT-4] redo leaves alone what somebody has painted since the undo", () => {
    const { draft, history } = begin();
    history.edit("ann", [wall(2, 1, 3)]);
    history.undo("ann");
    history.edit("bob", [wall(2, 2), floor(2, 2)]);
    history.edit("bob", [wall(2, 2)]);
    history.edit("bob", [floor(2, 2)]);
    history.redo("ann");
    expect(Array.from({ length: 5 }, (_, column) => cellAt(draft.walls, column, 2))).toEqual([0, 1, 0, 1, 0]);
  });

  it("[EDIT-5] undo brings back an object that the editor has removed", () => {
    const { draft, history } = begin();
    history.edit("ann", [spawn("7", 96)]);
    history.edit("ann", [{ do: "remove", id: "7" }]);
    history.undo("ann");
    expect(draft.objects.get("7")).toMatchObject({ layer: "spawns", x: 96 });
  });

  it("[EDIT-6] alone, any steps undone to the first give the first draft, and redone to the last give the last", () => {
    fc.assert(
      fc.property(fc.array(edits, { maxLength: 12 }), (steps) => {
        const { draft, history } = begin();
        const first = contentOf(draft);
        for (const step of steps) history.edit("ann", step);
        const last = contentOf(draft);
        let undone = 0;
        while (history.undo("ann")) undone++;
        expect(contentOf(draft)).toEqual(first);
        for (let step = 0; step < undone; step++) expect(history.redo("ann")).toBe(true);
        expect(contentOf(draft)).toEqual(last);
      }),
      { numRuns: 300 },
    );
  });

  it("[EDIT-7] an undo writes nothing whose last writer is somebody else", () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.constantFrom("ann", "bob"), edits), { maxLength: 12 }), (steps) => {
        const draft = new Draft(20, 12);
        const log: LogEntry[] = [];
        const history = new History(draft, undefined, (entry) => log.push(entry));
        for (const [by, step] of steps) history.edit(by, step);
        const cells = (layer: "walls" | "bushes") =>
          Array.from({ length: 144 }, (_, at) => cellAt(draft[layer], at % 12, Math.floor(at / 12)));
        const before = { walls: cells("walls"), bushes: cells("bushes") };
        const writers = lastWriters(log);
        if (!history.undo("ann")) return;
        for (const layer of ["walls", "bushes"] as const)
          for (const [at, value] of cells(layer).entries())
            if (value !== before[layer][at])
              expect(writers.get(`${layer} ${at % 12} ${Math.floor(at / 12)}`)).toBe("ann");
      }),
      { numRuns: 300 },
    );
  });

  it("[EDIT-8] the log's edits, applied in their order to the first draft, make the present one", () => {
    const act = fc.tuple(
      fc.constantFrom("ann", "bob", "cy"),
      fc.oneof(edits, fc.constant("undo"), fc.constant("redo")),
    );
    fc.assert(
      fc.property(fc.array(act, { maxLength: 40 }), (acts) => {
        const draft = new Draft(20, 12);
        const log: LogEntry[] = [];
        const history = new History(draft, undefined, (entry) => log.push(entry));
        for (const [by, what] of acts) {
          if (typeof what === "string") history[what as "undo" | "redo"](by);
          else history.edit(by, what);
        }
        expect(contentOf(fold(new Draft(20, 12), log))).toEqual(contentOf(draft));
        expect(log.map(({ seq }) => seq)).toEqual(log.map((_, at) => at + 1));
      }),
      { numRuns: 300 },
    );
  });
});

/** The last editor who has changed each cell. */
function lastWriters(log: readonly LogEntry[]): Map<string, string> {
  const draft = new Draft(20, 12);
  const writers = new Map<string, string>();
  for (const { by, edits: step } of log)
    for (const change of applyEdits(draft, step))
      if (change.at === "cell") writers.set(`${change.layer} ${change.column} ${change.row}`, by);
  return writers;
}
