/** Cuts connections that come to a room while it moves, so that the SDK tries again. */
import { type Client, Room } from "@colyseus/core";
import type { WebSocket } from "ws";

type Join = (client: Client, ...rest: unknown[]) => Promise<void>;

/**
 * While `isMoving`, connections are cut before Colyseus takes up their seat: it stays reserved, or kept for its token. After
 * a network failure the SDK tries again; after an answer it would not.
 */
export function cutJoins(room: Room, isMoving: () => boolean): void {
  const join = (Reflect.get(room, "_onJoin") as Join).bind(room);
  const cutOrJoin: Join = async (client, ...rest) => {
    if (isMoving()) (client.ref as unknown as WebSocket).terminate();
    else await join(client, ...rest);
  };
  // An own property shadows the class's method for this room alone.
  Object.assign(room, { _onJoin: cutOrJoin });
}

/** This file's reach into Colyseus, with a probe that says whether the installed version has it. */
export const JOIN_REACHES: Readonly<Record<string, () => boolean>> = {
  "Room._onJoin": () => typeof Reflect.get(Room.prototype, "_onJoin") === "function",
};
