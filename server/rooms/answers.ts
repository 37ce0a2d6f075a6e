/** Answers what the front asks about the rooms of this process (admission/roomQuestions.ts). */
import { matchMaker } from "@colyseus/core";
import { assertNotBanned } from "#server/admission/bans.ts";
import { contextOf } from "#server/admission/joinOptions.ts";
import { refusalOf } from "#server/admission/refusals.ts";
import {
  type Answered,
  type AskProcess,
  type AskRoom,
  answered,
  byUselessness,
  type ProcessQuestion,
  type ProcessQuestions,
  type RoomQuestion,
  type RoomQuestions,
  type SeatHolder,
  type UnusedPlace,
} from "#server/admission/roomQuestions.ts";
import { RoomSnapshot } from "#server/admission/roomSnapshot.ts";
import {
  assertOwner,
  endOldConnection,
  hasSeat,
  isSeatKept,
  mayTakeSeat,
  noteTakeover,
  type OwnedSeat,
  seatOf,
  seatsOf,
} from "#server/admission/seatOwners.ts";
import { Refused } from "#server/edge/refused.ts";
import type { Visitor } from "#server/edge/visitor.ts";
import { log } from "#server/log.ts";
import type { Reservation } from "#shared/protocol/http.ts";
import { ROOM } from "#shared/protocol/names.ts";
import { REFUSAL } from "#shared/protocol/refusal.ts";
import { isRoomCode } from "#shared/protocol/roomCode.ts";
import { ArenaRoom } from "./ArenaRoom.ts";
import { loadArenas } from "./loadArenas.ts";
import { Reopening } from "./snapshot.ts";

const MOVES = "This room moves to another part of the server: try again.";

type RoomAnswers = {
  readonly [Name in RoomQuestion]: (
    roomId: string,
    question: RoomQuestions[Name][0],
  ) => RoomQuestions[Name][1] | Promise<RoomQuestions[Name][1]>;
};

/** Each may throw what `refusalOf` understands. */
const ROOM_ANSWERS: RoomAnswers = {
  mayEnter(roomId, { options, visitor }) {
    assertStays(roomId);
    arena(roomId).assertEntry(options, visitor);
    return null;
  },
  async reserve(roomId, { options, visitor }) {
    assertStays(roomId);
    const reservation = await invoke("joinById", roomId, options, visitor);
    // It may have begun to move meanwhile: where it goes on nobody would know of the seat.
    assertStays(roomId);
    localArena(roomId)?.moving.noteReserved(reservation.sessionId);
    return reservation;
  },
  holderOf: (_roomId, { token, identity }) => holderOf(token, identity),
  reconnect(roomId, { token, visitor }) {
    assertStays(roomId);
    assertOwner(token, visitor.identity);
    assertNotBanned(roomId, visitor);
    // Colyseus would close it as an error, after which a page joins anew.
    endOldConnection(roomId, token);
    return invoke("reconnect", roomId, { reconnectionToken: token }, visitor);
  },
  arrive(roomId, { sessionId, reconnectionToken, visitor }) {
    assertStays(roomId);
    const isFirst = reconnectionToken === undefined;
    const seat = isFirst
      ? arriveFirst(roomId, sessionId, visitor)
      : arriveAgain(roomId, reconnectionToken, visitor);
    return { seat };
  },
  isAwaited: (roomId, { sessionId, reconnectionToken = "" }) =>
    isSeatKept(reconnectionToken) || isReserved(roomId, sessionId),
  hasSeat: (roomId, { identity }) => seatIn(roomId, identity) !== undefined,
  takeOver(roomId, { visitor }) {
    assertStays(roomId);
    assertNotBanned(roomId, visitor);
    const seat = seatIn(roomId, visitor.identity);
    if (!seat) throw new Refused(REFUSAL.roomUnknown, "You have no place in this room.");
    noteTakeover(seat.sessionId);
    endOldConnection(roomId, seat.token);
    return { token: seat.token };
  },
  freePlace(roomId, { seat }) {
    assertStays(roomId);
    localArena(roomId)?.membership.freePlace(seat);
    return null;
  },
  announceRestart(roomId, { inMs }) {
    const room = arena(roomId);
    try {
      if (inMs !== undefined) room.announceRestart(inMs);
    } catch (error) {
      // The stop waits for its players all the same.
      log.error({ err: error, room: roomId }, "could not announce the restart to a room");
    }
    return room.clients.length;
  },
  live: (roomId) => arena(roomId).live.late(),
  snapshot: (roomId) => arena(roomId).moving.snapshot(),
  inspect: (roomId) => JSON.stringify(arena(roomId).inspect()),
  incident: async (roomId) => (await arena(roomId).writeIncident()) ?? null,
  disconnect(roomId, { seat }) {
    assertStays(roomId);
    const room = arena(roomId);
    if (seat === undefined) room.inTheBackground("disconnect", room.disconnect());
    else room.clients.getById(seat)?.leave();
    return null;
  },
};

/** Codes of rooms that Colyseus is creating. */
const opening = new Set<string>();

type ProcessAnswers = {
  readonly [Name in ProcessQuestion]: (
    question: ProcessQuestions[Name][0],
  ) => ProcessQuestions[Name][1] | Promise<ProcessQuestions[Name][1]>;
};

const PROCESS_ANSWERS: ProcessAnswers = {
  async open({ code, ...how }) {
    // Otherwise the bans of the room that is open would be replaced by those of one that Colyseus then discards.
    if (opening.has(code) || matchMaker.getLocalRoomById(code))
      throw new Refused(409, "This room is open already.");
    opening.add(code);
    // Kept until the room keeps them itself.
    const loaded = [];
    try {
      const known = "snapshot" in how ? { snapshot: parseSnapshot(how.snapshot) } : how;
      loaded.push(...(await loadArenas(known)));
      const options =
        "snapshot" in known
          ? { reopening: new Reopening(known.snapshot) }
          : { ...known.options, tryOut: known.tryOut };
      await matchMaker.handleCreateRoom(ROOM.arena, options, undefined, code);
      return null;
    } finally {
      loaded.length = 0;
      opening.delete(code);
    }
  },
  hasSeatAnywhere: ({ identity }) => hasSeat(identity),
  unusedPlace: async ({ rooms, by }) => (await unusedPlaces(rooms, by)).sort(byUselessness)[0],
};

export const answerRoom: AskRoom = (roomId, name, question) =>
  answer(() => ROOM_ANSWERS[name](roomId, question));

export const answerProcess: AskProcess = (name, question) => answer(() => PROCESS_ANSWERS[name](question));

async function answer<Value>(ask: () => Value | Promise<Value>): Promise<Answered<Value>> {
  try {
    return answered(await ask());
  } catch (error) {
    return refusalOf(error);
  }
}

/** Colyseus keeps its rooms in a plain object, in which "constructor" would be found as well. */
const localArena = (roomId: string): ArenaRoom | undefined => {
  const room = isRoomCode(roomId) ? matchMaker.getLocalRoomById(roomId) : undefined;
  return room instanceof ArenaRoom ? room : undefined;
};

/** Throws Refused. */
function arena(roomId: string): ArenaRoom {
  const room = localArena(roomId);
  if (!room) throw new Refused(REFUSAL.roomEnded, "This room has ended.");
  return room;
}

/** Throws Refused while the room moves: what happens to it now is lost where it goes on. The page, or the SDK, tries again. */
function assertStays(roomId: string): void {
  if (localArena(roomId)?.moving.isFrozen) throw new Refused(REFUSAL.restarting, MOVES, 1);
}

/** It comes from another process, whose code may be older. Throws Refused. */
function parseSnapshot(snapshot: RoomSnapshot): RoomSnapshot {
  const parsed = RoomSnapshot.safeParse(snapshot);
  if (!parsed.success) throw new Refused(400, "This server cannot read the room's snapshot.");
  return parsed.data;
}

/** Calls a method of Colyseus' matchmaking controller. */
const invoke = (method: string, room: string, options: object, visitor: Visitor): Promise<Reservation> =>
  matchMaker.controller.invokeMethod(method, room, options, contextOf(visitor));

function holderOf(token: string, identity: string | undefined): SeatHolder {
  if (!isSeatKept(token)) return "nobody";
  return mayTakeSeat(token, identity) ? "own" : "other";
}

/** Whether the seat is reserved for a new player who has not connected yet. */
const isReserved = (roomId: string, sessionId: string): boolean =>
  matchMaker.getLocalRoomById(roomId)?.hasReservedSeat(sessionId) === true;

/** Returns the seat, if it exists. A ban may have come since it was reserved. */
function arriveFirst(roomId: string, sessionId: string, visitor: Visitor): string | undefined {
  if (!isReserved(roomId, sessionId)) return undefined;
  assertNotBanned(roomId, visitor);
  return sessionId;
}

/** A seat that does not exist is left to Colyseus, whose answer makes the SDK stop retrying. */
function arriveAgain(roomId: string, token: string, visitor: Visitor): string | undefined {
  if (isSeatKept(token)) assertNotBanned(roomId, visitor);
  assertOwner(token, visitor.identity);
  endOldConnection(roomId, token);
  return seatOf(token);
}

/** The visitor's seat in the room; of several, the one with the newest connection. */
function seatIn(roomId: string, identity: string | undefined): OwnedSeat | undefined {
  if (identity === undefined) return undefined;
  const room = localArena(roomId);
  return seatsOf(identity).findLast(({ sessionId }) => room?.state.roster.has(sessionId));
}

async function unusedPlaces(
  rooms: readonly string[] | undefined,
  by: Visitor | undefined,
): Promise<UnusedPlace[]> {
  const all = rooms ?? (await matchMaker.query({ name: ROOM.arena })).map(({ roomId }) => roomId);
  return all.flatMap((room) =>
    (localArena(room)?.membership.unusedPlaces(by) ?? []).map((place) => ({ room, ...place })),
  );
}
