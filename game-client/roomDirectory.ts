/** The rooms and matches that the front screens know. */
import type { RoomInfo } from "#shared/protocol/http.ts";
import type { LiveMatch } from "#shared/protocol/live.ts";
import type { RoomListing } from "#shared/protocol/lobby.ts";

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

export interface ShownMatch extends LiveMatch {
  /** When it arrived (performance.now()): its clocks go on from there. */
  readonly atMs: number;
}

export type LiveView =
  | { kind: "connecting" }
  | { kind: "live"; rows: readonly ShownMatch[] }
  /** The server does not answer; the page retries by itself. */
  | { kind: "away" }
  /** `code` of REFUSAL; the page asks again from time to time. */
  | { kind: "refused"; code: number };
