/** Tests that commands of the editor reach the room, each once and in their order, over drops and refreshes. */
import { expect, test } from "vitest";
import type { Memory } from "#client/storage.ts";
import { cellAt, Draft } from "#shared/editor/draft.ts";
import { applyEdits, type Edit } from "#shared/editor/edit.ts";
import type { EditCommand } from "#shared/editor/replica.ts";
import { EditorCommands, PENDING_MAX } from "./editorCommands.ts";

const wall = (column: number): Edit => ({ do: "paint", layer: "walls", value: 1, runs: [[0, column, 1]] });

function memoryOf(): Memory {
  const kept = new Map<string, string>();
  return {
    recall: (key) => kept.get(key),
    remember: (key, value) => void kept.set(key, value),
    forget: (key) => void kept.delete(key),
  };
}

/** A room that takes each command once, in order, as the server's does. */
function roomOf() {
  const draft = new Draft(32, 24);
  const taken: number[] = [];
  return {
    draft,
    taken,
    acked: 0,
    take(command: EditCommand) {
      if (this.acked !== 0 && command.n !== this.acked + 1) return;
      this.acked = command.n;
      taken.push(command.n);
      if (command.do === "edit") applyEdits(draft, command.edits);
    },
  };
}

test("[PANEL-2] what is drawn while the connection is down is shown at once, and reaches the room in its order when it is back", () => {
  const room = roomOf();
  const commands = new EditorCommands(memoryOf(), "a");
  commands.link(room.draft, 0, (command) => room.take(command));
  commands.edit([wall(0)]);
  commands.follow(room.acked);
  commands.unlink();
  for (let column = 1; column <= 30; column++) commands.edit([wall(column)]);
  expect(cellAt((commands.draft as Draft).walls, 30, 0)).toBe(1);
  expect(room.taken).toEqual([1]);
  commands.link(room.draft, room.acked, (command) => room.take(command));
  while (commands.pendingCount > 0) commands.follow(room.acked);
  expect(room.taken).toEqual(Array.from({ length: 31 }, (_, index) => index + 1));
  expect(cellAt(room.draft.walls, 30, 0)).toBe(1);
});

test("[PANEL-3] a refresh keeps the tab's name and what the room has not acknowledged; a duplicate of a living tab gets a name of its own and nothing", () => {
  const memory = memoryOf();
  const room = roomOf();
  const before = new EditorCommands(memory, "a");
  before.link(room.draft, 0, () => {});
  before.edit([wall(3)]);
  const duplicate = new EditorCommands({ ...memory, remember: () => {} }, "a");
  expect([duplicate.tab === before.tab, duplicate.pendingCount]).toEqual([false, 0]);
  before.leave();
  const after = new EditorCommands(memory, "a");
  expect([after.tab, after.pendingCount]).toEqual([before.tab, 1]);
  after.link(room.draft, room.acked, (command) => room.take(command));
  after.follow(room.acked);
  expect([after.pendingCount, cellAt(room.draft.walls, 3, 0)]).toEqual([0, 1]);
  expect(new EditorCommands(memory, "another").pendingCount).toBe(0);
});

test("[PANEL-4] few commands are on their way at once, and no more gather than the tab can keep", () => {
  const commands = new EditorCommands(memoryOf(), "a");
  const sent: number[] = [];
  commands.link(new Draft(32, 24), 0, ({ n }) => void sent.push(n));
  const taken = Array.from({ length: PENDING_MAX + 1 }, () => commands.edit([wall(1)]));
  expect(taken.filter(Boolean)).toHaveLength(PENDING_MAX);
  expect(sent).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
  commands.follow(2);
  expect(sent.slice(8)).toEqual([9, 10]);
});

test("[PANEL-5] a room that has forgotten the tab gets its pending commands all the same", () => {
  const commands = new EditorCommands(memoryOf(), "a");
  commands.link(new Draft(32, 24), 57, () => {});
  commands.edit([wall(1)]);
  const sent: number[] = [];
  commands.unlink();
  commands.link(new Draft(32, 24), 0, ({ n }) => void sent.push(n));
  expect(sent).toEqual([58]);
});
