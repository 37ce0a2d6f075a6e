/** Requests to enter a room, and the reasons why the player is not, or no longer, in a room. */
import type { RoomSettings } from "#shared/protocol/roomSettings.ts";
import type { ScreeningRequest } from "#shared/replay/screening.ts";
import type { ModeName } from "#shared/schema/names.ts";

export type JoinRequest =
  /** Any public room, of `mode` if given. */
  | { kind: "quick"; mode?: ModeName | undefined }
  /** `screening`: the replay that the room opens with. */
  | { kind: "host"; settings: RoomSettings; password: string; screening?: ScreeningRequest | undefined }
  | { kind: "code"; code: string; password: string; spectate: boolean }
  /** Takes over the seat that this browser holds in another tab. */
  | { kind: "takeOver"; code: string };

/** What the title explains when a join failed or a room ended. */
export type JoinOutcome =
  /** `code` is one of REFUSAL or of Colyseus' matchmaker; `reason` is the server's text, in English, for the console. */
  { kind: "refused"; code: number; reason: string } | { kind: "ended"; why: Ending; code: string };

export type Ending =
  | "kicked"
  | "banned"
  | "takenOver"
  /** The player held a place in a public room without playing. */
  | "idle"
  /** The room stood empty for too long. */
  | "roomEnded"
  /** The room no longer existed when the connection came back. */
  | "gone";
