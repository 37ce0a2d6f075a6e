/** What is known of a room from outside: the list of rooms, and who opens a room's link, see this. */
import type { ModeName } from "#shared/schema/names.ts";
import type { RoomSettings } from "./roomSettings.ts";

/** A room's line in the list (the lobby's `metadata`). */
export interface RoomListing {
  title: string;
  /** Whether somebody hosts it; otherwise quick play leads into it. */
  hosted: boolean;
  mode: ModeName;
  map: string;
  /** Of those who are there, without bots and spectators. */
  players: number;
  playersMax: number;
  bots: number;
  spectators: number;
  password: boolean;
  locked: boolean;
  spectating: RoomSettings["spectating"];
}

/** Answer of GET /api/rooms/CODE. `yours`: this identity has a seat in it already, in another tab. */
export type RoomInfo =
  | { is: "open"; code: string; listing: RoomListing; yours: boolean }
  | { is: "ended" }
  | { is: "unknown" };
