/**
 * The connection to an editor's room: joins it for as long as the draft is on the page, sends commands, and fills the signals of
 * editorModel.ts and editorRoom.ts.
 */
import { Client, type Room } from "@colyseus/sdk";
import { acts, draft, type EditorActs, role } from "#client/editor/editorModel.ts";
import {
  lines,
  type NoAnswer,
  pendingCount,
  refusal,
  view,
  type WhyClosed,
} from "#client/editor/editorRoom.ts";
import { tabMemory } from "#client/storage.ts";
import type { EditCommand } from "#shared/editor/replica.ts";
import { CLOSE } from "#shared/protocol/closeCodes.ts";
import {
  type CursorMessage,
  EDITOR_FRAME_MAX_BYTES,
  EDITOR_KEPT_SEC,
  EDITOR_MESSAGE,
  type EditorOptions,
  type RefusedCommand,
} from "#shared/protocol/editor.ts";
import { ROOM } from "#shared/protocol/names.ts";
import { REFUSAL } from "#shared/protocol/refusal.ts";
import { PROTOCOL_VERSION } from "#shared/protocol/version.ts";
import type { EditorState } from "#shared/schema/editorState.ts";
import { EditorCommands } from "./editorCommands.ts";
import { hear, showRoom } from "./editorSignals.ts";
import { knownIdentity, withIdentity } from "./identity.ts";
import { RECONNECT_MS, watchLiveness } from "./liveness.ts";
import { sendRequest } from "./request.ts";
import { throttled } from "./throttled.ts";

// biome-ignore lint/suspicious/noExplicitAny: the SDK's default for a room whose server class is not imported
export type EditorRoom = Room<any, EditorState>;

const CURSOR_EVERY_MS = 100;
const RETRY_MS = 1_500;
const RETRY_MAX_MS = 15_000;

export interface EditorLinkOptions {
  readonly draft: string;
  /** The key of the link for editors; empty without one. */
  readonly key: string;
  readonly name: string;
  /** Requests a seat; rejects with the server's code. */
  readonly join: (options: EditorOptions) => Promise<EditorRoom>;
}

export interface EditorLink {
  request<Answered>(type: string, payload: unknown): Promise<Answered | NoAnswer>;
  close(): void;
}

/** Joins a room of `endpoint`, as the visitor if they have an identity. */
export const joinEditor =
  (endpoint: string) =>
  (options: EditorOptions): Promise<EditorRoom> => {
    const client = new Client(endpoint);
    return withIdentity(
      () => knownIdentity(endpoint),
      (token) => {
        client.http.authToken = token;
        return client.joinOrCreate<EditorState>(ROOM.editor, options);
      },
    );
  };

/** Connects until the link is closed or the room refuses for good; connects again by itself for ever. */
export function openEditorLink({ draft: id, key, name, join }: EditorLinkOptions): EditorLink {
  const commands = new EditorCommands(tabMemory, id);
  let room: EditorRoom | undefined;
  let isClosed = false;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let waitMs = RETRY_MS;
  const point = throttled(CURSOR_EVERY_MS, (cursor: CursorMessage) => {
    if (isUp(room)) room.send(EDITOR_MESSAGE.cursor, cursor);
  });

  const connect = async () => {
    const options = { draft: id, key, name, tab: commands.tab, protocol: PROTOCOL_VERSION };
    const joined = await join(options);
    if (isClosed) return void joined.leave();
    room = joined;
    waitMs = RETRY_MS;
    const stop = followRoom(joined, commands, point);
    joined.onLeave((code) => {
      stop();
      if (room !== joined) return;
      room = undefined;
      const why = ENDINGS[code];
      if (why) close(why);
      else retry();
    });
  };
  const retry = (error?: unknown) => {
    if (isClosed) return;
    const why = REFUSALS[Number((error as { code?: unknown } | undefined)?.code)];
    if (why) return close(why);
    view.value = acts.peek() ? { is: "open", isLinked: false } : { is: "joining", isAway: true };
    // Random, so that the pages of a restarted server do not all return in the same moment.
    timer = setTimeout(() => connect().catch(retry), waitMs * (0.5 + Math.random()));
    waitMs = Math.min(2 * waitMs, RETRY_MAX_MS);
  };
  const close = (why: WhyClosed) => {
    isClosed = true;
    acts.value = undefined;
    view.value = { is: "closed", why };
  };
  const remember = () => commands.leave();
  globalThis.addEventListener?.("pagehide", remember);

  connect().catch(retry);
  return {
    request: (type, payload) => sendRequest(room, type, payload),
    close() {
      isClosed = true;
      clearTimeout(timer);
      globalThis.removeEventListener?.("pagehide", remember);
      commands.leave();
      acts.value = undefined;
      const left = room;
      room = undefined;
      if (!left) return;
      left.reconnection.enabled = false;
      if (left.connection.isOpen) void left.leave();
    },
  };
}

/** Refusals that time does not change. */
const REFUSALS: Readonly<Record<number, WhyClosed>> = {
  [REFUSAL.roomUnknown]: "unknown",
  [REFUSAL.roomEnded]: "unknown",
  [REFUSAL.foreignOrigin]: "noAccess",
  [REFUSAL.banned]: "noAccess",
  [REFUSAL.stalePage]: "stale",
  [REFUSAL.roomFull]: "full",
  [REFUSAL.noStore]: "noStore",
};

const ENDINGS: Readonly<Record<number, WhyClosed>> = {
  [CLOSE.roomEnded]: "unknown",
  [CLOSE.banned]: "noAccess",
  [CLOSE.kicked]: "noAccess",
  [CLOSE.takenOver]: "elsewhere",
};

const isUp = (room: EditorRoom | undefined): room is EditorRoom =>
  room?.connection.isOpen === true && !room.reconnection.isReconnecting;

/** Copies the room's state into the signals until the returned function is called. */
function followRoom(
  room: EditorRoom,
  commands: EditorCommands,
  point: (cursor: CursorMessage) => void,
): () => void {
  /** A connection before its first state; the seat is the same after a drop. */
  let isNew = true;
  const send = (command: EditCommand) => room.send(EDITOR_MESSAGE.edit, command);
  const refresh = () => {
    pendingCount.value = commands.pendingCount;
    if (commands.draft) draft.value = commands.draft;
  };
  const may = (act: () => boolean) => {
    if (role.peek() === "viewer") refusal.value = "viewer";
    else if (!act()) refusal.value = "tooManyPending";
    refresh();
  };
  const ownActs: EditorActs = {
    edit(edits, group) {
      // A longer frame would end the connection, again and again.
      if (JSON.stringify(edits).length > EDITOR_FRAME_MAX_BYTES) refusal.value = "tooLarge";
      else may(() => commands.edit(edits, group));
    },
    undo: () => may(() => commands.undo()),
    redo: () => may(() => commands.redo()),
    point,
  };
  let seen = { seq: -1, acked: -1 };
  const follow = () => {
    const { state, sessionId } = room;
    const own = state.editors.get(sessionId);
    if (!own) return;
    const now = { seq: state.seq, acked: own.acked };
    if (isNew) commands.link(state, own.acked, send);
    else if (now.seq !== seen.seq || now.acked !== seen.acked) commands.follow(own.acked);
    if (isNew || now.seq !== seen.seq || now.acked !== seen.acked) refresh();
    seen = now;
    showRoom(room, own);
    if (!isNew) return;
    isNew = false;
    acts.value = ownActs;
    view.value = { is: "open", isLinked: true };
  };

  const maxRetries = (1000 * EDITOR_KEPT_SEC) / RECONNECT_MS;
  Object.assign(room.reconnection, { minUptime: 0, maxDelay: RECONNECT_MS, maxRetries });
  room.onMessage("*", () => {});
  room.onMessage(EDITOR_MESSAGE.chat, hear);
  room.onMessage(EDITOR_MESSAGE.refused, ({ why }: RefusedCommand) => {
    refusal.value = why;
  });
  room.onStateChange(follow);
  room.onDrop(() => {
    commands.unlink();
    view.value = { is: "open", isLinked: false };
  });
  room.onReconnect(() => {
    // The full state and the last lines follow.
    isNew = true;
    lines.value = [];
  });
  lines.value = [];
  const stopWatching = watchLiveness(room);
  return () => {
    commands.unlink();
    stopWatching();
  };
}
