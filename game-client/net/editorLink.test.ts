/** Tests how a page stays in an editor's room: drops, lost seats, refusals, and another tab that takes the seat. */
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { acts, draft } from "#client/editor/editorModel.ts";
import { forgetRoom, pendingCount, view } from "#client/editor/editorRoom.ts";
import { CELL_LAYERS, cellAt } from "#shared/editor/draft.ts";
import type { EditCommand } from "#shared/editor/replica.ts";
import { CLOSE } from "#shared/protocol/closeCodes.ts";
import { EDITOR_MESSAGE, type EditorOptions } from "#shared/protocol/editor.ts";
import { REFUSAL } from "#shared/protocol/refusal.ts";
import { CELL_WORDS, Editor, EditorState } from "#shared/schema/editorState.ts";
import { type EditorLink, type EditorRoom, openEditorLink } from "./editorLink.ts";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => {
  for (const link of links.splice(0)) link.close();
  forgetRoom();
  vi.useRealTimers();
});

const links: EditorLink[] = [];
let drafts = 0;

function stateOf(sessionId: string): EditorState {
  const state = new EditorState();
  for (const layer of CELL_LAYERS) for (let word = 0; word < CELL_WORDS; word++) state[layer].push(0);
  state.properties.set("columns", "16");
  state.properties.set("rows", "12");
  Object.assign(state, { tilePx: 64, seq: 0, storedSeq: 0, versions: 0, trying: "", triedBy: "" });
  const own = { name: "Ann", role: "owner", colour: 0, x: -1, y: -1, tool: "", selected: "" } as const;
  state.editors.set(sessionId, new Editor({ ...own, connected: true, acked: 0 }));
  return state;
}

type Listener = (...given: never[]) => void;

/** A seat in a room, whose connection the test drops and restores. */
function seatOf(sessionId: string) {
  const listeners = new Map<string, Listener[]>();
  const on = (what: string) => (listener: Listener) =>
    void listeners.set(what, [...(listeners.get(what) ?? []), listener]);
  const call = (what: string, ...given: unknown[]) => {
    for (const listener of listeners.get(what) ?? []) (listener as (...all: unknown[]) => void)(...given);
  };
  const sent: EditCommand[] = [];
  const state = stateOf(sessionId);
  const room = {
    ...{ state, sessionId, clock: { lastServerTime: () => Date.now() } },
    connection: { isOpen: true, close() {} },
    reconnection: { isReconnecting: false, retryCount: 0, enabled: true },
    send: (type: string, command: EditCommand) => type === EDITOR_MESSAGE.edit && sent.push(command),
    ping: (answer: () => void) => answer(),
    leave: async () => 0,
    onMessage() {},
    ...{ onStateChange: on("state"), onDrop: on("drop"), onReconnect: on("reconnect"), onLeave: on("leave") },
  };
  return {
    room: room as unknown as EditorRoom,
    sent,
    tellState: () => call("state", state),
    drop() {
      Object.assign(room.connection, { isOpen: false });
      room.reconnection.isReconnecting = true;
      call("drop", 1006);
    },
    reconnect() {
      Object.assign(room.connection, { isOpen: true });
      room.reconnection.isReconnecting = false;
      call("reconnect");
      call("state", state);
    },
    leave: (code: number) => call("leave", code),
  };
}

/** `answers`: what the requests for a seat are answered with, in their order; the last one again and again. */
function open(answers: readonly (ReturnType<typeof seatOf> | number)[]) {
  const asked: EditorOptions[] = [];
  const join = async (options: EditorOptions) => {
    const answer = answers[Math.min(asked.length, answers.length - 1)];
    asked.push(options);
    if (typeof answer === "object") return answer.room;
    throw Object.assign(new Error("no seat"), { code: answer });
  };
  // A draft of its own: what a tab has not sent outlives its visit.
  const draft = `draft${String(++drafts).padStart(7, "0")}`;
  links.push(openEditorLink({ draft, key: "", name: "Ann", join }));
  return { asked };
}

const settle = () => vi.advanceTimersByTimeAsync(0);
const drawAt = (column: number) =>
  acts.peek()?.edit([{ do: "paint", layer: "walls", value: 1, runs: [[3, column, 1]] }]);
const wallsAt = (...columns: number[]) => columns.map((column) => cellAt(draft.peek().walls, column, 3));
const LINKED = { is: "open", isLinked: true };
const UNLINKED = { is: "open", isLinked: false };

test("[PANEL-8] a drop keeps the drawing on the page, and what is drawn meanwhile goes out on the same seat afterwards", async () => {
  const seat = seatOf("one");
  const { asked } = open([seat]);
  await settle();
  seat.tellState();
  expect(view.value).toEqual(LINKED);
  drawAt(4);
  seat.drop();
  expect(view.value).toEqual(UNLINKED);
  drawAt(5);
  expect(wallsAt(4, 5)).toEqual([1, 1]);
  expect(seat.sent.map(({ n }) => n)).toEqual([1]);
  seat.reconnect();
  expect(view.value).toEqual(LINKED);
  expect(seat.sent.map(({ n }) => n)).toEqual([1, 1, 2]);
  expect(asked).toHaveLength(1);
});

test("[PANEL-9] a seat that is lost is asked for again by the same tab until the server answers, and never said to be open elsewhere", async () => {
  const [first, second] = [seatOf("one"), seatOf("two")];
  const { asked } = open([first, REFUSAL.restarting, REFUSAL.tooMany, second]);
  await settle();
  first.tellState();
  first.drop();
  drawAt(6);
  // The SDK gives up.
  first.leave(4003);
  for (let turn = 0; turn < 10 && asked.length < 4; turn++) {
    expect(view.value).toEqual(UNLINKED);
    await vi.advanceTimersToNextTimerAsync();
  }
  await settle();
  // The server's words to a seat that its tab has left come late.
  first.leave(CLOSE.takenOver);
  second.tellState();
  expect(view.value).toEqual(LINKED);
  expect(new Set(asked.map(({ tab }) => tab)).size).toBe(1);
  expect(second.sent).toHaveLength(1);
  expect([wallsAt(6), pendingCount.value]).toEqual([[1], 1]);
});

test("[PANEL-10] another tab that takes the seat, and refusals for good, end the visit with their reason", async () => {
  const seat = seatOf("one");
  const { asked } = open([seat]);
  await settle();
  seat.tellState();
  seat.leave(CLOSE.takenOver);
  expect(view.value).toEqual({ is: "closed", why: "elsewhere" });
  await vi.runAllTimersAsync();
  expect(asked).toHaveLength(1);

  for (const [code, why] of [
    [REFUSAL.noStore, "noStore"],
    [REFUSAL.roomUnknown, "unknown"],
    [REFUSAL.roomFull, "full"],
  ] as const) {
    forgetRoom();
    const refused = open([code]);
    await vi.runAllTimersAsync();
    expect(view.value).toEqual({ is: "closed", why });
    expect(refused.asked).toHaveLength(1);
  }
});
