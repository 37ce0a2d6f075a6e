/** The live list of rooms: what the lobby room sends to everyone who is connected to it. */
import type { ModeName } from "#shared/schema/names.ts";
import type { RoomSettings } from "./roomSettings.ts";

/** A room as the list shows it; also its `metadata` in Colyseus' matchmaker. */
export interface RoomListing {
  title: string;
  /** Whether a player hosts it. Quick play leads only into rooms without a host. */
  hosted: boolean;
  mode: ModeName;
  map: string;
  /** The arena's title, if somebody has brought it. */
  mapTitle?: string;
  /** Players, including those whose seat is kept; without bots and spectators. */
  players: number;
  playersMax: number;
  bots: number;
  spectators: number;
  password: boolean;
  locked: boolean;
  spectating: RoomSettings["spectating"];
}

export interface LobbyEntry {
  /** The room's code. */
  roomId: string;
  metadata: RoomListing;
}

/** Message names, those of Colyseus' own LobbyRoom. */
export const LOBBY_MESSAGE = {
  /** All rooms as LobbyEntry[], once after joining. */
  all: "rooms",
  /** A new or changed room, as [roomId, LobbyEntry]. */
  put: "+",
  /** The roomId of a room that ended or is no longer listed. */
  remove: "-",
} as const;
