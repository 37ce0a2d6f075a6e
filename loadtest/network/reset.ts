/** Tears a connection down at once, as a broken route does. */
import type { Socket } from "node:net";

/**
 * Sends an RST if possible. Libuv refuses one after an end (and would leave the socket open), and a socket that is
 * still connecting has no peer for it.
 */
export function reset(socket: Socket): void {
  if (socket.destroyed) return;
  if (socket.connecting || socket.writableEnded) socket.destroy();
  else socket.resetAndDestroy();
}
