/** How one comes into a room, and why one is not, or no longer, in one. */
import type { ModeName } from "#shared/modes/modes.ts";
import type { RoomSettings } from "#shared/protocol/roomSettings.ts";

export type JoinRequest =
  /** Into any public room, of this mode if one is named. */
  | { kind: "quick"; mode?: ModeName | undefined }
  | { kind: "host"; settings: RoomSettings; password: string }
  | { kind: "code"; code: string; password: string; spectate: boolean }
  /** To the seat that this browser has in the room already, in another tab. */
  | { kind: "takeOver"; code: string };

/** What the title says to who comes back to it without having wished to. */
export type JoinOutcome =
  /** One of REFUSAL, or of Colyseus' own codes; `reason` is the server's English. */
  { kind: "refused"; code: number; reason: string } | { kind: "ended"; why: Ending; code: string };

export type Ending =
  | "kicked"
  | "banned"
  | "takenOver"
  /** Stood empty for too long. */
  | "roomEnded"
  /** Was not there any more when the connection was. */
  | "gone";
