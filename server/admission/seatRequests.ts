/** Reserves a seat in an arena: by room code, by quick play, or in a room of the visitor's own. */
import { ErrorCode, matchMaker, ServerError } from "@colyseus/core";
import { isRoomFullMessage } from "#server/colyseus/seatErrors.ts";
import type { Limits } from "#server/edge/limits.ts";
import { logError } from "#server/edge/logOnce.ts";
import { Refused } from "#server/edge/refused.ts";
import type { Visitor } from "#server/edge/visitor.ts";
import type { Reservation } from "#shared/protocol/http.ts";
import type { JoinOptions } from "#shared/protocol/joinOptions.ts";
import { ROOM } from "#shared/protocol/names.ts";
import { REFUSAL } from "#shared/protocol/refusal.ts";
import { assertNotBanned } from "./bans.ts";
import { findArena, listingOf, lookUpArena } from "./directory.ts";
import { countGuess } from "./guesses.ts";
import { assertEntry, contextOf, freeUnused } from "./joinOptions.ts";
import { publicArenaFor } from "./quickPlay.ts";
import { roomCodes } from "./roomCodes.ts";

/** Each request rejects with Refused. */
export interface SeatRequests {
  byCode(code: string, options: JoinOptions, visitor: Visitor): Promise<Reservation>;
  /** `mayCreate`: opens a public room if none has a place. */
  quickPlay(options: JoinOptions, visitor: Visitor, mayCreate: boolean): Promise<Reservation>;
  inOwnRoom(options: JoinOptions, visitor: Visitor): Promise<Reservation>;
}

export function createSeatRequests(limits: Limits): SeatRequests {
  const inTurn = createTurns();
  return {
    async byCode(code, options, visitor) {
      await lookUpArena(limits, code, visitor);
      return requestByCode(limits, code, options, visitor);
    },
    quickPlay: (options, visitor, mayCreate) =>
      inTurn(() => requestQuickPlay(limits, options, visitor, mayCreate)),
    inOwnRoom: requestInOwnRoom,
  };
}

/**
 * The ban comes first, so that a banned visitor neither uses up a password guess nor learns that the room is locked.
 * If Colyseus has locked the room, its listing tells whether the host locked it or it is full.
 */
async function requestByCode(
  limits: Limits,
  code: string,
  options: JoinOptions,
  visitor: Visitor,
): Promise<Reservation> {
  const room = await findArena(code);
  if (!room) throw unknownRoom(code);
  assertNotBanned(code, visitor);
  if (room.locked) {
    if (listingOf(room)?.locked) throw new Refused(REFUSAL.roomLocked, "This room is locked.");
    freeUnused(code);
    throw new Refused(REFUSAL.roomFull, "This room is full.");
  }
  if (options.password === "") askRoom(code, options, visitor);
  else await askWithPassword(limits, code, options, visitor);
  return invoke("joinById", code, options, visitor);
}

function unknownRoom(code: string): Refused {
  return roomCodes.wasDrawn(code)
    ? new Refused(REFUSAL.roomEnded, "This room has ended.")
    : new Refused(REFUSAL.roomUnknown, "There is no room of this code.");
}

function askRoom(code: string, options: JoinOptions, visitor: Visitor): void {
  try {
    assertEntry(code, options, visitor);
  } catch (error) {
    const refused = asRefused(error);
    if (refused instanceof Refused && refused.status === REFUSAL.roomFull) freeUnused(code);
    throw refused;
  }
}

async function askWithPassword(
  limits: Limits,
  code: string,
  options: JoinOptions,
  visitor: Visitor,
): Promise<void> {
  const room = matchMaker.getLocalRoomById(code) as object | undefined;
  // A room of another process is not asked here, and so reveals nothing.
  if (!room) return;
  const conclude = await countGuess(limits, "password", room, visitor);
  try {
    askRoom(code, options, visitor);
  } catch (error) {
    await conclude(!(error instanceof Refused && error.status === REFUSAL.wrongPassword));
    throw error;
  }
  await conclude(true);
}

async function requestQuickPlay(
  limits: Limits,
  options: JoinOptions,
  visitor: Visitor,
  mayCreate: boolean,
): Promise<Reservation> {
  const publicOptions = asPublic(options);
  const refusedBy = new Set<string>();
  for (;;) {
    const roomId = await publicArenaFor(publicOptions, refusedBy);
    if (roomId === undefined) break;
    try {
      return await requestByCode(limits, roomId, publicOptions, visitor);
    } catch (error) {
      if (!(error instanceof Refused && TRY_ANOTHER_ROOM.has(error.status))) throw error;
      refusedBy.add(roomId);
    }
  }
  // A spectator gets no room of their own: there would be nothing to watch.
  if (mayCreate && !publicOptions.spectate) return invoke("create", ROOM.arena, publicOptions, visitor);
  throw new Refused(ErrorCode.MATCHMAKE_INVALID_CRITERIA, "No public room has a place for you.");
}

/** Refusals that concern one room only. */
const TRY_ANOTHER_ROOM: ReadonlySet<number> = new Set([
  REFUSAL.roomUnknown,
  REFUSAL.roomEnded,
  REFUSAL.roomLocked,
  REFUSAL.roomFull,
  REFUSAL.networkFull,
  REFUSAL.noSpectators,
  ErrorCode.MATCHMAKE_INVALID_ROOM_ID,
  ErrorCode.MATCHMAKE_EXPIRED,
]);

/** A room that is not private is a public room like any other, and quick play may lead into it. */
async function requestInOwnRoom(options: JoinOptions, visitor: Visitor): Promise<Reservation> {
  return invoke("create", ROOM.arena, options.private ? options : asPublic(options), visitor);
}

function asPublic({ settings: _settings, ...options }: JoinOptions): JoinOptions {
  return { ...options, private: false, password: "" };
}

/** Runs tasks one at a time, so that each sees the rooms and seats that the one before took. */
function createTurns() {
  let last: Promise<unknown> = Promise.resolve();
  return <Result>(task: () => Promise<Result>): Promise<Result> => {
    const mine = last.then(task);
    last = mine.catch(() => {});
    return mine;
  };
}

/** Calls a method of Colyseus' matchmaking controller. Rejects with what `asRefused` returns. */
export async function invoke(
  method: string,
  room: string,
  options: object,
  visitor: Visitor,
): Promise<Reservation> {
  try {
    return await matchMaker.controller.invokeMethod(method, room, options, contextOf(visitor));
  } catch (error) {
    throw asRefused(error);
  }
}

/** Passes Colyseus' own refusals on to the player; logs an unexpected ServerError and hides its text. */
export function asRefused(error: unknown): Error {
  if (!(error instanceof ServerError)) return error as Error;
  const { code, message } = error;
  // Another visitor took the last seat in the meantime.
  if (isRoomFullMessage(message)) return new Refused(REFUSAL.roomFull, "This room is full.");
  const isExpected =
    Number.isInteger(code) && code >= 400 && code <= 599 && code !== ErrorCode.MATCHMAKE_UNHANDLED;
  if (isExpected) return new Refused(code, message, code === REFUSAL.serverFull ? 30 : undefined);
  logError(error, "matchmaking failed");
  return new Refused(ErrorCode.MATCHMAKE_UNHANDLED, "The server could not find you a place. Try again.");
}
