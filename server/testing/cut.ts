/**
 * Cuts connections of SDK clients as a network failure does, without a close frame. From the client's side, because the
 * room may be in another process.
 */
import { subscribe } from "node:diagnostics_channel";
import type { Socket } from "node:net";
import type { Room } from "@colyseus/sdk";

/** Local port → the TCP connections that this process opened through Node's fetch and WebSocket. */
const sockets = new Map<number, Socket>();
const socketOf = new WeakMap<object, Socket>();

subscribe("undici:client:connected", (message) => {
  const { socket } = message as { socket: Socket };
  const { localPort } = socket;
  if (localPort === undefined) return;
  sockets.set(localPort, socket);
  socket.once("close", () => {
    if (sockets.get(localPort) === socket) sockets.delete(localPort);
  });
});

subscribe("undici:websocket:open", (message) => {
  const { websocket, address } = message as { websocket: object; address: { port: number } };
  const socket = sockets.get(address.port);
  if (socket) socketOf.set(websocket, socket);
});

export function cut({ connection }: Pick<Room, "connection">): void {
  const { ws } = connection.transport as unknown as { ws: object };
  const socket = socketOf.get(ws);
  if (!socket) throw new Error("the client's connection is unknown");
  socket.destroy();
}
