/** Everything that crosses between the front and a room process: types only. Plain data for structured clone. */
import type { IncomingHttpHeaders } from "node:http";
import type { RoomRow } from "#server/admission/directory.ts";
import type {
  Answered,
  ProcessQuestion,
  ProcessQuestions,
  RoomQuestion,
  RoomQuestions,
} from "#server/admission/roomQuestions.ts";
import type { RoomSnapshot } from "#server/admission/roomSnapshot.ts";
import type { ArenaChanges } from "#server/services/arenas/arenaFiles.ts";
import type { MatchResult } from "#server/store/results/matchResult.ts";
import type { ResultNews } from "#shared/protocol/progress.ts";

export type Asked = AskedOfRoom | AskedOfProcess | { of: "metrics" } | AskedToMove | AskedForArena;

/** Asked by a room process: the text of a brought arena's Tiled file; undefined if there is none, or it was removed. */
export type AskedForArena = { of: "arena"; sha256: string };

/**
 * Asked by a process that departs: open this room elsewhere, as it is. Answered when it is open. `beginByMs`: refused
 * later than that (monotonicMs), because the room may go on where it is before it were open.
 */
export type AskedToMove = { of: "move"; snapshot: RoomSnapshot; beginByMs?: number };

type AskedOfRoom = {
  [Name in RoomQuestion]: { of: "room"; roomId: string; name: Name; question: RoomQuestions[Name][0] };
}[RoomQuestion];

export type AskedOfProcess = {
  [Name in ProcessQuestion]: { of: "process"; name: Name; question: ProcessQuestions[Name][0] };
}[ProcessQuestion];

/** A process introduces itself once it takes rooms. */
export interface Hello {
  readonly pid: number;
  /** Colyseus' process id, which rows and reservations name. */
  readonly processId: string;
  /** PROTOCOL_VERSION. */
  readonly protocol: number;
  /** Rooms move between processes of an equal fingerprint only (ofThisVersion.ts). */
  readonly schema: string;
}

export interface Beat {
  /** Share of the last seconds that the event loop spent in ticks and patches, 0 to 1. */
  readonly load: number;
  readonly rooms: number;
  readonly clients: number;
  /** Resident memory. */
  readonly memoryBytes: number;
}

/** A WebSocket handshake that the front has accepted; its socket travels with the message. */
export interface HandedOver {
  /** Counts up in the front. */
  readonly number: number;
  readonly url: string;
  readonly headers: IncomingHttpHeaders;
  readonly rawHeaders: string[];
  /** The bytes that came after the request. */
  readonly head: Uint8Array;
}

/** Needs no answer. */
export type OneWay =
  // A room process tells the front.
  | ({ is: "hello" } & Hello)
  | ({ is: "beat" } & Beat)
  /** A room is new, or its listing changed. */
  | { is: "row"; row: RoomRow }
  | { is: "gone"; code: string }
  /** It begins to open this room: if it ends before it answers, the room is the cause. */
  | { is: "opening"; code: string }
  /** `json`: of a RoomSnapshot; as text because the front only keeps it. */
  | { is: "snapshot"; code: string; json: string }
  /** A finished match, to be kept; `number` names it in the news. */
  | { is: "result"; number: number; result: MatchResult }
  /** A socket that was handed over has closed, or never arrived. */
  | { is: "closed"; number: number }
  // The front tells a room process.
  | ({ is: "socket" } & HandedOver)
  /** The outcome of a result for one player. `player`: index in the result. */
  | { is: "news"; number: number; player: number; news: ResultNews }
  /** The featured and the removed arenas. */
  | { is: "arenas"; changes: ArenaChanges }
  /** Have each room move to the front's successor: at the end of its match, or after `inMs` at the latest. */
  | { is: "depart"; inMs: number }
  /** Close all rooms, so that their players reconnect, and exit. */
  | { is: "stop" };

export type Message =
  | OneWay
  | { is: "ask"; number: number; asked: Asked }
  | { is: "answer"; number: number; answer: Answered<unknown> };
