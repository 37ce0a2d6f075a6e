/**
 * The questions that the front asks about rooms, which may run in another process. rooms/answers.ts answers
 * them where the rooms are. Everything in here crosses processes by structured clone.
 */
import type { Visitor } from "#server/edge/visitor.ts";
import type { Reservation } from "#shared/protocol/http.ts";
import type { JoinOptions } from "#shared/protocol/joinOptions.ts";
import type { KnownVisitor } from "./joinOptions.ts";
import type { LiveAnswer } from "./liveSummary.ts";
import type { RoomSnapshot } from "./roomSnapshot.ts";

/** An answer, or why there is none: a value in either case, because errors do not cross processes whole. */
export type Answered<Value> = { ok: true; value: Value } | ({ ok: false } & Refusal);

/** The content of a `Refused`, as a value. */
export interface Refusal {
  status: number;
  message: string;
  retryAfterSec?: number | undefined;
}

export const answered = <Value>(value: Value): Answered<Value> => ({ ok: true, value });

/** `status`: a REFUSAL code, or an HTTP status. */
export const refusal = (
  status: number,
  message: string,
  retryAfterSec?: number,
): { ok: false } & Refusal => ({
  ...{ ok: false, status, message },
  ...(retryAfterSec !== undefined && { retryAfterSec }),
});

/** Whose seat a reconnection token opens: the visitor's own, somebody else's, or nobody's. */
export type SeatHolder = "own" | "other" | "nobody";

/** A WebSocket handshake for a seat. */
export interface Arrival {
  readonly sessionId: string;
  /** Undefined for the first connection to a seat. */
  readonly reconnectionToken: string | undefined;
  readonly visitor: Visitor;
}

/** Questions to one room: name → [question, answer]. Each is refused if the room has ended or its process does not answer. */
export interface RoomQuestions {
  /** Whether the room takes the visitor as it is now. Refused with the REFUSAL codes from wrongPassword to networkFull. */
  mayEnter: [{ options: JoinOptions; visitor: KnownVisitor }, null];
  reserve: [{ options: JoinOptions; visitor: KnownVisitor }, Reservation];
  /** Who holds the seat that a token opens. */
  holderOf: [{ token: string; identity: string | undefined }, SeatHolder];
  /** Reserves the kept seat for its owner, and ends the connection that still holds it. */
  reconnect: [{ token: string; visitor: Visitor }, Reservation];
  /** Whether the handshake may go on. `seat`: the seat that it is for; undefined if there is none, which Colyseus then tells. */
  arrive: [Arrival, { seat: string | undefined }];
  /** Whether a seat waits for this handshake, whoever comes: then a bad token must not pass as none. */
  isAwaited: [Pick<Arrival, "sessionId" | "reconnectionToken">, boolean];
  /** Whether the identity has a seat in this room. */
  hasSeat: [{ identity: string }, boolean];
  /** Ends the connection of the visitor's other tab, and answers the token that opens its seat. */
  takeOver: [{ visitor: Visitor }, { token: string }];
  /** Frees a place, unless somebody uses it again by now; it is free a moment later. */
  freePlace: [{ seat: string }, null];
  /** Tells everybody in the room that it ends in `inMs`; undefined: they know. Answers how many are connected. */
  announceRestart: [{ inMs: number | undefined }, number];
  /** Sums the match up for everybody outside the room, as late as a spectator sees it. */
  live: [null, LiveAnswer];
  snapshot: [null, RoomSnapshot];
  /** The room as the operator's monitor shows it, as JSON. */
  inspect: [null, string];
  /** Writes the room's last minute to a file; answers its path, or null if it could not be written. */
  incident: [null, string | null];
  /** Ends the connection of a seat; without one those of all, and the room. */
  disconnect: [{ seat: string | undefined }, null];
}

/**
 * Makes a new room one in which people try out the arena that they draw: its match begins at once, its results count for nobody,
 * and it ends soon after it is empty.
 */
export interface TryOutRoom {
  /** The identity that hosts the room, as soon as it enters. */
  readonly host: string | undefined;
}

/** Questions to a process that has rooms: name → [question, answer]. */
export interface ProcessQuestions {
  /** Opens a new room under this code, or one as its snapshot has it, with its seats kept for their owners. */
  open: [
    (
      | { code: string; options: JoinOptions; tryOut?: TryOutRoom | undefined }
      | { code: string; snapshot: RoomSnapshot }
    ),
    null,
  ];
  /** Whether the identity has a seat in any of its rooms. */
  hasSeatAnywhere: [{ identity: string }, boolean];
  /**
   * The place to free when somebody asks for one in vain, of these rooms or of all; undefined if all places are used.
   * `by`: whose own kept seat counts as well.
   */
  unusedPlace: [{ rooms: readonly string[] | undefined; by: Visitor | undefined }, UnusedPlace | undefined];
}

/** A place that nobody uses: a seat kept for a dropped player, or an idle player's. */
export interface UnusedPlace {
  readonly room: string;
  readonly seat: string;
  readonly isKept: boolean;
  /** For how long nobody has used it, ms. */
  readonly forMs: number;
}

/** Sorts kept seats before idle players, then those that nobody has used for longest. */
export const byUselessness = (a: UnusedPlace, b: UnusedPlace): number =>
  Number(b.isKept) - Number(a.isKept) || b.forMs - a.forMs;

export type RoomQuestion = keyof RoomQuestions;
export type ProcessQuestion = keyof ProcessQuestions;

/** Never rejects. */
export type AskRoom = <Name extends RoomQuestion>(
  roomId: string,
  name: Name,
  question: RoomQuestions[Name][0],
) => Promise<Answered<RoomQuestions[Name][1]>>;

/** Never rejects. */
export type AskProcess = <Name extends ProcessQuestion>(
  name: Name,
  question: ProcessQuestions[Name][0],
) => Promise<Answered<ProcessQuestions[Name][1]>>;
