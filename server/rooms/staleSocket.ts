/**
 * Makes room for who comes back. A network that changed leaves the old socket open on this side for seconds, and
 * Colyseus lets the new one wait for its end; whoever shows the seat's current token is the same player.
 */
import { matchMaker } from "@colyseus/core";
import type { WebSocket } from "ws";

/** /PROCESS/ROOM?sessionId=…&reconnectionToken=…, as the SDK asks for it. */
const ROOM_PATH = /^\/[\w-]+\/([\w-]+)$/;

/** To be called with every upgrade request, before it is answered. */
export function endStaleSocket({ url }: { url: string }): void {
  const { pathname, searchParams } = new URL(url);
  const token = searchParams.get("reconnectionToken");
  const room = matchMaker.getLocalRoomById(ROOM_PATH.exec(pathname)?.[1] ?? "");
  const client = room?.clients.getById(searchParams.get("sessionId") ?? "");
  if (!token || client?.reconnectionToken !== token) return;
  (client.ref as unknown as WebSocket).terminate();
}
