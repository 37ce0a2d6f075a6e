/**
 * What a room says to somebody who asks for a place in it, before one is held for them. Colyseus asks the room's class
 * alone, which knows neither its password nor whom it banned; so the edge asks the room itself (http/matchmake.ts).
 */
import { matchMaker } from "@colyseus/core";
import type { Visitor } from "#server/edge/visitor.ts";
import type { JoinOptions } from "#shared/protocol/joinOptions.ts";

/** What a room that may refuse implements. */
export interface Entrance {
  /** Throws ServerError with a code of REFUSAL: wrongPassword, banned, roomLocked, roomFull or noSpectators. */
  assertEntry(options: JoinOptions, visitor: Visitor): void;
}

/** Throws what the room throws; a room that has nothing to say lets everybody in. */
export function assertEntry(roomId: string, options: JoinOptions, visitor: Visitor): void {
  const room = matchMaker.getLocalRoomById(roomId) as unknown as Partial<Entrance> | undefined;
  room?.assertEntry?.(options, visitor);
}
