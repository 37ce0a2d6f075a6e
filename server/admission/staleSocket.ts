/**
 * Makes room for who comes back. A network that changed leaves the old socket open on this side for seconds, and
 * Colyseus lets the new one wait for its end; whoever shows the seat's current token is the same player.
 */
import { matchMaker } from "@colyseus/core";
import type { WebSocket } from "ws";

export interface SeatClaim {
  roomId: string;
  sessionId: string;
  reconnectionToken: string | undefined;
}

/** To be called before the new connection is answered. */
export function endStaleSocket({ roomId, sessionId, reconnectionToken }: SeatClaim): void {
  const client = matchMaker.getLocalRoomById(roomId)?.clients?.getById(sessionId);
  if (reconnectionToken && client?.reconnectionToken === reconnectionToken) {
    (client.ref as unknown as WebSocket).terminate();
  }
}
