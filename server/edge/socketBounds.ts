/** The options of ws for players' connections, some of them newer than its types. */
import { CLOSE_WITHIN_MS, GuardedSocket } from "./guardedSocket.ts";

export const SOCKET_BOUNDS = {
  WebSocket: GuardedSocket,
  /** The longest frame of a client is a line of chat. */
  maxPayload: 4 * 1024,
  /** Bounds empty fragments, which add nothing to the payload. */
  maxFragments: 16,
  closeTimeout: CLOSE_WITHIN_MS,
};
