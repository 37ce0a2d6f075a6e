/** Where one stands in a room: in which arena, and with a drone of one's own or only watching. */
import type { Drone } from "#shared/schema/state.ts";
import type { ArenaLink } from "./arenaLink.ts";

export interface Standing {
  readonly room: ArenaLink;
  readonly map: string;
  /** Undefined for who only watches. */
  readonly own: Drone | undefined;
}

/** Undefined while a player's drone has not come yet. */
export function standingIn(room: ArenaLink): Standing | undefined {
  const { state, sessionId } = room;
  const own = state.roster.get(sessionId)?.spectating ? undefined : state.drones.get(sessionId);
  const isKnown = own !== undefined || state.roster.get(sessionId)?.spectating;
  return isKnown ? { room, map: state.map, own } : undefined;
}

/** After a drop as well: the SDK brings back the same objects. */
export const isSameStanding = (one: Standing | undefined, other: Standing | undefined): boolean =>
  one?.room === other?.room && one?.map === other?.map && one?.own === other?.own;
