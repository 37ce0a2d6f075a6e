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
import {
  assertOwner,
  endOldConnection,
  hasSeat,
  isSeatKept,
  mayTakeSeat,
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

type RoomAnswers = {
  readonly [Name in RoomQuestion]: (
    roomId: string,
    question: RoomQuestions[Name][0],
  ) => RoomQuestions[Name][1] | Promise<RoomQuestions[Name][1]>;
};

/** Each may throw what `refusalOf` understands. */
const ROOM_ANSWERS: RoomAnswers = {
  mayEnter(roomId, { options, visitor }) {
    arena(roomId).assertEntry(options, visitor);
    return null;
  },
  async reserve(roomId, { options, visitor }) {
    const reservation = await invoke("joinById", roomId, options, visitor);
    localArena(roomId)?.moving.noteReserved(reservation.sessionId);
    return reservation;
  },
  holderOf: (_roomId, { token, identity }) => holderOf(token, identity),
  reconnect(roomId, { token, visitor }) {
    assertOwner(token, visitor.identity);
    assertNotBanned(roomId, visitor);
    // Colyseus would close it as an error, after which a page joins anew.
    endOldConnection(roomId, token);
    return invoke("reconnect", roomId, { reconnectionToken: token }, visitor);
  },
  arrive: (roomId, { sessionId, reconnectionToken, visitor }) => ({
    seat:
      reconnectionToken === undefined
        ? arriveFirst(roomId, sessionId, visitor)
        : arriveAgain(roomId, reconnectionToken, visitor),
  }),
  isAwaited: (roomId, { sessionId, reconnectionToken = "" }) =>
    isSeatKept(reconnectionToken) || isReserved(roomId, sessionId),
  hasSeat: (roomId, { identity }) => seatIn(roomId, identity) !== undefined,
  takeOver(roomId, { visitor }) {
    assertNotBanned(roomId, visitor);
    const seat = seatIn(roomId, visitor.identity);
    if (!seat) throw new Refused(REFUSAL.roomUnknown, "You have no place in this room.");
    endOldConnection(roomId, seat.token);
    return { token: seat.token };
  },
  freePlace(roomId, { seat }) {
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
  snapshot: (roomId) => arena(roomId).moving.snapshot(),
  inspect: (roomId) => JSON.stringify(arena(roomId).inspect()),
  disconnect(roomId, { seat }) {
    const room = arena(roomId);
    if (seat === undefined) room.inTheBackground("disconnect", room.disconnect());
    else room.clients.getById(seat)?.leave();
    return null;
  },
};

type ProcessAnswers = {
  readonly [Name in ProcessQuestion]: (
    question: ProcessQuestions[Name][0],
  ) => ProcessQuestions[Name][1] | Promise<ProcessQuestions[Name][1]>;
};

const PROCESS_ANSWERS: ProcessAnswers = {
  async open({ code, ...how }) {
    await matchMaker.handleCreateRoom(ROOM.arena, "snapshot" in how ? how : how.options, undefined, code);
    return null;
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
