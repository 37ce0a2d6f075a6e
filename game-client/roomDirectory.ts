/** What the page knows of rooms and maps before it is in one. */
import type { RoomInfo } from "#shared/protocol/http.ts";
import type { RoomListing } from "#shared/protocol/lobby.ts";

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
