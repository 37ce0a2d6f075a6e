/** Writes what an editor's room says into the signals of editorModel.ts and editorRoom.ts, except for the draft itself. */
import { type EditorPerson, people, role, tilePx } from "#client/editor/editorModel.ts";
import { isRoomStored, lines, ownId, self, tryOut, versionCount } from "#client/editor/editorRoom.ts";
import type { EditorLine } from "#shared/protocol/editor.ts";
import type { Editor, EditorState } from "#shared/schema/editorState.ts";

const LINES_MAX = 200;

interface ShownRoom {
  readonly state: EditorState;
  readonly sessionId: string;
}

export function showRoom({ state, sessionId }: ShownRoom, own: Editor): void {
  role.value = own.role;
  tilePx.value = state.tilePx;
  ownId.value = sessionId;
  versionCount.value = state.versions;
  isRoomStored.value = state.storedSeq >= state.seq;
  const before = tryOut.peek();
  if (state.trying !== (before?.code ?? ""))
    tryOut.value = state.trying === "" ? undefined : { code: state.trying, by: state.triedBy };
  self.value = personOf(sessionId, own);
  people.value = [...state.editors.entries()]
    .filter(([id]) => id !== sessionId)
    .map(([id, editor]) => personOf(id, editor));
}

const personOf = (id: string, editor: Editor): EditorPerson => ({
  id,
  name: editor.name,
  role: editor.role,
  colour: editor.colour,
  isConnected: editor.connected,
  cursor: editor.x < 0 || editor.y < 0 ? undefined : { x: editor.x, y: editor.y },
  tool: editor.tool,
  selected: editor.selected === "" ? [] : editor.selected.split(","),
});

let lastKey = 0;

export function hear(line: EditorLine): void {
  lines.value = [...lines.peek(), { ...line, key: ++lastKey }].slice(-LINES_MAX);
}
