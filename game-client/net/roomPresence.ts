/** What a player's place in a room depends on: the map, and whether they steer a drone or watch. */

import { isRecorded } from "#client/replay/replayRoom.ts";
import type { Drone } from "#shared/schema/state.ts";
import type { ArenaLink } from "./arenaLink.ts";

export interface RoomPresence {
  readonly room: ArenaLink;
  readonly map: string;
  /** Undefined for a spectator. */
  readonly own: Drone | undefined;
}

/** Undefined until a player's drone is in the state. */
export function presenceIn(room: ArenaLink): RoomPresence | undefined {
  const { state, sessionId } = room;
  const isSpectating = state.roster.get(sessionId)?.spectating ?? isRecorded(room);
  const own = isSpectating ? undefined : state.drones.get(sessionId);
  return own || isSpectating ? { room, map: state.map, own } : undefined;
}

/** Compares by identity, which holds over a reconnect: the SDK keeps the decoded objects. */
export const isSamePresence = (one: RoomPresence | undefined, other: RoomPresence | undefined): boolean =>
  one?.room === other?.room && one?.map === other?.map && one?.own === other?.own;
