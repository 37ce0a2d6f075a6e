/** What the front screens know of rooms and maps. */
import type { ModeName } from "#shared/modes/modes.ts";
import type { RoomInfo, RoomListing } from "#shared/protocol/roomInfo.ts";

/** "tooMany": the server limits the rate of look-ups. */
export type RoomLookup = RoomInfo | { is: "unreachable" } | { is: "tooMany" };

export interface ListedRoom extends RoomListing {
  code: string;
}

export type RoomList =
  | { kind: "connecting" }
  /** In order of arrival, so that no row moves under the player's finger. */
  | { kind: "live"; rooms: readonly ListedRoom[]; pingMs: number | undefined }
  /** The server does not answer; the page retries by itself. */
  | { kind: "away" };

/** A map that a room can be hosted on. */
export interface MapOffer {
  name: string;
  modes: readonly ModeName[];
  players: { readonly min: number; readonly max: number };
}
