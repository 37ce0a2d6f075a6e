/** How a connection is torn down at once, as by a route that is gone. */
import type { Socket } from "node:net";

/**
 * With an RST where that can be said: libuv refuses it while an end is on its way (and would then leave the
 * socket open), and there is nobody to say it to before the connection stands.
 */
export function reset(socket: Socket): void {
  if (socket.destroyed) return;
  if (socket.connecting || socket.writableEnded) socket.destroy();
  else socket.resetAndDestroy();
}
