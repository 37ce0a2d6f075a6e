/** How many bytes strokes, fills and joins cost, as Colyseus encodes the editor's state. */
import { type Client, ClientState, Protocol } from "@colyseus/core";
import { beforeEach, expect, test, vi } from "vitest";
import { ARENA_OBJECTS_MAX } from "#shared/arena/limits.ts";
import { Draft, SIDE_MAX } from "#shared/editor/draft.ts";
import type { Edit, Run } from "#shared/editor/edit.ts";
import { History } from "#shared/editor/history.ts";
import { EditorState } from "#shared/schema/editorState.ts";
import { EditorSerializer } from "./editorSerializer.ts";
import { newObject, RoomDraft } from "./roomDraft.ts";

let state: EditorState;
let history: History;
let serializer: EditorSerializer;
/** Frames for a client that has joined. */
let frames: Uint8Array[];

beforeEach(() => {
  state = new EditorState();
  Object.assign(state, { tilePx: 64, seq: 0, storedSeq: 0, versions: 0, trying: "", triedBy: "" });
  serializer = new EditorSerializer();
  serializer.reset(state);
  const draft = new RoomDraft(state, new Draft(SIDE_MAX, SIDE_MAX));
  history = new History(draft, newObject, ({ seq }) => {
    state.seq = seq;
    draft.show();
  });
  serializer.getFullState();
  frames = [];
  patch();
  frames = [];
});

function patch(): number {
  const raw = (frame: Uint8Array) => void frames.push(frame.slice());
  serializer.applyPatches([{ state: ClientState.JOINED, raw } as unknown as Client]);
  return frames.at(-1)?.length ?? 0;
}

const paint = (runs: Run[]): Edit => ({ do: "paint", layer: "walls", value: 1, runs });

test("[EDITOR-40] a stroke of 50 cells costs every client at most 8 bytes for each word of cells that it touches", () => {
  history.edit("ann", [paint(Array.from({ length: 50 }, (_, at): Run => [at, at, 1]))]);
  expect(patch()).toBeLessThanOrEqual(50 * 8 + 16);
  history.edit("ann", [paint([[60, 10, 50]])]);
  expect(patch()).toBeLessThanOrEqual(3 * 8 + 16);
  expect(frames.every(([code]) => code === Protocol.ROOM_STATE_PATCH)).toBe(true);
});

test("[EDITOR-41] a fill of the largest map costs 3 KB, and one more of the same cells nothing", () => {
  const fill = paint(Array.from({ length: SIDE_MAX }, (_, row): Run => [row, 0, SIDE_MAX]));
  history.edit("ann", [fill]);
  expect(patch()).toBeLessThan(3 * 1024);
  history.edit("ben", [fill]);
  expect([frames.length, patch()]).toEqual([1, frames[0]?.length]);
  expect(frames.length).toBe(1);
});

test("[EDITOR-42] the fullest draft goes out whole, to who joins and in one patch, without a line on stderr", () => {
  const warn = vi.spyOn(console, "warn");
  const text = "\u6c34".repeat(100);
  const fields = {
    layer: "pickups" as const,
    type: text,
    name: text,
    x: 0.1,
    y: 0.2,
    width: 0.3,
    height: 0.4,
  };
  history.edit(
    "ann",
    Array.from({ length: ARENA_OBJECTS_MAX }, (_, at): Edit => ({ do: "put", id: String(at + 1), fields })),
  );
  const whole = ARENA_OBJECTS_MAX * 600;
  const full = serializer.getFullState().length;
  expect(full).toBeGreaterThan(whole);
  expect(patch()).toBeGreaterThan(whole);
  expect(full).toBeLessThan(256 * 1024);
  expect(warn).not.toHaveBeenCalled();
});
