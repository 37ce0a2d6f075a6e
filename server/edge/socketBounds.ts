/** The options of ws for players' connections, some of them newer than its types. */
import { EDITOR_FRAME_MAX_BYTES, EDITOR_MESSAGES } from "#shared/protocol/editor.ts";
import { CLOSE_WITHIN_MS, GuardedSocket, type SocketRules } from "./guardedSocket.ts";

export const SOCKET_BOUNDS = {
  WebSocket: GuardedSocket,
  /** The longest frame of an arena's client is a line of chat. */
  maxPayload: 4 * 1024,
  /** Bounds empty fragments, which add nothing to the payload. */
  maxFragments: 16,
  closeTimeout: CLOSE_WITHIN_MS,
};

/** An edit has long lists of cells: message → edits → edit → runs → run → number. */
export const EDITOR_SOCKET: SocketRules = {
  messages: EDITOR_MESSAGES,
  bounds: { depthMax: 5, hasLongArrays: true },
  maxPayload: EDITOR_FRAME_MAX_BYTES,
};
