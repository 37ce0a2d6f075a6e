/** What the page knows of rooms and maps before it is in one. */
import type { ModeName } from "#shared/modes/modes.ts";
import type { RoomInfo, RoomListing } from "#shared/protocol/roomInfo.ts";

/** `tooMany`: asked too often. */
export type RoomLookup = RoomInfo | { is: "unreachable" } | { is: "tooMany" };

export interface ListedRoom extends RoomListing {
  code: string;
}

export type RoomList =
  | { kind: "connecting" }
  /** In the order in which they came to be known, so that no line moves under a finger. */
  | { kind: "live"; rooms: readonly ListedRoom[]; pingMs: number | undefined }
  /** Nobody answers, or no longer; tried again by itself. */
  | { kind: "away" };

/** A map that a room can be played on. */
export interface MapOffer {
  name: string;
  modes: readonly ModeName[];
  players: { readonly min: number; readonly max: number };
}
