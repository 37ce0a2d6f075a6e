/** The hand on a room that answers at once: gestures, what they send, and what the picture shows meanwhile. */
import { beforeEach, describe, expect, it } from "vitest";
import { cellAt, Draft, setCell } from "#shared/editor/draft.ts";
import { History } from "#shared/editor/history.ts";
import { type EditCommand, Replica } from "#shared/editor/replica.ts";
import { cellCursor, drawing, giveUp, hovered, nudge, runCommand } from "./commands.ts";
import { shownDraft } from "./drawing.ts";
import * as model from "./editorModel.ts";

const PX = 64;
let sent: EditCommand[];

beforeEach(() => {
  const truth = new Draft(20, 12);
  const history = new History(truth);
  const replica = new Replica(truth);
  sent = [];
  const send = (command: EditCommand) => {
    sent.push(command);
    if (command.do === "edit") history.edit("me", command.edits, command.group);
    else history[command.do]("me");
    replica.follow(command.n);
    model.draft.value = replica.view;
  };
  model.draft.value = replica.view;
  model.role.value = "editor";
  model.acts.value = {
    edit: (edits, group) => send(replica.edit(edits, group)),
    undo: () => send(replica.undo()),
    redo: () => send(replica.redo()),
    point() {},
  };
  model.tool.value = "brush";
  model.paint.value = "wall";
  model.objectType.value = "";
  model.brushSize.value = 1;
  model.symmetry.value = "none";
  model.selected.value = [];
  model.selectedCells.value = undefined;
  cellCursor.value = undefined;
  hovered.value = undefined;
});

const at = (column: number, row: number, more = {}) => ({
  ...{ x: (column + 0.5) * PX, y: (row + 0.5) * PX, shift: false, alt: false },
  ...more,
});
const press = (column: number, row: number, more = {}) =>
  drawing.press({ ...at(column, row), isErasing: false, reachPx: 12, ...more });
const walls = (draft = shownDraft.value) => {
  const found: string[] = [];
  for (let row = 0; row < 12; row++)
    for (let column = 0; column < 20; column++)
      if (cellAt(draft.walls, column, row)) found.push(`${column},${row}`);
  return found;
};
const objects = () => [...shownDraft.value.objects.values()];

describe("drawing", () => {
  it("[TOOL-14] a stroke shows before it is sent, goes out in a few commands, and one undo takes it all back", () => {
    press(2, 2);
    expect(walls()).toEqual(["2,2"]);
    expect(sent).toEqual([]);
    drawing.update(1_000_000);
    drawing.move(at(5, 2));
    drawing.update(1_000_001);
    expect(sent).toHaveLength(1);
    expect(walls()).toEqual(["2,2", "3,2", "4,2", "5,2"]);
    drawing.move(at(5, 4));
    drawing.end();
    expect(sent).toHaveLength(2);
    expect(walls(model.draft.value)).toHaveLength(6);
    press(8, 8);
    drawing.end();
    runCommand("undo");
    expect(walls()).toHaveLength(6);
    runCommand("undo");
    expect(walls()).toEqual([]);
    runCommand("redo");
    expect(walls()).toHaveLength(6);
  });

  it("[TOOL-15] a stroke that is given up leaves nothing, also of what was sent, and one that is held back sends nothing", () => {
    press(2, 2);
    drawing.isHeldBack = true;
    drawing.update(2_000_000);
    expect(sent).toEqual([]);
    drawing.isHeldBack = false;
    drawing.update(2_000_100);
    drawing.move(at(4, 2));
    expect(giveUp()).toBe(true);
    expect(walls()).toEqual([]);
    expect(sent.map((command) => command.do)).toEqual(["edit", "undo"]);
  });

  it("[TOOL-16] a line and a rectangle show while they are drawn and are one command at the release", () => {
    model.tool.value = "line";
    press(1, 1);
    drawing.move(at(6, 3));
    drawing.move(at(5, 2, { shift: true }));
    expect(walls()).toEqual(["1,1", "2,1", "3,1", "4,1", "5,1"]);
    drawing.end();
    model.tool.value = "rectangle";
    press(1, 4);
    drawing.move(at(3, 6, { shift: true }));
    expect(walls()).toHaveLength(5 + 8);
    drawing.move(at(3, 6));
    drawing.end();
    expect(walls()).toHaveLength(5 + 9);
    expect(sent).toHaveLength(2);
  });

  it("[TOOL-17] the right button erases with any paint, and takes objects while one is in the hand", () => {
    model.paint.value = "spawn";
    press(4, 4);
    drawing.end();
    model.paint.value = "bush";
    press(4, 4);
    drawing.move(at(6, 4));
    drawing.end();
    press(5, 4, { isErasing: true });
    drawing.end();
    expect(cellAt(shownDraft.value.bushes, 4, 4)).toBe(1);
    expect(cellAt(shownDraft.value.bushes, 5, 4)).toBe(0);
    expect(objects()).toHaveLength(1);
    model.paint.value = "flag";
    press(4, 4, { isErasing: true });
    drawing.end();
    expect(objects()).toEqual([]);
  });

  it("[TOOL-18] a put flag and its image belong to different teams, follow the pointer until the release, and move together after it", () => {
    model.symmetry.value = "halfTurn";
    model.paint.value = "flag";
    press(3, 3);
    drawing.move(at(4, 3));
    expect(objects()).toMatchObject([
      { layer: "flags", type: "a", x: 4.5 * PX },
      { layer: "flags", type: "b", x: 15.5 * PX },
    ]);
    drawing.end();
    expect(sent).toHaveLength(1);
    press(4, 3);
    drawing.move(at(5, 5));
    drawing.end();
    expect(objects()).toMatchObject([
      { type: "a", x: 5.5 * PX, y: 5.5 * PX },
      { type: "b", x: 14.5 * PX, y: 6.5 * PX },
    ]);
    expect(sent).toHaveLength(2);
  });

  it("[TOOL-19] a hill is drawn as a rectangle, and a handle of the selected one resizes it and its image", () => {
    model.symmetry.value = "mirror";
    model.paint.value = "hill";
    drawing.press({ ...at(0, 0), x: 128, y: 128, isErasing: false, reachPx: 12 });
    drawing.move({ ...at(0, 0), x: 320, y: 256 });
    drawing.end();
    const [hill, image] = objects();
    expect(hill).toMatchObject({ x: 128, y: 128, width: 192, height: 128 });
    expect(image).toMatchObject({ x: 20 * PX - 320, width: 192 });
    model.tool.value = "select";
    drawing.press({ ...at(0, 0), x: 322, y: 258, isErasing: false, reachPx: 12 });
    drawing.move({ ...at(0, 0), x: 386, y: 258 });
    drawing.end();
    expect(objects()).toMatchObject([
      { x: 128, width: 256, height: 128 },
      { x: 20 * PX - 384, width: 256, height: 128 },
    ]);
  });

  it("[TOOL-20] a rectangle selects cells and objects, which are moved, copied, pasted, nudged and deleted together", () => {
    setCell(model.draft.value.walls, 2, 2, 1);
    model.acts.value?.edit([
      { do: "paint", layer: "walls", value: 1, runs: [[2, 2, 2]] },
      {
        do: "put",
        id: "9",
        fields: { layer: "pickups", type: "haste", name: "", x: 224, y: 224, width: 0, height: 0 },
      },
    ]);
    model.tool.value = "select";
    press(1, 1);
    drawing.move(at(4, 4));
    drawing.end();
    expect(model.selected.value).toEqual(["9"]);
    press(2, 3);
    drawing.move(at(4, 3));
    drawing.end();
    expect(walls()).toEqual(["4,2", "5,2"]);
    expect(objects()).toMatchObject([{ x: 224 + 2 * PX }]);
    expect(model.selectedCells.value).toMatchObject({ column: 3, row: 1 });
    runCommand("copy");
    hovered.value = { x: 10 * PX, y: 8 * PX };
    runCommand("paste");
    expect(walls()).toEqual(["4,2", "5,2", "9,7", "10,7"]);
    expect(objects()).toHaveLength(2);
    expect(model.selected.value).toHaveLength(1);
    expect(nudge(0, 1, true)).toBe(true);
    expect(walls()).toEqual(["4,2", "5,2", "9,8", "10,8"]);
    runCommand("delete");
    expect(walls()).toEqual(["4,2", "5,2"]);
    expect(objects()).toMatchObject([{ x: 224 + 2 * PX }]);
  });

  it("[TOOL-31] nothing leaves the map: a selection stops at its edge, and what a paste hangs over it is left out", () => {
    const spawn = { layer: "spawns", type: "", name: "", x: 160, y: 160, width: 0, height: 0 } as const;
    model.acts.value?.edit([
      { do: "paint", layer: "walls", value: 1, runs: [[2, 2, 2]] },
      { do: "put", id: "9", fields: spawn },
    ]);
    model.tool.value = "select";
    press(2, 2, { x: 160, y: 160 });
    drawing.move(at(-40, 2));
    drawing.end();
    expect(objects()).toMatchObject([{ x: 0 }]);
    press(5, 5);
    drawing.move(at(0, 0));
    drawing.end();
    press(4, 4);
    drawing.move(at(30, -30));
    drawing.end();
    expect(model.selectedCells.value).toMatchObject({ column: 14, row: 0, columns: 6 });
    expect(walls()).toEqual(["16,2", "17,2"]);
    runCommand("copy");
    hovered.value = { x: 20 * PX, y: 6 * PX };
    runCommand("paste");
    expect(walls()).toEqual(["16,2", "17,2", "19,5"]);
  });

  it("[TOOL-21] what is picked comes into the hand: the ground, or an object with its type", () => {
    model.acts.value?.edit([
      { do: "paint", layer: "bushes", value: 1, runs: [[2, 2, 2]] },
      {
        do: "put",
        id: "9",
        fields: { layer: "spawns", type: "b", name: "", x: 480, y: 480, width: 0, height: 0 },
      },
    ]);
    model.tool.value = "pick";
    press(2, 2);
    expect([model.paint.value, model.tool.value]).toEqual(["bush", "brush"]);
    model.tool.value = "pick";
    press(7, 7);
    expect([model.paint.value, model.objectType.value]).toEqual(["spawn", "b"]);
  });

  it("[TOOL-22] a viewer draws nothing, and selects as everybody does", () => {
    model.role.value = "viewer";
    press(2, 2);
    drawing.move(at(4, 4));
    drawing.end();
    runCommand("paste");
    expect(walls()).toEqual([]);
    model.tool.value = "select";
    press(1, 1);
    drawing.move(at(4, 4));
    drawing.end();
    expect(model.selectedCells.value).toMatchObject({ columns: 4, rows: 4 });
    expect(nudge(1, 0, false)).toBe(true);
    expect(sent).toEqual([]);
  });
});
